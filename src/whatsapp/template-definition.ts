import { asFields, asList, asText, asWords, type Fields } from './shape.ts';

/** What a template says, and what it leaves open. */
export type Definition = {
  header: Header | null;
  body: Worded;
  footer: string | null;
  buttons: Button[];
  offer: { text: string; expires: boolean } | null;
  /** Each has a picture or a video, and as a rule words and buttons. */
  cards: { header: Header | null; body: Worded | null; buttons: Button[] }[];
  /** Parts that this program does not know, by Meta's name for them: it cannot be sent from here. */
  unknown: string[];
};

/** Words with variables in them, in the order in which they stand. */
export type Worded = { text: string; variables: Variable[] };
/** `name` is a number when the template counts its variables. */
export type Variable = { name: string; sample: string };
export type MediaFormat = 'image' | 'video' | 'document';
export type Header = ({ format: 'text' } & Worded) | { format: MediaFormat | 'location' };

export const buttonKinds = {
  QUICK_REPLY: 'quick_reply',
  URL: 'url',
  PHONE_NUMBER: 'phone',
  COPY_CODE: 'copy_code',
  FLOW: 'flow',
  OTP: 'otp',
  VOICE_CALL: 'voice_call',
  REQUEST_CONTACT_INFO: 'request_contact_info',
} as const;
export type ButtonKind = (typeof buttonKinds)[keyof typeof buttonKinds];

export type Button = {
  kind: ButtonKind;
  text: string;
  /** Of a link with a variable at its end: the address before it. Of one without: the whole address. */
  url: string | null;
  /** What is to be filled in, with the sample that Meta was shown. */
  variable: Variable | null;
};

const FORMATS: Record<string, MediaFormat | 'location'> = {
  IMAGE: 'image',
  VIDEO: 'video',
  DOCUMENT: 'document',
  LOCATION: 'location',
};

/** Reads a template's components. `json` is what `ListedTemplate.components` holds. Never throws. */
export function readDefinition(json: string): Definition {
  const definition: Definition = {
    header: null,
    body: { text: '', variables: [] },
    footer: null,
    buttons: [],
    offer: null,
    cards: [],
    unknown: [],
  };
  for (const component of parts(parse(json))) {
    readComponent(definition, component);
  }
  return definition;
}

function readComponent(definition: Definition, component: Fields): void {
  const type = (asWords(component.type) ?? '').toUpperCase();
  switch (type) {
    case 'HEADER':
      definition.header = readHeader(component, definition.unknown);
      break;
    case 'BODY':
      definition.body = readBody(component);
      break;
    case 'FOOTER':
      definition.footer = asText(component.text);
      break;
    case 'BUTTONS':
      definition.buttons = readButtons(component, definition.unknown);
      break;
    case 'LIMITED_TIME_OFFER': {
      const offer = asFields(component.limited_time_offer);
      definition.offer = { text: asText(offer?.text) ?? '', expires: offer?.has_expiration === true };
      break;
    }
    case 'CAROUSEL':
      definition.cards = asList(component.cards).map((card) => readCard(card, definition.unknown));
      break;
    default:
      definition.unknown.push(type);
  }
}

function readCard(card: unknown, unknown: string[]): Definition['cards'][number] {
  const read = readDefinition(JSON.stringify(asFields(card)?.components ?? []));
  unknown.push(...read.unknown);
  return { header: read.header, body: read.body.text === '' ? null : read.body, buttons: read.buttons };
}

function readHeader(component: Fields, unknown: string[]): Header | null {
  const named = (asWords(component.format) ?? 'TEXT').toUpperCase();
  const format = FORMATS[named];
  if (format !== undefined) {
    return { format };
  } else if (named === 'TEXT') {
    const example = asFields(component.example);
    return {
      format: 'text',
      ...worded(component.text, asList(example?.header_text), example?.header_text_named_params),
    };
  }
  unknown.push(`HEADER ${named}`);
  return null;
}

/** Templates for codes come without their words: Meta writes them, around the code. */
function readBody(component: Fields): Worded {
  const example = asFields(component.example);
  const samples = asList(asList(example?.body_text)[0]);
  return worded(component.text, samples, example?.body_text_named_params);
}

function worded(value: unknown, samples: readonly unknown[], named: unknown): Worded {
  const text = asText(value) ?? '';
  const byName = new Map(parts(named).map((one) => [asWords(one.param_name), asText(one.example) ?? '']));
  const names = [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''))];
  const variables = names.map((name) => {
    const counted = /^\d+$/.test(name) ? asText(samples[Number(name) - 1]) : null;
    return { name, sample: byName.get(name) ?? counted ?? '' };
  });
  // Meta takes counted ones in the order of their numbers.
  const isCounted = variables.every(({ name }) => /^\d+$/.test(name));
  return {
    text,
    variables: isCounted ? variables.sort((one, other) => Number(one.name) - Number(other.name)) : variables,
  };
}

const VARIABLE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The words with every variable replaced by what `value` gives for it. */
export function hydrate(text: string, value: (name: string) => string): string {
  return text.replace(VARIABLE, (_, name: string) => value(name));
}

function readButtons(component: Fields, unknown: string[]): Button[] {
  return parts(component.buttons).flatMap((button) => {
    const type = (asWords(button.type) ?? '').toUpperCase();
    const kind = (buttonKinds as Record<string, ButtonKind>)[type];
    if (kind === undefined) {
      unknown.push(`BUTTON ${type}`);
      return [];
    }
    const address = asText(button.url);
    const sample = asText(asList(button.example)[0]) ?? '';
    const [, start, name] = /^(.*?)\{\{\s*([A-Za-z0-9_]+)\s*\}\}$/s.exec(address ?? '') ?? [];
    // Codes go by a link of Meta's own, whatever the button is called.
    const isOtp =
      kind === 'otp' || (kind === 'url' && /^https:\/\/www\.whatsapp\.com\/otp\//.test(address ?? ''));
    return {
      kind: isOtp ? 'otp' : kind,
      text: asText(button.text) ?? '',
      url: isOtp ? null : (start ?? address),
      variable: isOtp
        ? null
        : kind === 'copy_code'
          ? { name: 'code', sample }
          : name === undefined
            ? null
            : { name, sample: suffixOf(sample, start ?? '') },
    };
  });
}

/** Meta's sample is the whole address. */
function suffixOf(sample: string, start: string): string {
  return sample.startsWith(start) ? sample.slice(start.length) : sample;
}

function parts(value: unknown): Fields[] {
  return asList(value)
    .map(asFields)
    .filter((part) => part !== null);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return [];
  }
}
