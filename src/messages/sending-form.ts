import { FILE } from '#src/templates/form-names.ts';
import { LIMITS } from '#src/whatsapp/outgoing-limits.ts';
import type { SentContent } from './compose-content.ts';
import { type Ask, askTypes, type ListSection } from './interactive.ts';
import { HEADING, readHeading } from './sending-heading.ts';

/** What has a form of its own. */
export const sendingKinds = ['location', 'contacts', ...askTypes] as const;
export type SendingKind = (typeof sendingKinds)[number];

export const sendingKindOf = (name: string): SendingKind | undefined =>
  sendingKinds.find((kind) => kind === name);

/** What the form held, by field. */
export type SendingValues = Readonly<Record<string, string>>;

/** `fieldOf`: the field of the form that a path of Meta's JSON came from. */
export type Filled = { text: string; content: SentContent; fieldOf: (path: string) => string };

/** The message that a form says; whether it may be sent is for `readComposed` to say. */
export function readSendingForm(kind: SendingKind, values: SendingValues): Filled {
  const { text = '' } = values;
  switch (kind) {
    case 'location':
      return {
        text: '',
        content: {
          kind,
          latitude: readDegrees(values.latitude),
          longitude: readDegrees(values.longitude),
          name: values.placeName ?? '',
          address: values.address ?? '',
        },
        fieldOf: named({ name: 'placeName' }),
      };
    case 'contacts':
      return { text: '', content: { kind, contacts: [readCard(values)] }, fieldOf: named(CARD_FIELDS) };
    case 'button':
      return framed(values, text, ...readButtons(values));
    case 'list':
      return framed(values, text, ...readList(values));
    case 'cta_url':
      return framed(
        values,
        text,
        { type: kind, label: values.linkLabel ?? '', url: values.url ?? '' },
        named({ ...FRAME_FIELDS, display_text: 'linkLabel' }),
      );
    default:
      return { text, content: { kind: 'interactive', ask: { type: kind } }, fieldOf: named({}) };
  }
}

const CARD_FIELDS = {
  formatted_name: 'contactName',
  phone: 'contactPhone',
  email: 'contactEmail',
  company: 'contactCompany',
};

/** Of a heading that is a file; its words are a field of their own. */
const FRAME_FIELDS = { header: FILE + HEADING };

/** By the last name of the path, for forms in which each part stands once. */
const named =
  (fields: Readonly<Record<string, string>>) =>
  (path: string): string => {
    const [last = ''] = path.split('.').slice(-1);
    const [whole = ''] = path.split('.').slice(-2, -1);
    return fields[last] ?? (last === 'text' && whole !== 'body' ? whole : last);
  };

function framed(values: SendingValues, text: string, ask: Ask, fieldOf: Filled['fieldOf']): Filled {
  const { footer = '' } = values;
  return { text, content: { kind: 'interactive', header: readHeading(values), footer, ask }, fieldOf };
}

/** People write a comma where their language does. */
function readDegrees(given = ''): number {
  const text = given.trim().replace(',', '.').replace('−', '-');
  return /^[+-]?\d{1,3}(\.\d{1,20})?$/.test(text) ? Number(text) : Number.NaN;
}

function readCard(values: SendingValues) {
  const { contactName = '', contactPhone = '', contactEmail = '', contactCompany } = values;
  const digits = values.contactWaId === '1' ? contactPhone.replace(/\D/g, '') : '';
  return {
    name: contactName,
    phones: [{ phone: contactPhone, ...(digits === '' ? {} : { waId: digits }) }],
    emails: [{ email: contactEmail }],
    ...(contactCompany === undefined ? {} : { organisation: contactCompany }),
  };
}

const slots = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const isFilled = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

/** What is left empty is left out; the place in the form is what an answer is known by. */
function readButtons(values: SendingValues): [Ask, Filled['fieldOf']] {
  const used = slots(LIMITS.buttons).filter((slot) => isFilled(values[`button${slot}`]));
  const buttons = used.map((slot) => ({ id: String(slot), title: values[`button${slot}`] ?? '' }));
  const fieldOf = (path: string) => {
    const index = /buttons\[(\d+)\]/.exec(path)?.[1];
    return path.includes('buttons') ? `button${used[Number(index ?? 0)] ?? 1}` : named(FRAME_FIELDS)(path);
  };
  return [{ type: 'button', buttons }, fieldOf];
}

function readList(values: SendingValues): [Ask, Filled['fieldOf']] {
  const sections: ListSection[] = [];
  const fields = new Map<string, string>();
  for (const slot of slots(LIMITS.rows)) {
    const heading = values[`section${slot}`];
    const [title, description] = [values[`row${slot}`], values[`description${slot}`]];
    const hasRow = isFilled(title) || isFilled(description);
    if (isFilled(heading) || (hasRow && sections.length === 0)) {
      const at = `interactive.action.sections[${sections.length}]`;
      sections.push({ title: heading ?? '', rows: [] });
      fields.set(`${at}.title`, `section${slot}`).set(`${at}.rows`, `row${slot}`);
    }
    const section = sections.at(-1);
    if (hasRow && section) {
      const at = `interactive.action.sections[${sections.length - 1}].rows[${section.rows.length}]`;
      fields.set(`${at}.title`, `row${slot}`).set(`${at}.description`, `description${slot}`);
      section.rows.push({ id: String(slot), title: title ?? '', description: description ?? '' });
    }
  }
  const fieldOf = (path: string) => {
    const rest = path.endsWith('.button') ? 'listButton' : path.includes('sections') ? 'row1' : null;
    return fields.get(path) ?? rest ?? named({})(path);
  };
  return [{ type: 'list', button: values.listButton ?? '', sections }, fieldOf];
}
