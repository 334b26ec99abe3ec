import type { IdentityChange } from './identity-change.ts';
import type { InboundMessage } from './message.ts';
import type { Reaction } from './reaction.ts';
import type { Sender } from './sender.ts';
import type { Status } from './status.ts';

/** What one item of a journalled change means. `position` counts its messages first, then its statuses. */
export type Update =
  | { kind: 'message'; position: number; phoneNumberId: string; sender: Sender; message: InboundMessage }
  | (Reaction & {
      kind: 'reaction';
      position: number;
      phoneNumberId: string;
      sender: Sender;
      /** The reaction's own. */
      wamid: string;
      groupId: string | null;
      at: number;
    })
  | (Status & { kind: 'status'; position: number; phoneNumberId: string; at: number })
  | (IdentityChange & { kind: 'identity'; position: number; phoneNumberId: string; at: number })
  /** Understood, and nothing to do. */
  | { kind: 'other'; position: number; note: string }
  /** Kept, listed, and tried again on demand. */
  | { kind: 'malformed'; position: number; error: string };
