import { bsuid, errors, type Fields, type Kind, said, told, variant } from './kind.ts';

const media = (more: Fields = {}): Fields => ({
  id: '1166846181421424',
  mime_type: 'image/jpeg',
  sha256: 'vgjFbJSGtKIXq2VWKvHOyBzXjkfHJOhLOBbAMYiEpGY=',
  url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1166846181421424',
  ...more,
});

/** Every type of message that a customer sends. */
export const messages: readonly Kind[] = [
  said('text', () => ({ text: { body: 'Is the cement in?' } })),
  variant(
    'quote',
    said('text', ({ earlier }) => ({
      text: { body: 'This one' },
      context: { from: '263770100200', id: earlier },
    })),
  ),
  variant(
    'forwarded',
    said('text', () => ({ text: { body: 'News' }, context: { frequently_forwarded: true } })),
  ),
  variant(
    'product inquiry',
    said('text', ({ earlier }) => ({
      text: { body: 'How much?' },
      context: {
        from: '263770100200',
        id: earlier,
        referred_product: { catalog_id: '194836987003835', product_retailer_id: 'di9ozbzfi4' },
      },
    })),
  ),
  variant(
    'from an advertisement',
    said('text', () => ({
      text: { body: 'I saw this' },
      referral: {
        source_url: 'https://fb.me/3cr4Wqqkv',
        source_id: '120226305854810726',
        source_type: 'ad',
        headline: 'Cement',
        body: 'Fifty bags',
        media_type: 'image',
        image_url: 'https://scontent.xx.fbcdn.net/a.jpg',
        ctwa_clid: 'Aff-n8ZTODiE79d22KtAwQKj9e',
        welcome_message: { text: 'Hello' },
      },
    })),
  ),
  variant(
    'in a group',
    said('text', () => ({ text: { body: 'All of you' }, group_id: 'Y2FwaV9ncm91cDo' })),
  ),
  said('image', () => ({ image: media({ caption: 'The wall' }) })),
  said('video', () => ({ video: media({ caption: 'The crane', mime_type: 'video/mp4' }) })),
  said('audio', () => ({ audio: media({ mime_type: 'audio/ogg; codecs=opus', voice: true }) })),
  said('voice', () => ({ voice: media({ mime_type: 'audio/ogg' }) })),
  said('document', () => ({
    document: media({ filename: 'quote.pdf', caption: 'The quote', mime_type: 'application/pdf' }),
  })),
  said('sticker', () => ({ sticker: media({ mime_type: 'image/webp', animated: true }) })),
  said('location', () => ({
    location: {
      latitude: -17.82,
      longitude: 31.05,
      name: 'Depot',
      address: '1 Robert Street',
      url: 'https://depot.example/',
    },
  })),
  said('contacts', () => ({
    contacts: [
      {
        name: {
          formatted_name: 'Tari Dube',
          first_name: 'Tari',
          last_name: 'Dube',
          middle_name: 'K',
          prefix: 'Ms',
          suffix: 'BSc',
        },
        phones: [{ phone: '+263 77 999 0000', wa_id: '263779990000', type: 'CELL' }],
        emails: [{ email: 'tari@dube.example', type: 'WORK' }],
        addresses: [
          {
            street: '1 Main',
            city: 'Gweru',
            state: 'M',
            zip: '0',
            country: 'Zimbabwe',
            country_code: 'zw',
            type: 'HOME',
          },
        ],
        org: { company: 'Dube Bricks', department: 'Sales', title: 'Head' },
        urls: [{ url: 'https://dube.example', type: 'WORK' }],
        birthday: '1990-01-31',
        origin: 'other',
        vcard: 'BEGIN:VCARD',
      },
    ],
  })),
  variant(
    'button reply',
    said('interactive', ({ earlier }) => ({
      interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } },
      context: { from: '263770100200', id: earlier },
    })),
  ),
  variant(
    'list reply',
    said('interactive', () => ({
      interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Bricks', description: 'Red' } },
    })),
  ),
  variant(
    'form reply',
    said('interactive', () => ({
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t"}' },
      },
    })),
  ),
  variant(
    'call permission',
    said('interactive', () => ({
      interactive: {
        type: 'call_permission_reply',
        call_permission_reply: {
          response: 'accept',
          expiration_timestamp: '1795349000',
          is_permanent: false,
          response_source: 'user_action',
        },
      },
    })),
  ),
  said('button', ({ earlier }) => ({
    button: { text: 'Stop', payload: 'stop' },
    context: { from: '263770100200', id: earlier },
  })),
  said('order', () => ({
    order: {
      catalog_id: '194836987003835',
      text: 'Please deliver',
      product_items: [{ product_retailer_id: 'di9ozbzfi4', quantity: 2, item_price: 7.99, currency: 'USD' }],
    },
  })),
  told('system', ({ phone }) => ({
    system: {
      type: 'user_changed_number',
      body: 'Rudo changed numbers',
      wa_id: `${phone}9`,
      user_id: `${bsuid(phone)}9`,
      parent_user_id: `ZW.ENT.${phone}9`,
      previous_user_id: bsuid(phone),
      previous_parent_user_id: `ZW.ENT.${phone}0042`,
    },
  })),
  variant(
    'identity changed',
    told('system', () => ({
      system: { type: 'customer_identity_changed', body: 'Another phone' },
      identity: { acknowledged: true, created_timestamp: 1795348000, hash: 'aGFzaA==' },
    })),
  ),
  told('edit', ({ earlier }) => ({
    edit: {
      original_message_id: earlier,
      message: { type: 'text', context: { id: earlier }, text: { body: 'Edited' } },
    },
  })),
  told('revoke', ({ earlier }) => ({ revoke: { original_message_id: earlier } })),
  said('unsupported', () => ({ errors, unsupported: { type: 'poll' } })),
  said('unknown', () => ({ errors })),
];
