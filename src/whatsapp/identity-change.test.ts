import { describe, expect, test } from 'bun:test';
import { metadata, NUMBER, read } from './testing.ts';
import { readUpdates } from './updates.ts';

const told = { id: 'wamid.1', timestamp: '1795348000', type: 'system' };
const changeOf = (message: object) => read({ messages: [{ ...told, ...message }] })[0];

describe('a system message', () => {
  test('of a changed number tells the old and the new phone and BSUIDs', () => {
    const system = {
      type: 'user_changed_number',
      body: 'Sheena changed from 16505551234 to 12195555358',
      wa_id: '12195555358',
      user_id: 'US.2',
      parent_user_id: 'US.ENT.2',
      previous_user_id: 'US.1',
      previous_parent_user_id: 'US.ENT.1',
    };
    expect(changeOf({ from: '16505551234', system })).toEqual({
      kind: 'identity',
      position: 0,
      phoneNumberId: NUMBER,
      at: 1_795_348_000_000,
      what: 'number',
      before: { phone: '16505551234', bsuid: 'US.1', parentBsuid: 'US.ENT.1' },
      after: { phone: '12195555358', bsuid: 'US.2', parentBsuid: 'US.ENT.2' },
    });
  });

  test('of a changed number, as older versions wrote it', () => {
    const system = { type: 'customer_changed_number', new_wa_id: '12195555358' };
    expect(changeOf({ from: '16505551234', system })).toMatchObject({
      what: 'number',
      before: { phone: '16505551234', bsuid: null },
      after: { phone: '12195555358', bsuid: null },
    });
  });

  test('of a changed BSUID keeps the phone number, when there is one', () => {
    const system = { type: 'user_changed_user_id', user_id: 'US.2', previous_user_id: 'US.1' };
    expect(changeOf({ system })).toMatchObject({
      what: 'user_id',
      before: { phone: null, bsuid: 'US.1' },
      after: { phone: null, bsuid: 'US.2' },
    });
    expect(changeOf({ from: '16505551234', from_user_id: 'US.2', system })).toMatchObject({
      before: { phone: '16505551234', bsuid: 'US.1' },
      after: { phone: '16505551234', bsuid: 'US.2' },
    });
  });

  test('of another device changes nobody', () => {
    const system = { type: 'customer_identity_changed', body: 'Another phone' };
    const sheena = { phone: '16505551234', bsuid: 'US.1', parentBsuid: null };
    expect(changeOf({ from: '16505551234', from_user_id: 'US.1', system })).toMatchObject({
      what: 'device',
      before: sheena,
      after: sheena,
    });
  });

  test('about nobody is listed as one that cannot be read', () => {
    expect(changeOf({ system: { type: 'user_changed_number' } })).toMatchObject({ kind: 'malformed' });
    expect(changeOf({ id: null, from: '1', system: { type: 'user_changed_number' } })).toMatchObject({
      kind: 'malformed',
    });
  });
});

describe('the field `user_id_update`, should it ever come', () => {
  const readUpdate = (item: unknown, field: object = { metadata }) =>
    readUpdates('user_id_update', JSON.stringify({ value: { ...field, user_id_update: item } }), 7);

  test('says the same', () => {
    const item = {
      wa_id: '16505551234',
      user_id: { previous: 'US.1', current: 'US.2' },
      parent_user_id: { previous: 'US.ENT.1', current: 'US.ENT.2' },
      timestamp: '1795348000',
    };
    expect(readUpdate([item])).toEqual([
      {
        kind: 'identity',
        position: 0,
        phoneNumberId: NUMBER,
        at: 1_795_348_000_000,
        what: 'user_id',
        before: { phone: '16505551234', bsuid: 'US.1', parentBsuid: 'US.ENT.1' },
        after: { phone: '16505551234', bsuid: 'US.2', parentBsuid: 'US.ENT.2' },
      },
    ]);
    expect(readUpdate({ user_id: 'US.2', previous_user_id: 'US.1' })).toMatchObject([
      { at: 7, before: { bsuid: 'US.1' }, after: { bsuid: 'US.2' } },
    ]);
  });

  test('costs nothing when it cannot be read', () => {
    expect(readUpdate(undefined)).toMatchObject([{ kind: 'other' }]);
    expect(readUpdate([null, {}, { user_id: 'US.2' }], {}).map(({ kind }) => kind)).toEqual([
      'malformed',
      'malformed',
      'malformed',
    ]);
  });
});

test('a card that a customer was asked for gives the phone number of a BSUID', () => {
  const written = { phone: '+1 650-555-1234' };
  const senderOf = (origin: string | undefined, ...phones: object[]) => {
    const card = { name: { formatted_name: 'Sheena' }, phones, origin };
    const message = { ...told, type: 'contacts', from_user_id: 'US.1', contacts: [card] };
    const [update] = read({ messages: [message] });
    return update?.kind === 'message' ? update.sender : update;
  };
  const known = { bsuid: 'US.1', phone: '16505551234' };
  expect(senderOf('contact_request', written)).toMatchObject(known);
  expect(senderOf('contact_request', { phone: '0650 555 1234', wa_id: '16505551234' })).toMatchObject(known);
  // Without its country code it would be read as another country's.
  const national = { phone: '0650 555 1234' };
  expect(senderOf('contact_request', national)).toMatchObject({ bsuid: 'US.1', phone: null });
  expect(senderOf('contact_request', national, written)).toMatchObject(known);
  expect(senderOf('other', written)).toMatchObject({ phone: null });
  expect(senderOf(undefined, written)).toMatchObject({ phone: null });
});
