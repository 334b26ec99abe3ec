import type { MediaFormat } from './template-definition.ts';

/** A file in a template: one of ours, which has to be at Meta first, one that Meta has, or one behind a link. */
export type MediaSource = { fileId: number } | { mediaId: string } | { link: string };

export type MediaValue = { format: MediaFormat; source: MediaSource; filename?: string };
/** `name` only for templates that name their variables. */
export type TextValue = { text: string; name?: string };
export type PlaceValue = { latitude: number; longitude: number; name: string; address: string };

/** What fills one part of a template. `card` is the place of a carousel's card; without one it is the message's. */
export type TemplatePart = { card?: number } & (
  | { part: 'header'; texts: TextValue[] }
  | { part: 'header'; media: MediaValue }
  | { part: 'header'; place: PlaceValue }
  | { part: 'body'; texts: TextValue[] }
  /** Milliseconds since 1970. */
  | { part: 'offer'; expiresAt: number }
  | { part: 'button'; index: number; payload: string }
  | { part: 'button'; index: number; suffix: string }
  | { part: 'button'; index: number; code: string }
  | { part: 'button'; index: number; flow: { token: string; data?: Readonly<Record<string, unknown>> } }
);

export type OutgoingTemplate = {
  type: 'template';
  name: string;
  language: string;
  parts: readonly TemplatePart[];
};

/** The object `template` of a message. Throws for a file that Meta does not have yet. */
export function templateBody({ name, language, parts }: OutgoingTemplate): object {
  const components = componentsOf(parts, atMeta);
  return { name, language: { code: language }, ...(components.length === 0 ? {} : { components }) };
}

/** How a message names a file. */
type Reference = (source: MediaSource) => object;

/** What fills a template, as the Graph API takes it but for how it names files. */
export function componentsOf(parts: readonly TemplatePart[], reference: Reference): object[] {
  return [
    ...parts.filter(({ card }) => card === undefined).map((part) => componentOf(part, reference)),
    ...carouselOf(parts, reference),
  ];
}

function carouselOf(parts: readonly TemplatePart[], reference: Reference): object[] {
  const cards = Map.groupBy(parts, ({ card }) => card);
  cards.delete(undefined);
  return cards.size === 0
    ? []
    : [
        {
          type: 'carousel',
          cards: [...cards].map(([card, own]) => ({
            card_index: card,
            components: own.map((part) => componentOf(part, reference)),
          })),
        },
      ];
}

function componentOf(part: TemplatePart, reference: Reference): object {
  switch (part.part) {
    case 'body':
      return { type: 'body', parameters: part.texts.map(textParameter) };
    case 'offer':
      return {
        type: 'limited_time_offer',
        parameters: [
          { type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: part.expiresAt } },
        ],
      };
    case 'header':
      return { type: 'header', parameters: headerParameters(part, reference) };
    case 'button':
      return buttonOf(part);
  }
}

function headerParameters(part: Extract<TemplatePart, { part: 'header' }>, reference: Reference): object[] {
  if ('texts' in part) {
    return part.texts.map(textParameter);
  } else if ('place' in part) {
    return [{ type: 'location', location: part.place }];
  }
  const { format, source, filename } = part.media;
  const named = filename === undefined ? {} : { filename };
  return [{ type: format, [format]: { ...reference(source), ...named } }];
}

function atMeta(source: MediaSource): object {
  if ('fileId' in source) {
    throw new Error('a file of a template is not at Meta yet');
  }
  return 'mediaId' in source ? { id: source.mediaId } : { link: source.link };
}

function textParameter({ text, name }: TextValue): object {
  return { type: 'text', ...(name === undefined ? {} : { parameter_name: name }), text };
}

function buttonOf(part: Extract<TemplatePart, { part: 'button' }>): object {
  const about = (sub_type: string, parameter: object) => ({
    type: 'button',
    sub_type,
    index: String(part.index),
    parameters: [parameter],
  });
  if ('payload' in part) {
    return about('quick_reply', { type: 'payload', payload: part.payload });
  } else if ('suffix' in part) {
    return about('url', { type: 'text', text: part.suffix });
  } else if ('code' in part) {
    return about('copy_code', { type: 'coupon_code', coupon_code: part.code });
  }
  const { token, data } = part.flow;
  const action = { flow_token: token, ...(data === undefined ? {} : { flow_action_data: data }) };
  return about('flow', { type: 'action', action });
}
