import type { Control } from '#src/db/control.ts';
import type { Claimed } from './due.ts';
import type { Letter } from './letter.ts';

/** What a letter says; null when this install's keys do not open it. */
export function readLetter({ keys }: Control, { id, letter }: Pick<Claimed, 'id' | 'letter'>): Letter | null {
  try {
    return JSON.parse(keys.openText(letter, `mail/${id}`)) as Letter;
  } catch {
    return null;
  }
}

/** Its link leads nowhere any more: it would only puzzle its reader. */
export const isOver = (letter: Letter, now: number): boolean => 'until' in letter && letter.until <= now;
