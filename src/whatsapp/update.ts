import type { IdentityChange } from './identity-change.ts';
import type { CallReport } from './kinds/call.ts';
import type { Edit } from './kinds/edit.ts';
import type { InboundMessage } from './message.ts';
import type { Reaction } from './reaction.ts';
import type { Sender } from './sender.ts';
import type { Status } from './status.ts';

/** What there is to say about a message that its sender changed or deleted. */
export type Rewriting = {
  position: number;
  phoneNumberId: string;
  /** The customer; null when the business did it, on its phone. */
  sender: Sender | null;
  /** Of the change itself. */
  wamid: string;
  at: number;
};

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
  | (Edit & Rewriting & { kind: 'edit' })
  | (Pick<Edit, 'targetWamid'> & Rewriting & { kind: 'revoke' })
  | (CallReport & {
      kind: 'call';
      position: number;
      phoneNumberId: string;
      /** Who calls or is called; null when a status does not say. */
      sender: Sender | null;
    })
  | (Status & { kind: 'status'; position: number; phoneNumberId: string; at: number })
  | (IdentityChange & { kind: 'identity'; position: number; phoneNumberId: string; at: number })
  /** Understood, and nothing to do. */
  | { kind: 'other'; position: number; note: string }
  /** Kept, listed, and tried again on demand. */
  | { kind: 'malformed'; position: number; error: string };
