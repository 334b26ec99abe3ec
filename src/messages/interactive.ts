import type { MediaFormat } from '#src/whatsapp/template-definition.ts';

/** A message of ours that the customer answers with a tap. Its body is the message's text. */
export type Interactive = {
  kind: 'interactive';
  /** Words, or a file of the message's. */
  header?: string | FileHeading;
  footer?: string;
  ask: Ask;
};

/** `filename`: what the customer sees a document called. */
export type FileHeading = { media: MediaFormat; fileId: number; filename?: string };

/** As somebody asks for it; without `media` the file's bytes say what it goes as. */
export type AskedHeading = Omit<FileHeading, 'media'> & { media?: MediaFormat };
export type AskedInteractive = Omit<Interactive, 'header'> & { header?: string | AskedHeading };

/** What can be tapped, under Meta's names. */
export type Ask =
  | { type: 'button'; buttons: { id: string; title: string }[] }
  /** `button` opens the list. */
  | { type: 'list'; button: string; sections: ListSection[] }
  | { type: 'cta_url'; label: string; url: string }
  /** Asks where the customer is. */
  | { type: 'location_request_message' }
  /** Asks for the phone number of somebody who shows only a BSUID. */
  | { type: 'request_contact_info' };

export type ListSection = { title?: string; rows: { id: string; title: string; description?: string }[] };

export const askTypes = [
  'button',
  'list',
  'cta_url',
  'location_request_message',
  'request_contact_info',
] as const satisfies readonly Ask['type'][];
