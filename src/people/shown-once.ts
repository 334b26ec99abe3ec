import { createRecent } from '#src/http/recent.ts';
import { newSecret } from '#src/sessions/secrets.ts';
import type { MadeLink } from './invitations.ts';

/** What may be seen once, by whoever made it: a page of its own shows it after the form, and then it is gone. */
export type ShownOnce = {
  /** Keeps it for `userId` and returns the key under which they get it. */
  put(userId: number, link: ShownLink): string;
  /** Gives it and forgets it; null when it was seen, is not theirs, or never was. */
  take(userId: number, key: string): ShownLink | null;
};

export type ShownLink = MadeLink & { /** The whole address. */ link: string; is: 'invitation' | 'reset' };

const AT_MOST = 100;

/** In memory only: after a restart such a link is made anew. */
export function createShownOnce(): ShownOnce {
  const kept = createRecent<ShownLink>(AT_MOST);
  return {
    put(userId, link) {
      const key = newSecret(12);
      kept.set(`${userId} ${key}`, link);
      return key;
    },
    take(userId, key) {
      const name = `${userId} ${key}`;
      const link = kept.get(name) ?? null;
      kept.delete(name);
      return link;
    },
  };
}
