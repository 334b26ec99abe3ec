import { asFields, asText, asWords, type Fields } from '../shape.ts';
import type { Understood } from './understood.ts';

/** Meta's fields, those of one line together, in the order in which India and Singapore write them. */
const LINES = [
  ['name'],
  ['phone_number'],
  ['house_number', 'floor_number', 'tower_number', 'unit_number', 'building_name'],
  ['address'],
  ['landmark_area'],
  ['city', 'in_pin_code', 'sg_post_code'],
  ['state'],
  ['country'],
] as const;
const KNOWN: ReadonlySet<string> = new Set(LINES.flat());

/** What a customer filled into a request for an address; null when it holds none. */
export function readAddress(answers: Fields): Understood | null {
  const values = asFields(answers.values) ?? answers;
  const lines = LINES.map((names) => names.flatMap((name) => asWords(values[name]) ?? []).join(' '));
  const others = Object.entries(values)
    .filter(([name]) => !KNOWN.has(name) && name !== 'saved_address_id')
    .flatMap(([, value]) => asWords(value) ?? []);
  const written = [...lines.filter((line) => line !== ''), ...others];
  const fields = Object.entries(values).flatMap(([name, value]) => {
    const text = asWords(value);
    return text === null ? [] : [{ name: asText(name) ?? '', value: text }];
  });
  return written.length === 0
    ? null
    : { text: written.join('\n'), content: { kind: 'address', lines: written, fields } };
}
