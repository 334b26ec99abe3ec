import type { ButtonKind, MediaFormat } from '#src/whatsapp/template-definition.ts';
import type { PlaceValue, TemplatePart } from '#src/whatsapp/template-message.ts';

export type ShownButton = { kind: ButtonKind; text: string; url?: string };
export type ShownHeader =
  | { format: 'text'; text: string }
  | { format: MediaFormat }
  /** Only in a preview its coordinates can be missing. */
  | ({ format: 'location' } & Pick<PlaceValue, 'name' | 'address'> &
      Partial<Pick<PlaceValue, 'latitude' | 'longitude'>>);
export type ShownCard = { header?: ShownHeader; body?: string; buttons: ShownButton[] };

/** A template as a customer sees it. */
export type ShownTemplate = {
  header?: ShownHeader;
  body: string;
  footer?: string;
  offer?: { text: string; expiresAt?: number };
  buttons: ShownButton[];
  cards?: ShownCard[];
};

/** What a message keeps of its template: how it looks, and what fills it when it is sent. */
export type TemplateContent = ShownTemplate & {
  kind: 'template';
  name: string;
  language: string;
  category: string;
  parts: TemplatePart[];
};
