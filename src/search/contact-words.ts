import type { Identity } from '#src/webhooks/stored.ts';
import { fold } from './fold.ts';
import { SHORTEST_PREFIX } from './parse-query.ts';

type Named = Pick<Identity, 'kind' | 'value' | 'asReceived' | 'retiredAt'>;
const LONGEST_PHONE = 20;

/**
 * What a contact is found by (`contacts.search`): the name, and what WhatsApp calls them now. Of a phone number
 * stand there all its endings, so that any part of it is the beginning of one.
 */
export function contactWords(name: string, identities: readonly Named[]): string {
  const current = identities.filter(({ retiredAt }) => retiredAt === null);
  const names = current.filter(({ kind }) => kind !== 'phone').map(({ asReceived }) => asReceived);
  const phones = current.filter(({ kind }) => kind === 'phone');
  const endings = phones.flatMap(({ value, asReceived }) => [value, asReceived].flatMap(endingsOf));
  return [...new Set([...[name, ...names].map(fold), ...endings])].filter((word) => word !== '').join(' ');
}

function endingsOf(phone: string): string[] {
  const digits = phone.replace(/\D/g, '').slice(0, LONGEST_PHONE);
  return Array.from({ length: Math.max(0, digits.length - SHORTEST_PREFIX + 1) }, (_, from) =>
    digits.slice(from),
  );
}
