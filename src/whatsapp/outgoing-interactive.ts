import type { Ask, Interactive } from '#src/messages/interactive.ts';

export type OutgoingInteractive = Omit<Interactive, 'kind'> & {
  type: 'interactive';
  text: string;
  quotedWamid?: string;
};

/** What `interactive` of a message holds. */
export function interactiveOf({ text, header, footer, ask }: OutgoingInteractive): object {
  return {
    type: ask.type,
    ...(header === undefined ? {} : { header: { type: 'text', text: header } }),
    body: { text },
    ...(footer === undefined ? {} : { footer: { text: footer } }),
    action: actionOf(ask),
  };
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
