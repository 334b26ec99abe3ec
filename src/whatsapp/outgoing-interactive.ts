import type { Ask, FileHeading, Interactive } from '#src/messages/interactive.ts';

/** A file above the text, by its id at Meta. */
type OutgoingHeading = Omit<FileHeading, 'fileId'> & { mediaId: string };

export type OutgoingInteractive = Omit<Interactive, 'kind' | 'header'> & {
  type: 'interactive';
  text: string;
  header?: string | OutgoingHeading;
  quotedWamid?: string;
};

/** What `interactive` of a message holds. */
export function interactiveOf({ text, header, footer, ask }: OutgoingInteractive): object {
  return {
    type: ask.type,
    ...(header === undefined ? {} : { header: headerOf(header) }),
    body: { text },
    ...(footer === undefined ? {} : { footer: { text: footer } }),
    action: actionOf(ask),
  };
}

function headerOf(header: string | OutgoingHeading): object {
  if (typeof header === 'string') {
    return { type: 'text', text: header };
  }
  const { media, mediaId, filename } = header;
  const named = media === 'document' && filename !== undefined ? { filename } : {};
  return { type: media, [media]: { id: mediaId, ...named } };
}

function actionOf(ask: Ask): object {
  switch (ask.type) {
    case 'button':
      return { buttons: ask.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) };
    case 'list':
      return { button: ask.button, sections: ask.sections };
    case 'cta_url':
      return { name: 'cta_url', parameters: { display_text: ask.label, url: ask.url } };
    case 'location_request_message':
      return { name: 'send_location' };
    case 'request_contact_info':
      return { name: 'request_contact_info' };
  }
}
