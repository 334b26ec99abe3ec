import { describe, expect, test } from 'bun:test';
import { hello, read, sheena } from './testing.ts';

describe('who it was', () => {
  const senderOf = (message: object, contacts?: unknown) => {
    const [update] = read({ messages: [{ ...hello, from: undefined, ...message }], contacts });
    return update?.kind === 'message' ? update.sender : update;
  };

  test('without a phone number it is the BSUID', () => {
    expect(senderOf({ from_user_id: 'US.1349' }, [{ ...sheena, wa_id: undefined }])).toEqual({
      phone: null,
      bsuid: 'US.1349',
      parentBsuid: null,
      username: 'sheena.n',
      name: 'Sheena',
    });
  });

  test('a BSUID in the place of the phone number is recognised', () => {
    expect(senderOf({ from: 'US.13491208655302741918' })).toMatchObject({
      phone: null,
      bsuid: 'US.13491208655302741918',
    });
    expect(senderOf({ from: '16505551234' }, [{ wa_id: 'US.1349', profile: { name: 'S' } }])).toMatchObject({
      phone: '16505551234',
      bsuid: 'US.1349',
    });
  });

  test('a parent BSUID alone is nobody', () => {
    expect(senderOf({ from_user_id: 'US.ENT.118', from_parent_user_id: 'US.ENT.118' })).toMatchObject({
      kind: 'malformed',
    });
  });

  test('phone numbers are digits', () => {
    expect(senderOf({ from: '+263 77 123-4567' })).toMatchObject({ phone: '263771234567' });
    expect(senderOf({ from: 'somebody', from_user_id: 'US.1' })).toMatchObject({ phone: null });
  });

  test('a notice without a sender is about whom it was about before', () => {
    const system = { type: 'a_notice_of_the_future', user_id: 'US.2', previous_user_id: 'US.1' };
    expect(senderOf({ type: 'system', system })).toMatchObject({ bsuid: 'US.1' });
  });

  test('each message finds its own contact', () => {
    const contacts = [
      null,
      { wa_id: '2', profile: { name: 'Two' } },
      { user_id: 'US.1', profile: { name: 'One' } },
    ];
    const messages = [
      { ...hello, from: undefined, from_user_id: 'US.1', id: 'a' },
      { ...hello, from: '2', id: 'b' },
      { ...hello, from: '3', id: 'c' },
    ];
    expect(
      read({ messages, contacts }).map((update) => update.kind === 'message' && update.sender.name),
    ).toEqual(['One', 'Two', null]);
  });

  test('the only contact speaks for the only sender, unless it is somebody else', () => {
    expect(
      senderOf({ from: '5511999999999' }, [{ wa_id: '551199999999', profile: { name: 'Ana' } }]),
    ).toMatchObject({ phone: '5511999999999', name: 'Ana' });
    expect(senderOf({ from_user_id: 'BR.1' }, [{ user_id: 'BR.2', profile: { name: 'Ana' } }])).toMatchObject(
      { name: null },
    );
    const two = read({ messages: [hello, { ...hello, from: '3' }], contacts: [sheena] });
    expect(two[1]).toMatchObject({ sender: { phone: '3', bsuid: null, name: null } });
  });
});
