import type { Button, Definition, Header, MediaFormat, Worded } from '#src/whatsapp/template-definition.ts';

/** Something a person fills in. `key` names it in forms and in problems, and says where it stands. */
export type TemplateField = {
  key: string;
  kind: 'words' | 'suffix' | 'code' | 'file' | 'latitude' | 'longitude' | 'moment';
  part: 'header' | 'body' | 'button' | 'offer' | 'code';
  /** Of a carousel: the place of its card, from 0. */
  card: number | null;
  /** The variable's name or number; '' where there is only one thing to fill in. */
  name: string;
  /** Of a button: what stands on it. */
  button: string;
  media: MediaFormat | null;
  sample: string;
  /** Characters. */
  most: number;
};

export const LONGEST = {
  header: 60,
  body: 1024,
  offerBody: 600,
  cardBody: 160,
  url: 2000,
  code: 15,
  place: 1000,
};

/** Everything that a template leaves open, in the order in which it is read. */
export function fieldsOf(definition: Definition): TemplateField[] {
  const { header, body, buttons, offer, cards } = definition;
  const codes = takesCode(definition);
  const most = offer ? LONGEST.offerBody : LONGEST.body;
  return [
    ...headerFields(header, null),
    ...(codes
      ? [field({ key: 'code', kind: 'code', part: 'code', most: LONGEST.code, sample: sampleOf(body) })]
      : wordFields(body, 'body', null, most)),
    ...(offer?.expires ? [field({ key: 'offer', kind: 'moment', part: 'offer', most: 40 })] : []),
    ...buttonFields(buttons, null),
    ...cards.flatMap((card, place) => [
      ...headerFields(card.header, place),
      ...(card.body ? wordFields(card.body, 'body', place, LONGEST.cardBody) : []),
      ...buttonFields(card.buttons, place),
    ]),
  ];
}

/** Templates for one-time codes have a single value, which goes into the words and onto the button. */
export const takesCode = ({ buttons }: Definition): boolean => buttons.some(({ kind }) => kind === 'otp');

export const keyOf = (card: number | null, ...path: (string | number)[]): string =>
  [...(card === null ? [] : ['card', card]), ...path].join('.');

function headerFields(header: Header | null, card: number | null): TemplateField[] {
  if (header === null) {
    return [];
  } else if (header.format === 'text') {
    return wordFields(header, 'header', card, LONGEST.header);
  } else if (header.format === 'location') {
    const about = { part: 'header', card } as const;
    return [
      field({
        ...about,
        key: keyOf(card, 'header', 'name'),
        kind: 'words',
        name: 'name',
        most: LONGEST.place,
      }),
      field({
        ...about,
        key: keyOf(card, 'header', 'address'),
        kind: 'words',
        name: 'address',
        most: LONGEST.place,
      }),
      field({
        ...about,
        key: keyOf(card, 'header', 'latitude'),
        kind: 'latitude',
        name: 'latitude',
        most: 24,
      }),
      field({
        ...about,
        key: keyOf(card, 'header', 'longitude'),
        kind: 'longitude',
        name: 'longitude',
        most: 24,
      }),
    ];
  }
  return [
    field({ key: keyOf(card, 'header'), kind: 'file', part: 'header', card, media: header.format, most: 0 }),
  ];
}

function wordFields({ variables }: Worded, part: 'header' | 'body', card: number | null, most: number) {
  return variables.map(({ name, sample }) =>
    field({ key: keyOf(card, part, name), kind: 'words', part, card, name, sample, most }),
  );
}

function buttonFields(buttons: readonly Button[], card: number | null): TemplateField[] {
  return buttons.flatMap(({ kind, text, url, variable }, index) => {
    if (variable === null) {
      return [];
    }
    const isCode = kind === 'copy_code';
    return field({
      key: keyOf(card, 'button', index),
      kind: isCode ? 'code' : 'suffix',
      part: 'button',
      card,
      button: text,
      sample: variable.sample,
      most: isCode ? LONGEST.code : LONGEST.url - (url?.length ?? 0),
    });
  });
}

const sampleOf = ({ variables }: Worded): string => variables[0]?.sample ?? '';

function field(
  given: Partial<TemplateField> & Pick<TemplateField, 'key' | 'kind' | 'part' | 'most'>,
): TemplateField {
  return { card: null, name: '', button: '', media: null, sample: '', ...given };
}
