import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import { openToken } from '#src/numbers/number-token.ts';
import type { Restriction } from '#src/numbers/restriction.ts';

/** The number as it stood at a moment; `sealedToken` tells whether it has got a new token since. */
export type Sender = {
  phoneNumberId: string;
  wabaId: string;
  token: string;
  sealedToken: Uint8Array;
  /** The WhatsApp app on a phone has the number, too: Meta says so or, where it says nothing, somebody wrote there. */
  isOnPhoneApp: boolean;
} & Restriction;

/** What a number sends with, or null when it is paused or gone. */
export async function readSender(inbox: Inbox, numberId: number): Promise<Sender | null> {
  const [number] = await inbox.sql.select().from(numbers).where(eq(numbers.id, numberId)).limit(1);
  if (number?.state !== 'live') {
    return null;
  }
  return {
    phoneNumberId: number.phoneNumberId,
    wabaId: number.wabaId,
    token: openToken(inbox, number),
    sealedToken: number.token,
    isOnPhoneApp: number.isOnPhoneApp ?? number.phoneAppAt !== null,
    startsForbiddenUntil: number.startsForbiddenUntil,
    answersForbiddenUntil: number.answersForbiddenUntil,
  };
}
