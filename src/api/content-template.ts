import type { ShownCard, ShownHeader, TemplateContent } from '#src/templates/content.ts';
import { componentsOf, type MediaSource } from '#src/whatsapp/template-message.ts';
import type { TemplateCardJson, TemplateJson } from './content-types.ts';
import { defined } from './defined.ts';
import { timeJson } from './time-json.ts';

/** A template as it was sent: what filled it, and how the customer sees it. */
export function templateJson(content: TemplateContent): TemplateJson {
  const { name, language, category, parts, footer, offer, cards } = content;
  return {
    kind: 'template',
    name,
    language: { code: language },
    category,
    components: componentsOf(parts, fileJson),
    shown: {
      ...cardJson(content),
      ...defined({ footer, cards: cards?.map(cardJson) }),
      ...(offer === undefined ? {} : { limited_time_offer: offerJson(offer) }),
    },
  };
}

/** As the API takes it: a file of ours by its id here, one at Meta by Meta's, which is text. */
const fileJson = (source: MediaSource) =>
  'fileId' in source
    ? { id: source.fileId }
    : 'mediaId' in source
      ? { id: source.mediaId }
      : { link: source.link };

const cardJson = ({ header, body, buttons }: ShownCard): TemplateCardJson => ({
  ...(header === undefined ? {} : { header: headerJson(header) }),
  ...defined({ body }),
  buttons: buttons.map(({ kind, text, url }) => ({ type: kind, text, ...defined({ url }) })),
});

function headerJson(header: ShownHeader): NonNullable<TemplateCardJson['header']> {
  const { format: type, ...more } = header;
  return { type, ...more } as NonNullable<TemplateCardJson['header']>;
}

const offerJson = ({ text, expiresAt }: NonNullable<TemplateContent['offer']>) => ({
  text,
  ...(expiresAt === undefined ? {} : { expires_at: timeJson(expiresAt) }),
});
