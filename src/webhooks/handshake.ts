import { createHash, timingSafeEqual } from 'node:crypto';
import type { MetaApp } from './routing.ts';

const LONGEST_CHALLENGE = 1024;

/**
 * Meta's handshake: the challenge to send back when the verify token is that of one of these apps, else null.
 * All apps are compared, so that the time taken tells nothing; an empty token is always refused.
 */
export function answerHandshake(query: URLSearchParams, apps: readonly MetaApp[]): string | null {
  const token = query.get('hub.verify_token') ?? '';
  const challenge = query.get('hub.challenge') ?? '';
  const hash = createHash('sha256').update(token).digest();
  const matches = apps.filter((app) => isSame(hash, app.verifyTokenHash));
  const isAsked =
    query.get('hub.mode') === 'subscribe' && token !== '' && challenge.length <= LONGEST_CHALLENGE;
  return isAsked && matches.length > 0 ? challenge : null;
}

function isSame(hash: Buffer, hex: string): boolean {
  const known = Buffer.from(hex, 'hex');
  return known.length === hash.length && timingSafeEqual(known, hash);
}
