import { describe, expect, test } from 'bun:test';
import { NUMBER, read, sheena } from './testing.ts';

describe('a status', () => {
  const delivered = {
    id: 'wamid.9',
    status: 'delivered',
    timestamp: '1750030073',
    recipient_id: '16505551234',
    recipient_user_id: 'US.1349',
    parent_recipient_user_id: 'US.ENT.7',
    biz_opaque_callback_data: 'install.1.2.1',
    pricing: { billable: true, type: 'regular', category: 'service' },
  };

  test('says what became of a message, for whom, and at what price', () => {
    expect(read({ statuses: [delivered], contacts: [sheena] })).toEqual([
      {
        kind: 'status',
        position: 0,
        phoneNumberId: NUMBER,
        wamid: 'wamid.9',
        status: 'delivered',
        at: 1_750_030_073_000,
        callback: 'install.1.2.1',
        recipient: {
          phone: '16505551234',
          bsuid: 'US.1349',
          parentBsuid: 'US.ENT.7',
          username: 'sheena.n',
          name: 'Sheena',
        },
        errors: [],
        pricing: { type: 'regular', category: 'service' },
      },
    ]);
  });

  test('reads the parent by its newer name', () => {
    const [update] = read({ statuses: [{ ...delivered, recipient_parent_user_id: 'US.ENT.8' }] });
    expect(update).toMatchObject({ recipient: { parentBsuid: 'US.ENT.8' } });
  });

  test('that failed carries its errors', () => {
    const errors = [
      null,
      { title: 'no code' },
      { code: '131047', title: 'Re-engagement', error_data: { details: 'More than 24 hours' } },
    ];
    expect(read({ statuses: [{ id: 'wamid.9', status: 'failed', errors }] })).toMatchObject([
      {
        recipient: null,
        pricing: null,
        callback: null,
        errors: [{ code: 131047, title: 'Re-engagement', detail: 'More than 24 hours' }],
      },
    ]);
  });

  test('of an unknown word is passed on', () => {
    expect(read({ statuses: [{ ...delivered, status: 'teleported' }] })).toMatchObject([
      { kind: 'status', status: 'teleported' },
    ]);
  });

  test('of a group names the participant, not the group', () => {
    const status = {
      ...delivered,
      recipient_type: 'group',
      recipient_id: '120363040000000000',
      recipient_participant_id: '16505559999',
    };
    expect(read({ statuses: [status], contacts: [sheena] })).toMatchObject([
      { recipient: { phone: '16505559999', bsuid: null, name: null } },
    ]);
  });
});
