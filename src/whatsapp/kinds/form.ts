import type { FormAnswer } from '#src/messages/thread-message.ts';
import { parseLossless } from '../json.ts';
import { asFields, asText, asWords, type Fields } from '../shape.ts';
import { readAddress } from './address.ts';
import type { Understood } from './understood.ts';

/**
 * The answer to a Flow or to a request for an address. Meta sends it as JSON in a string, which a Flow may fill with
 * anything: what is no object, or none that can be walked, is shown as the text it is.
 */
export function readFormReply(reply: Fields | null): Understood | null {
  const answers = parse(reply?.response_json);
  const address = reply?.name === 'address_message' && answers ? readAddress(answers) : null;
  if (address !== null) {
    return address;
  }
  const lines = answers === null ? [] : answersIn(answers);
  const text =
    lines.length > 0
      ? lines.map(({ label, value }) => `${label}: ${value}`).join('\n')
      : (asWords(reply?.response_json) ?? asWords(reply?.body));
  const flowToken = asText(answers?.flow_token);
  return text === null
    ? null
    : { text, content: { kind: 'form', answers: lines, ...(flowToken === null ? {} : { flowToken }) } };
}

function parse(json: unknown): Fields | null {
  if (typeof json !== 'string') {
    return asFields(json);
  }
  try {
    return asFields(parseLossless(json));
  } catch {
    return null;
  }
}

const MOST_ANSWERS = 200;
const DEEPEST = 4;
/** Of what one question is called, in characters. Every question below it is called by it too. */
const LONGEST_KEY = 200;
/** Says which sending of the form this answers, and nothing to a person. */
const NO_ANSWER = new Set(['flow_token', '__proto__']);

/** What a question is called, for people and as it was passed on. */
type Place = { label: string; name: string };
const NOWHERE: Place = { label: '', name: '' };

/** None when they are nested too deeply to be walked, as nothing is that anybody filled in. */
function answersIn(answers: Fields): FormAnswer[] {
  try {
    return flatten(answers, NOWHERE, 0).take(MOST_ANSWERS).toArray();
  } catch {
    return [];
  }
}

/** One answer at a time: a body has room for a hundred thousand of them, and only the first are asked for. */
function* flatten(value: unknown, place: Place, depth: number): Generator<FormAnswer> {
  const fields = asFields(value);
  if (fields !== null && depth < DEEPEST) {
    for (const [key, one] of Object.entries(fields)) {
      if (!NO_ANSWER.has(key)) {
        yield* flatten(one, within(place, shortened(key)), depth + 1);
      }
    }
    return;
  } else if (Array.isArray(value) && value.some((one) => asFields(one) !== null) && depth < DEEPEST) {
    for (const [index, one] of value.entries()) {
      yield* flatten(one, within(place, String(index), String(index + 1)), depth + 1);
    }
    return;
  }
  const text = asAnswer(value);
  if (text !== null) {
    yield { ...place, value: text };
  }
}

function asAnswer(value: unknown): string | null {
  if (typeof value === 'boolean') {
    return String(value);
  } else if (Array.isArray(value)) {
    return value.flatMap((one) => asAnswer(one) ?? []).join(', ') || null;
  } else {
    return asFields(value) === null ? asWords(value) : asText(JSON.stringify(value));
  }
}

/** No half character at its end. */
const shortened = (key: string) =>
  key
    .slice(0, LONGEST_KEY)
    .toWellFormed()
    .replace(/\ufffd$/, '');

const within = (place: Place, key: string, label = readable(key)): Place => ({
  label: place.label === '' ? label : `${place.label} › ${label}`,
  name: [place.name, asText(key) ?? ''].filter(Boolean).join('.'),
});

/** Meta's form builder calls the second question of the first screen `screen_0_Your_name_1`. */
function readable(key: string): string {
  const name = key.replace(/^screen_\d+_(.+?)(?:_\d+)?$/, '$1').replaceAll('_', ' ');
  return asWords(name) ?? asText(key) ?? '';
}
