import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { parseLossless } from './json.ts';
import { readChanges } from './payload.ts';

const value = {
  messaging_product: 'whatsapp',
  metadata: { phone_number_id: '106540352242922' },
  messages: [],
};

describe('taking a webhook apart', () => {
  test('makes one change of each change of each entry', () => {
    const changes = readChanges({
      object: 'whatsapp_business_account',
      entry: [
        { id: '1', changes: [{ field: 'messages', value }] },
        {
          id: '2',
          time: 1739321024,
          changes: [{ field: 'account_update', value: { event: 'X' } }, { field: 'flows' }],
        },
      ],
    });
    expect(
      changes.map(({ field, entryId, entryTime, phoneNumberId }) => [
        field,
        entryId,
        entryTime,
        phoneNumberId,
      ]),
    ).toEqual([
      ['messages', '1', null, '106540352242922'],
      ['account_update', '2', '1739321024', null],
      ['flows', '2', '1739321024', null],
    ]);
    expect(JSON.parse(changes[0]?.raw ?? '')).toEqual({ id: '1', field: 'messages', value });
    expect(JSON.parse(changes[1]?.raw ?? '').time).toBe(1739321024);
  });

  test('keeps ids that came as long numbers', () => {
    const body = parseLossless(
      '{"entry":[{"id":98765432109876543,"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":12345678901234567}}}]}]}',
    );
    expect(readChanges(body)).toMatchObject([
      { entryId: '98765432109876543', phoneNumberId: '12345678901234567' },
    ]);
    expect(readChanges(body)[0]?.raw).toContain('"12345678901234567"');
  });

  test('keeps what stands beside the value', () => {
    const change = {
      field: 'message_template_status_update',
      value: { event: 'REJECTED' },
      rejection_info: { reason: 'x' },
    };
    const [read] = readChanges({ entry: [{ id: '1', time: 5, changes: [change] }] });
    expect(JSON.parse(read?.raw ?? '')).toEqual({ id: '1', time: 5, ...change });
  });

  test.each([
    ['entry as an object', { entry: { id: '1', changes: { field: 'messages', value } } }],
    ['the sample of Meta’s console', { field: 'messages', value }],
    ['a change in the place of an entry', { entry: [{ id: '1', field: 'messages', value }] }],
    ['the field beside the changes', { entry: [{ id: '1', field: 'messages', changes: [{ value }] }] }],
    ['no field at all', { entry: [{ id: '1', changes: [{ value }] }] }],
    ['no value around the messages', { entry: [{ id: '1', changes: [{ field: 'messages', ...value }] }] }],
    ['nothing but an entry around the messages', { entry: [{ id: '1', ...value }] }],
    ['a list of bodies', [{ entry: [{ id: '1', changes: [{ field: 'messages', value }] }] }]],
    ['nulls in between', { entry: [null, { id: '1', changes: [null, { field: 'messages', value }, null] }] }],
  ])('understands %s', (_, body) => {
    expect(readChanges(body)).toMatchObject([{ field: 'messages', phoneNumberId: '106540352242922' }]);
  });

  test.each([
    ['text', '"text"'],
    [7, '7'],
    [{ hello: 'world' }, '{"hello":"world"}'],
    [{ entry: ['x'] }, '"x"'],
    [{ entry: [{ id: '1', messaging: [1] }] }, '{"id":"1","messaging":[1]}'],
    [{ entry: [{ id: '1', changes: ['x'] }] }, '{"id":"1","value":"x"}'],
  ])('keeps %j as a change that is not known', (body, raw) => {
    expect(readChanges(body)).toMatchObject([{ field: 'unknown', raw }]);
  });

  test('finds nothing in an empty body', () => {
    expect(
      [null, undefined, [], { entry: [] }, { entry: null }, { entry: [null] }].flatMap(readChanges),
    ).toBeEmpty();
  });

  test('never throws, and every change is text that can be stored', () => {
    const part = fc.anything({
      withNullPrototype: true,
      withDate: true,
      withMap: true,
      withBigInt: true,
      maxDepth: 4,
    });
    const change = fc.record({ field: part, value: part }, { requiredKeys: [] });
    const entry = fc.record(
      { id: part, time: part, changes: fc.oneof(part, fc.array(fc.oneof(part, change))) },
      { requiredKeys: [] },
    );
    const body = fc.oneof(part, fc.record({ entry: fc.oneof(part, entry, fc.array(entry)) }));
    fc.assert(
      fc.property(body, (anything) => {
        for (const { field, entryId, entryTime, phoneNumberId, raw } of readChanges(anything)) {
          for (const text of [field, entryId, entryTime ?? '', phoneNumberId ?? '', raw]) {
            expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
          }
          expect(() => JSON.parse(raw)).not.toThrow();
        }
      }),
      { numRuns: 500 },
    );
  });

  test('survives nesting that cannot be written again', () => {
    const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    expect(
      readChanges({
        entry: [
          {
            changes: [
              { field: 'x', value: deep },
              { field: 'y', value: 1 },
            ],
          },
        ],
      }),
    ).toMatchObject([{ field: 'x', raw: '{"unreadable":"nested too deeply"}' }, { field: 'y' }]);
  });
});
