import type { MessageContent, ThreadMessage } from '#src/messages/thread-message.ts';
import { contactJson } from './content-contacts.ts';
import { interactiveJson } from './content-interactive.ts';
import { templateJson } from './content-template.ts';
import type { CallPermissionJson, ContentJson, MediaJson } from './content-types.ts';
import { defined } from './defined.ts';
import { timeJson } from './time-json.ts';

/** What a message holds, as the API gives it out. */
export function contentJson({ content, text, type, direction }: ThreadMessage): ContentJson {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', body: text, ...(content.hasPreview ? { preview_url: true } : {}) };
    case 'media':
      return mediaJson(content, text);
    case 'location': {
      const { kind, latitude, longitude, name, address, url } = content;
      return { kind, latitude, longitude, ...defined({ name, address, url }) };
    }
    case 'contacts':
      return { kind: 'contacts', contacts: content.contacts.map(contactJson) };
    case 'interactive':
      return interactiveJson(content, text);
    case 'button':
      return buttonJson(content, type);
    case 'list': {
      const { title, description, id } = content;
      return { kind: 'list_reply', title, ...defined({ description, id }) };
    }
    case 'template':
      return templateJson(content);
    case 'order':
      return orderJson(content, text);
    case 'form':
      return {
        kind: 'form_reply',
        answers: content.answers.map(({ name, label, value }) => ({ ...defined({ name }), label, value })),
        text,
        ...defined({ flow_token: content.flowToken }),
      };
    case 'address':
      return { kind: 'address_reply', fields: content.fields ?? [], lines: content.lines };
    case 'call_permission':
      return permissionJson(content);
    case 'call': {
      const { kind, outcome, seconds } = content;
      const called = direction === 'in' ? 'in' : 'out';
      return { kind, direction: called, outcome, ...defined({ duration_seconds: seconds }) };
    }
    case 'revoked':
      return { kind: 'revoked' };
    case 'unsupported':
      return {
        kind: 'unsupported',
        reason: content.why ?? 'unknown_kind',
        ...defined({ meta_type: content.metaType }),
      };
  }
}

type Of<Kind> = Extract<MessageContent, { kind: Kind }>;

function mediaJson({ media, mime, filename, voice, animated }: Of<'media'>, caption: string): MediaJson {
  return {
    kind: media,
    mime_type: mime,
    ...(caption === '' ? {} : { caption }),
    ...defined({ filename, voice, animated }),
  };
}

/** Of one kind here, of two at Meta: the message's type tells them apart. */
function buttonJson({ title, payload }: Of<'button'>, type: string): ContentJson {
  return type === 'button'
    ? { kind: 'button', text: title, ...defined({ payload }) }
    : { kind: 'button_reply', title, ...defined({ id: payload }) };
}

function orderJson({ catalogId, items }: Of<'order'>, text: string): ContentJson {
  return {
    kind: 'order',
    ...defined({ catalog_id: catalogId }),
    text,
    product_items: items.map(({ product, quantity, price, currency }) => ({
      product_retailer_id: product,
      quantity,
      item_price: price,
      currency,
    })),
  };
}

function permissionJson({
  isGranted,
  until,
  isPermanent,
  isAutomatic,
}: Of<'call_permission'>): CallPermissionJson {
  return {
    kind: 'call_permission_reply',
    response: isGranted ? 'accept' : 'reject',
    ...(until === undefined ? {} : { expires_at: timeJson(until) }),
    ...(isPermanent ? { is_permanent: true } : {}),
    ...(isAutomatic ? { is_automatic: true } : {}),
  };
}
