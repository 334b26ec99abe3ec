import { hydrate, type Worded } from '#src/whatsapp/template-definition.ts';
import { fieldsOf, keyOf, LONGEST, type TemplateField } from './field.ts';
import type { Given } from './given.ts';
import type { Template } from './template.ts';

/** By the field's key: what is wrong with it, and what to do, in a sentence. */
export type Problems = Map<string, string>;

/** Everything that WhatsApp would refuse, or show in another way than it was meant. */
export function checkGiven(
  { definition }: Pick<Template, 'definition'>,
  given: Given,
  now: number,
): Problems {
  const problems: Problems = new Map();
  for (const field of fieldsOf(definition)) {
    const wrong = checkField(field, given, now);
    if (wrong !== null) {
      problems.set(field.key, wrong);
    }
  }
  const { header, body, offer, cards } = definition;
  const whole = (worded: Worded | null, part: string, card: number | null, most: number) =>
    checkWhole(problems, given, worded, { part, card, most });
  whole(header?.format === 'text' ? header : null, 'header', null, LONGEST.header);
  whole(body, 'body', null, offer ? LONGEST.offerBody : LONGEST.body);
  for (const [card, { body: words }] of cards.entries()) {
    whole(words, 'body', card, LONGEST.cardBody);
  }
  return problems;
}

function checkField(field: TemplateField, given: Given, now: number): string | null {
  if (field.kind === 'file') {
    return given.files.has(field.key) ? null : MISSING_FILE[field.media ?? 'document'];
  }
  const text = given.texts.get(field.key)?.trim() ?? '';
  if (text === '') {
    return 'Fill this in: WhatsApp takes no template with an empty value.';
  }
  switch (field.kind) {
    case 'latitude':
      return isBetween(text, 90) ? null : 'A latitude is a number from -90 to 90, like -17.8292.';
    case 'longitude':
      return isBetween(text, 180) ? null : 'A longitude is a number from -180 to 180, like 31.0522.';
    case 'moment':
      return checkMoment(text, now);
    case 'suffix':
      return /\s/.test(text)
        ? 'This becomes the end of a link, so it can hold no spaces.'
        : checkLength(text, field.most, 'The end of this link');
    case 'code':
      return /\s/.test(text) ? 'A code holds no spaces.' : checkLength(text, field.most, 'A code');
    default:
      return checkWords(text) ?? checkLength(text, field.most, 'This value');
  }
}

const MISSING_FILE = {
  image: 'Choose a picture: the template begins with one.',
  video: 'Choose a video: the template begins with one.',
  document: 'Choose a document: the template begins with one.',
};

/** Meta refuses such values (132018), since they could pretend to be several paragraphs of an approved text. */
function checkWords(text: string): string | null {
  if (/[\r\n\t]/.test(text)) {
    return 'WhatsApp takes no line breaks or tabs in a value: write it on one line.';
  } else {
    return / {5}/.test(text) ? 'WhatsApp takes at most four spaces in a row in a value.' : null;
  }
}

function checkLength(text: string, most: number, what: string): string | null {
  return text.length <= most
    ? null
    : `${what} may have ${most.toLocaleString('en')} characters, and this has ${text.length.toLocaleString('en')}: shorten it by ${(text.length - most).toLocaleString('en')}.`;
}

function isBetween(text: string, most: number): boolean {
  return /^-?\d{1,3}(\.\d{1,15})?$/.test(text) && Math.abs(Number(text)) <= most;
}

/** Nobody means a later moment, and the latest that are whole numbers are no dates any more. */
const FARTHEST_MS = 100 * 365 * 24 * 60 * 60_000;

/** Milliseconds since 1970; forms have read the account's clock before. */
function checkMoment(text: string, now: number): string | null {
  const at = Number(text);
  if (!Number.isSafeInteger(at)) {
    return 'Give the day and the time at which the offer ends.';
  } else if (at > now + FARTHEST_MS) {
    return 'The offer would end more than a hundred years from now: choose an earlier moment.';
  } else {
    return at > now ? null : 'The offer would be over already: choose a later moment.';
  }
}

type Whole = { part: string; card: number | null; most: number };

/** Each value may be short enough, and all of them together too long: then it is said at the longest. */
function checkWhole(
  problems: Problems,
  { texts }: Given,
  worded: Worded | null,
  { part, card, most }: Whole,
): void {
  const keys = worded?.variables.map(({ name }) => keyOf(card, part, name)) ?? [];
  if (worded === null || keys.length === 0 || keys.some((key) => problems.has(key))) {
    return;
  }
  const text = hydrate(worded.text, (name) => texts.get(keyOf(card, part, name))?.trim() ?? '');
  const over = text.length - most;
  const longest = keys.reduce((one, other) => (lengthOf(texts, other) > lengthOf(texts, one) ? other : one));
  if (over > 0) {
    problems.set(
      longest,
      `With these values the text has ${text.length.toLocaleString('en')} characters, and WhatsApp takes ${most.toLocaleString('en')}: shorten this by ${over.toLocaleString('en')}.`,
    );
  }
}

const lengthOf = (texts: Given['texts'], key: string): number => texts.get(key)?.trim().length ?? 0;
