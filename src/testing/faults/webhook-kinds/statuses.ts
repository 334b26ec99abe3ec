import { bsuid, contact, errors, type Fields, type Kind, metadata, SECOND, said } from './kind.ts';

export const reaction: Kind = {
  ...said('reaction', ({ earlier }) => ({ reaction: { message_id: earlier, emoji: '👍' } })),
  is: 'reaction',
};

function status(name: string, more: Fields, about: 'earlier' | 'wamid' = 'earlier'): Kind {
  return {
    name,
    field: 'messages',
    is: 'status',
    value: (named) => ({
      messaging_product: 'whatsapp',
      ...metadata(named),
      contacts: [contact(named)],
      statuses: [
        {
          id: named[about],
          status: 'delivered',
          timestamp: SECOND,
          recipient_id: named.phone,
          recipient_user_id: bsuid(named.phone),
          recipient_parent_user_id: `ZW.ENT.${named.phone}0042`,
          biz_opaque_callback_data: 'install.1.2.1',
          ...more,
        },
      ],
    }),
  };
}

/** What becomes of messages of the business. */
export const statuses: readonly Kind[] = [
  status('sent', {
    status: 'sent',
    conversation: { id: 'c1', expiration_timestamp: '1795435200', origin: { type: 'service' } },
    pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' },
  }),
  status('delivered to a stranger', { recipient_identity_key_hash: 'aGFzaA==' }, 'wamid'),
  status(
    'read in a group',
    {
      status: 'read',
      recipient_type: 'group',
      recipient_id: 'Y2FwaV9ncm91cDo',
      recipient_participant_id: '263779990000',
      recipient_participant_user_id: 'ZW.2637799900000042',
    },
    'wamid',
  ),
  status('failed', {
    status: 'failed',
    errors: [{ ...errors[0], href: 'https://developers.facebook.com/' } as Fields],
  }),
];
