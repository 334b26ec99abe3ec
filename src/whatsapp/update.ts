import type { AccountEvent } from './fields/account-event.ts';
import type { Handover } from './fields/handovers.ts';
import type { HistoryChunk, PastStatus } from './fields/history.ts';
import type { TemplateEvent } from './fields/template.ts';
import type { Preference } from './fields/user-preferences.ts';
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

type OfSomebody = { position: number; phoneNumberId: string; sender: Sender };

/** What one item of a journalled change means. `position` counts its messages first, then its statuses. */
export type Update =
  | (OfSomebody & {
      kind: 'message';
      message: InboundMessage;
      /** Another program answers the conversation. */
      isElsewhere?: true;
    })
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
  /** Sent on this number, but not from here: on the phone, or by another program. `sender` is whom it went to. */
  | (OfSomebody & { kind: 'echo'; message: InboundMessage; by: 'phone_app' | 'other_system' })
  /** A reaction of the business, chosen on its phone. */
  | (Reaction & { kind: 'own-reaction'; position: number; phoneNumberId: string; at: number })
  /** Written before the number was connected. `status` counts for what was sent. */
  | (OfSomebody & { kind: 'past'; message: InboundMessage; direction: 'in' | 'out'; status: PastStatus })
  | (HistoryChunk & { kind: 'history-chunk'; position: number; phoneNumberId: string; at: number })
  | (OfSomebody & Preference & { kind: 'preference'; at: number })
  /** A contact in the address book of the phone. */
  | (OfSomebody & { kind: 'phone-contact'; action: 'add' | 'remove'; at: number })
  | (OfSomebody & Handover & { kind: 'handover'; at: number })
  | (AccountEvent & { kind: 'account'; position: number })
  | (TemplateEvent & { kind: 'template'; position: number })
  /** Understood, and nothing to do. */
  | { kind: 'other'; position: number; note: string }
  /** Kept, listed, and tried again on demand. */
  | { kind: 'malformed'; position: number; error: string };
