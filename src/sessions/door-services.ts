import type { Live } from '#src/live/live.ts';
import type { SessionServices } from './find-session.ts';

/** Sends what was queued; an install without a mail server has none, or one that cannot send. */
export type Mailing = { canSend: boolean; wake(): void };

/** What signing in, and changing how one signs in, are made of. */
export type DoorServices = SessionServices & { live: Pick<Live, 'revalidate'>; mail?: Mailing };
