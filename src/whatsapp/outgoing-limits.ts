import type { Ask } from '#src/messages/interactive.ts';

/**
 * What Meta takes at most, in UTF-16 units or pieces (Cloud API, Messages). Files have limits of their own, see
 * `send-limits.ts`.
 */
export const LIMITS = {
  text: 4096,
  header: 60,
  footer: 60,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  listButton: 20,
  sections: 10,
  rows: 10,
  sectionTitle: 24,
  rowTitle: 24,
  rowDescription: 72,
  rowId: 200,
  linkLabel: 20,
  url: 2000,
  contacts: 257,
  place: 1000,
} as const;

/** The longest body of each. */
export const BODY_LIMITS: Readonly<Record<Ask['type'], number>> = {
  button: 1024,
  list: 4096,
  cta_url: 1024,
  location_request_message: 1024,
  request_contact_info: 1024,
};

/** Those with a header and a footer. */
export const canBeFramed = (type: Ask['type']): boolean => ['button', 'list', 'cta_url'].includes(type);

/** Those whose header may be a picture, a video or a document. */
export const canBeginWithFile = (type: string): boolean => ['button', 'cta_url'].includes(type);
