/** What a restriction of Meta's forbids: to write first to somebody, or to answer within their window. */
export const forbidden = ['starts', 'answers'] as const;
export type Forbidden = (typeof forbidden)[number];

/** Until when each is forbidden, ms; null: it may be done. */
export type Restriction = { startsForbiddenUntil: number | null; answersForbiddenUntil: number | null };

/** The end of a restriction that Meta gives none: the last moment a date can hold. */
export const UNTIL_LIFTED = 8_640_000_000_000_000;

export const isRestricted = ({ startsForbiddenUntil, answersForbiddenUntil }: Restriction): boolean =>
  startsForbiddenUntil !== null || answersForbiddenUntil !== null;

/** What may not be sent at a moment. */
export function forbiddenAt(restriction: Restriction, now: number): Record<Forbidden, boolean> {
  return {
    starts: now < (restriction.startsForbiddenUntil ?? 0),
    answers: now < (restriction.answersForbiddenUntil ?? 0),
  };
}

export const isForbidden = (cause: string | null | undefined): cause is Forbidden =>
  cause === 'starts' || cause === 'answers';
