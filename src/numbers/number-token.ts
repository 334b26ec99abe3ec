import type { Inbox } from '#src/db/inbox.ts';

const about = (numberId: number) => `numbers.token:${numberId}`;

/** A number's access token as it is kept: sealed with the account's field key, for this number only. */
export function sealToken({ keys }: Pick<Inbox, 'keys'>, numberId: number, token: string): Uint8Array {
  return keys.seal(token, about(numberId));
}

/** The access token to send with. It goes to the Graph API, and nowhere else. */
export function openToken({ keys }: Pick<Inbox, 'keys'>, number: { id: number; token: Uint8Array }): string {
  return keys.openText(number.token, about(number.id));
}
