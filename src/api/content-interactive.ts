import type { Ask, Interactive } from '#src/messages/interactive.ts';
import type { ActionJson, HeadingJson, InteractiveContentJson } from './content-types.ts';
import { defined } from './defined.ts';

/** What we asked and what can be tapped, as it is sent. */
export function interactiveJson({ header, footer, ask }: Interactive, text: string): InteractiveContentJson {
  return {
    kind: 'interactive',
    ...(header === undefined ? {} : { header: headingJson(header) }),
    body: { text },
    ...(footer === undefined ? {} : { footer: { text: footer } }),
    ...actionJson(ask),
  };
}

function headingJson(header: NonNullable<Interactive['header']>): HeadingJson {
  if (typeof header === 'string') {
    return { type: 'text', text: header };
  }
  const { media, fileId: id, filename } = header;
  switch (media) {
    case 'image':
      return { type: media, image: { id } };
    case 'video':
      return { type: media, video: { id } };
    case 'document':
      return { type: media, document: { id, ...defined({ filename }) } };
  }
}

function actionJson(ask: Ask): ActionJson {
  switch (ask.type) {
    case 'button':
      return {
        type: ask.type,
        action: { buttons: ask.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
      };
    case 'list':
      return { type: ask.type, action: { button: ask.button, sections: ask.sections } };
    case 'cta_url':
      return {
        type: ask.type,
        action: { name: ask.type, parameters: { display_text: ask.label, url: ask.url } },
      };
    case 'location_request_message':
      return { type: ask.type, action: { name: 'send_location' } };
    case 'request_contact_info':
      return { type: ask.type, action: { name: ask.type } };
  }
}
