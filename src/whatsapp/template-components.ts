import { asFields, asList, asNumber, asText, asWords, type Fields } from './shape.ts';
import type { MediaFormat } from './template-definition.ts';

type GivenText = { text: string; name: string | null };

/** One value in the Graph API's own writing, and where it stands there. */
export type ComponentValue = { path: string; card: number | null } & (
  | { part: 'header'; is: 'texts'; texts: GivenText[] }
  | { part: 'body'; is: 'texts'; texts: GivenText[] }
  /** `fileId`: an id as the API of this program gives it out. */
  | {
      part: 'header';
      is: 'file';
      format: MediaFormat;
      file: { fileId: number } | { link: string };
      filename: string | null;
    }
  | { part: 'header'; is: 'place'; place: Record<'latitude' | 'longitude' | 'name' | 'address', string> }
  | { part: 'offer'; is: 'moment'; at: string }
  | { part: 'button'; index: number; is: 'payload' | 'suffix' | 'code'; text: string }
  | { part: 'button'; index: number; is: 'flow'; token: string | null; data: Fields | null }
);

export type Read = { values: ComponentValue[]; problems: Map<string, string> };

type Place = { path: string; card: number | null };

/**
 * Reads `template.components` as Meta documents them for sending. What cannot be read is a problem at its path; never
 * throws. Currencies and dates, which Meta keeps for old templates, are read as their fallback.
 */
export function readComponents(components: unknown, path = 'template.components'): Read {
  const read: Read = { values: [], problems: new Map() };
  for (const [index, item] of asList(components).entries()) {
    readComponent(read, asFields(item), { path: `${path}[${index}]`, card: null });
  }
  return read;
}

function readComponent(read: Read, component: Fields | null, place: Place): void {
  const type = asWords(component?.type)?.toLowerCase();
  const parameters = asList(component?.parameters).map(asFields);
  if (component === null || type === undefined) {
    read.problems.set(
      place.path,
      'A component has a type: header, body, button, limited_time_offer or carousel.',
    );
  } else if (type === 'carousel' && place.card === null) {
    readCards(read, component, place);
  } else if (
    type === 'header' &&
    parameters.some((one) => kindOf(one) in FORMATS || kindOf(one) === 'location')
  ) {
    readHeader(read, parameters, place);
  } else if (type === 'header' || type === 'body') {
    readTexts(read, type, parameters, place);
  } else if (type === 'button') {
    readButton(read, component, parameters[0] ?? null, place);
  } else if (type === 'limited_time_offer') {
    const offer = asFields(parameters[0]?.limited_time_offer);
    const at = asNumber(offer?.expiration_time_ms);
    read.values.push({ ...place, part: 'offer', is: 'moment', at: at === null ? '' : String(at) });
  } else {
    read.problems.set(place.path, `“${type}” is no component that can be filled in here.`);
  }
}

const FORMATS = { image: 'image', video: 'video', document: 'document' } as const;

const kindOf = (parameter: Fields | null): string => asWords(parameter?.type)?.toLowerCase() ?? '';

function readCards(read: Read, component: Fields, { path }: Place): void {
  for (const [index, item] of asList(component.cards).entries()) {
    const card = asFields(item);
    const given = asNumber(card?.card_index);
    const at = `${path}.cards[${index}]`;
    if (given !== null && given !== index) {
      read.problems.set(`${at}.card_index`, `Cards come in their order: this one has the index ${index}.`);
    }
    for (const [number, part] of asList(card?.components).entries()) {
      readComponent(read, asFields(part), { path: `${at}.components[${number}]`, card: index });
    }
  }
}

function readHeader(read: Read, parameters: (Fields | null)[], place: Place): void {
  const [parameter] = parameters;
  const kind = kindOf(parameter ?? null);
  const content = asFields(parameter?.[kind]);
  if (kind === 'location') {
    const text = (key: string) => asText(content?.[key]) ?? '';
    const where = {
      latitude: text('latitude'),
      longitude: text('longitude'),
      name: text('name'),
      address: text('address'),
    };
    read.values.push({ ...place, part: 'header', is: 'place', place: where });
    return;
  }
  const format = FORMATS[kind as MediaFormat];
  const id = asNumber(content?.id);
  const link = asWords(content?.link);
  const path = `${place.path}.parameters[0].${kind}`;
  if (parameters.length !== 1 || format === undefined) {
    read.problems.set(`${place.path}.parameters`, 'A header with a file has exactly one parameter.');
  } else if (id !== null && Number.isSafeInteger(id)) {
    const file = { fileId: id };
    read.values.push({
      ...place,
      part: 'header',
      is: 'file',
      format,
      file,
      filename: asWords(content?.filename),
    });
  } else if (link !== null && isHttps(link)) {
    const file = { link };
    read.values.push({
      ...place,
      part: 'header',
      is: 'file',
      format,
      file,
      filename: asWords(content?.filename),
    });
  } else {
    read.problems.set(
      path,
      'Give the id of a file that was put to /api/v1/media, or a link that begins with https.',
    );
  }
}

const isHttps = (link: string): boolean =>
  link.length <= 2000 && URL.canParse(link) && new URL(link).protocol === 'https:';

function readTexts(read: Read, part: 'header' | 'body', parameters: (Fields | null)[], place: Place): void {
  const texts = parameters.map((parameter, index) => {
    const kind = kindOf(parameter);
    const text = kind === 'text' ? parameter?.text : asFields(parameter?.[kind])?.fallback_value;
    const given = kind === 'text' || kind === 'currency' || kind === 'date_time' ? asText(text) : null;
    if (given === null) {
      read.problems.set(
        `${place.path}.parameters[${index}]`,
        'A parameter here has the type text, and a text.',
      );
    }
    return { text: given ?? '', name: asWords(parameter?.parameter_name) };
  });
  read.values.push({ ...place, part, is: 'texts', texts });
}

function readButton(read: Read, component: Fields, parameter: Fields | null, place: Place): void {
  const index = asNumber(component.index);
  const type = asWords(component.sub_type)?.toLowerCase() ?? '';
  if (index === null || !Number.isInteger(index) || index < 0 || index > 9) {
    read.problems.set(`${place.path}.index`, 'A button has an index from 0 to 9.');
    return;
  }
  const about = { ...place, part: 'button' as const, index };
  const action = asFields(parameter?.action);
  switch (type) {
    case 'quick_reply':
      read.values.push({ ...about, is: 'payload', text: asText(parameter?.payload) ?? '' });
      break;
    case 'url':
      read.values.push({ ...about, is: 'suffix', text: asText(parameter?.text) ?? '' });
      break;
    case 'copy_code':
      read.values.push({
        ...about,
        is: 'code',
        text: asText(parameter?.coupon_code) ?? asText(parameter?.text) ?? '',
      });
      break;
    case 'flow':
      read.values.push({
        ...about,
        is: 'flow',
        token: asText(action?.flow_token),
        data: asFields(action?.flow_action_data),
      });
      break;
    default:
      read.problems.set(
        `${place.path}.sub_type`,
        'A button to be filled in is quick_reply, url, copy_code or flow.',
      );
  }
}
