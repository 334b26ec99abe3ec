import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { mentionedIds } from './mentioned-ids.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('ids are found as text and as numbers, with and without spaces', () => {
  const found = mentionedIds(
    bytes(
      '{"entry":[{"id" : "102290129340398","v":{"phone_number_id":\n106540352242922}},{"id":77}],"id":"wamid.x"}',
    ),
  );
  expect([...found.phoneNumberIds]).toEqual(['106540352242922']);
  expect([...found.entryIds]).toEqual(['102290129340398', '77']);
});

test('any bytes at all are scanned without harm, and never name more than a few ids', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 200 }), (noise, times) => {
      const body = Buffer.concat([
        noise,
        bytes('"id":"1'),
        bytes(Array.from({ length: times }, (_, i) => `"id":${i},`).join('')),
      ]);
      expect(mentionedIds(body).entryIds.size).toBeLessThanOrEqual(64);
    }),
  );
});

test('what names no id at every turn is not followed to its end', () => {
  const noise = '"id":"wamid.x","phone_number_id":null,'.repeat(1_000);
  const { entryIds, phoneNumberIds } = mentionedIds(
    bytes(`"id":"5",${noise}"id":"77","phone_number_id":"88"`),
  );
  expect([[...entryIds], [...phoneNumberIds]]).toEqual([['5'], []]);
});
