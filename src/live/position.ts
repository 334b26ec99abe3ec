import { randomBytes } from 'node:crypto';

/** Names this run of the program: a page that was loaded before the last start has to be loaded anew. */
export const newBoot = (): string => randomBytes(6).toString('hex');

/** `<boot>-<n>`: how far somebody has seen the pushes of their account. */
export const writePosition = (boot: string, n: number): string => `${boot}-${n}`;

/** The number of a position of this run, or null. */
export function readPosition(text: string | undefined, boot: string): number | null {
  const [of, n = ''] = (text ?? '').split('-', 2);
  return of === boot && /^\d{1,15}$/.test(n) ? Number(n) : null;
}
