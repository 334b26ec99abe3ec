import { clean } from '#src/db/clean.ts';
import { Problem } from '#src/errors.ts';
import { isCommonPassword } from './common-passwords/common.ts';

const PARAMETERS = { algorithm: 'argon2id', memoryCost: 46 * 1024, timeCost: 1 } as const;
const PREFIX = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=1$`;

const SHORTEST = 12;
const LONGEST = 1024;
const FEWEST_DIFFERENT = 5;
/** Letters that must be left once the words anybody would try are taken out. */
const LEAST_OF_ITS_OWN = 8;
const GUESSED_FIRST = [
  'oonobox',
  'whatsapp',
  'password',
  'passwort',
  'qwerty',
  'welcome',
  'letmein',
  'admin',
  '123456789',
  '12345678',
  '123456',
  '12345',
  '1234',
];

/** The hash of random bytes that nobody kept: checked when there is no user, so that it takes as long. */
const NOBODYS =
  '$argon2id$v=19$m=47104,t=1,p=1$T0YkIRAnj0A3GXVA8B147y3NnQPdzwyMg5VhF7mlwGI$z5eiP+fmhptEl26Q6xYfDQs9c8X/EIOxZGMXHkppvPQ';

export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => Bun.password.hash(password, PARAMETERS));
}

/** Whether the password fits; a null hash takes as long and never fits. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const fits = await inTurn(() => Bun.password.verify(password, hash ?? NOBODYS));
  return fits && hash !== null;
}

/** Whether a hash was made with weaker parameters than today's. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(PREFIX);
}

/**
 * Why a new password is not taken, as a sentence, or null. Any characters are allowed, and as they are typed;
 * `known` are words an attacker would try first, such as the person's name and the business's.
 */
export function whyWeak(password: string, known: readonly string[]): string | null {
  const length = [...password].length;
  if (length < SHORTEST) {
    return `Use at least ${SHORTEST} characters. Four words that do not belong together are a good password.`;
  } else if (length > LONGEST) {
    return `Use at most ${LONGEST} characters.`;
  } else if (password !== clean(password)) {
    return 'It holds a character that cannot be typed again. Choose another password.';
  } else if (new Set(password).size < FEWEST_DIFFERENT) {
    return 'It repeats the same few characters and is easy to guess. Choose another password.';
  } else if ([...withoutKnownWords(password, known)].length < LEAST_OF_ITS_OWN) {
    return 'It is little more than a name or a common password, and easy to guess. Choose another password.';
  } else if (isCommonPassword(password)) {
    return 'It is made of passwords that many people use and that were stolen elsewhere. Choose another password.';
  } else {
    return null;
  }
}

function withoutKnownWords(password: string, known: readonly string[]): string {
  const words = [...GUESSED_FIRST, ...known.flatMap((text) => text.toLowerCase().split(/[\s@._-]+/))];
  const longestFirst = words.filter((word) => word.length >= 3).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, word) => rest.replaceAll(word, ''), password.toLowerCase());
}

/** Each hash takes 46 MiB: two at once bound what a storm of sign-ins can cost. */
const AT_ONCE = 2;
const MOST_WAITING = 100;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(hash: () => Promise<T>): Promise<T> {
  if (waiting.length >= MOST_WAITING) {
    throw new Problem(
      503,
      'busy',
      'Too many sign-ins at once',
      'Nothing was changed. Try again in a few seconds.',
    );
  } else if (running === AT_ONCE) {
    await new Promise<void>((start) => waiting.push(start));
  } else {
    running += 1;
  }
  try {
    return await hash();
  } finally {
    const next = waiting.shift();
    if (next) {
      next();
    } else {
      running -= 1;
    }
  }
}
