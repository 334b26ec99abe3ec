import { asFields, asWords, type Fields } from '../shape.ts';
import type { Update } from '../update.ts';

/** What it is about; `other` is what this program has no use for. */
export const accountEventKinds = [
  'quality',
  'limit',
  'name',
  'username',
  'account',
  'review',
  'alert',
  'security',
  'error',
  'group',
  'history',
  'other',
] as const;
export type AccountEventKind = (typeof accountEventKinds)[number];

export type Severity = 'good' | 'info' | 'warning' | 'critical';

/** Short facts by our own names; what Meta writes in words is kept as it came. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** Why Meta lets nothing be sent; a restriction forbids only to write first (`starts`) or only to answer (`answers`). */
export type PauseCause = 'disabled' | 'deleted' | 'offboarded' | 'partner' | 'app' | 'starts' | 'answers';

/** Something Meta says about a number or the business account. */
export type AccountEvent = {
  about: AccountEventKind;
  /** Meta's field. */
  field: string;
  /** Meta's word for what happened, or ''. */
  event: string;
  severity: Severity;
  /** Sending is impossible from here on, or possible again as far as this cause goes. A restriction ends at `facts.until`. */
  effect: { does: 'pauses' | 'resumes'; cause: PauseCause } | null;
  /** Meta's clock. */
  at: number;
  wabaId: string;
  /** The number it is about, as far as it says: by its id, or as Meta writes it. */
  number: { id: string | null; digits: string | null };
  facts: Facts;
};

/** What stands around a change's value. */
export type About = {
  field: string;
  wabaId: string;
  at: number;
  /** The change: some of Meta's samples have beside `value` what belongs into it. */
  change: Fields;
};

/** Reads one field. Never throws, and gives one update at least. */
export type FieldReader = (value: Fields, about: About) => Update[];

type Said = Pick<AccountEvent, 'about' | 'event'> & Partial<Pick<AccountEvent, 'severity' | 'effect'>>;

/** An account event as an update; facts that are not said are left out. */
export function accountEvent(
  value: Fields,
  { field, wabaId, at }: About,
  said: Said,
  facts: Record<string, string | number | boolean | null> = {},
  position = 0,
): Update {
  return {
    kind: 'account',
    position,
    field,
    wabaId,
    at,
    severity: 'info',
    effect: null,
    ...said,
    number: numberOf(value),
    facts: Object.fromEntries(Object.entries(facts).filter((fact) => isSaid(fact))),
  };
}

const isSaid = (fact: [string, string | number | boolean | null]): fact is [string, string | number] =>
  fact[1] !== null && fact[1] !== '';

function numberOf(value: Fields): AccountEvent['number'] {
  const metadata = asFields(value.metadata);
  const shown = asWords(value.display_phone_number ?? value.phone_number ?? metadata?.display_phone_number);
  return { id: asWords(metadata?.phone_number_id), digits: shown?.replace(/\D/g, '') || null };
}

const LONGEST_WORD = 64;

/** Meta's word for what happened, in capitals: samples were seen with small ones. */
export function wordOf(value: unknown): string {
  return asWords(value)?.slice(0, LONGEST_WORD).toWellFormed().toUpperCase() ?? '';
}

const LONGEST_REMARK = 500;

/** What Meta wrote for people, cut where it would fill the page. */
export function remarkOf(value: unknown): string | null {
  return asWords(value)?.slice(0, LONGEST_REMARK).toWellFormed() ?? null;
}
