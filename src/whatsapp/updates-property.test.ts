import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { hello, metadata } from './testing.ts';
import { readUpdates } from './updates.ts';

describe('whatever arrives', () => {
  const types = [
    'text',
    'image',
    'audio',
    'voice',
    'contacts',
    'location',
    'button',
    'interactive',
    'reaction',
    'system',
    'order',
    'edit',
    'revoke',
    'unsupported',
    'toString',
  ];
  const part = fc.oneof(
    fc.anything({ withNullPrototype: true, maxDepth: 3 }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\ud800', '\0', 'US.1', '16505551234', 12345678901234567n.toString()),
  );
  const message = fc
    .tuple(fc.oneof(part, fc.constantFrom(...types)), part, part, part)
    .map(([type, body, more, id]) => ({
      id,
      type,
      from: more,
      from_user_id: id,
      timestamp: more,
      context: body,
      errors: body,
      group_id: more,
      ...(typeof type === 'string' ? { [type]: body } : {}),
      ...(typeof body === 'object' && body !== null
        ? {
            text: body,
            image: body,
            referral: body,
            order: { product_items: [body, more] },
            interactive: {
              type: more,
              list_reply: body,
              nfm_reply: { name: more, response_json: body },
              call_permission_reply: body,
            },
            edit: { original_message_id: more, message: body },
          }
        : {}),
    }));
  const status = fc.tuple(part, part, part).map(([id, word, more]) => ({
    id,
    status: word,
    timestamp: more,
    recipient_id: more,
    errors: [more, { code: more, title: word, error_data: { details: id } }],
    pricing: { type: word, category: id },
    biz_opaque_callback_data: word,
  }));
  const contact = fc
    .tuple(part, part)
    .map(([a, b]) => ({ wa_id: a, user_id: b, profile: { name: b, username: a } }));
  const call = fc.tuple(part, part, part).map(([id, event, more]) => ({
    id,
    event,
    from: more,
    to: id,
    direction: event,
    timestamp: more,
    start_time: id,
    duration: more,
    status: event,
  }));
  const list = <T>(item: fc.Arbitrary<T>) =>
    fc.oneof(part, item, fc.array(fc.oneof(part, item), { maxLength: 4 }));
  const anyValue = fc.record({
    messages: list(message),
    statuses: list(status),
    calls: list(call),
    contacts: list(contact),
    errors: list(part),
    metadata: fc.constantFrom(metadata, null, 7),
  });

  test('nothing is thrown, each item gives one update, and every text can be stored', () => {
    fc.assert(
      fc.property(
        anyValue,
        fc.constantFrom('messages', 'calls', 'unknown', 'flows', '\0'),
        (value, field) => {
          const raw = stringify({ field, value });
          const { messages = [], calls = [], statuses = [] } = JSON.parse(raw).value;
          const lists: Record<string, unknown[]> = {
            messages: [messages, statuses],
            calls: [calls, statuses],
          };
          const items = (lists[field] ?? []).flatMap((one) => one ?? []);
          const updates = readUpdates(field, raw);
          expect(updates).toHaveLength(Math.max(1, items.length));
          for (const text of textsOf(updates)) {
            expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('nothing is thrown by any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json({ noUnicodeString: false })), (raw) => {
        expect(readUpdates('messages', raw).length).toBeGreaterThan(0);
      }),
    );
  });

  test('an unreadable body never costs a message that has an id and a sender', () => {
    fc.assert(
      fc.property(part, part, (type, body) => {
        const raw = stringify({
          value: {
            metadata,
            messages: [
              {
                ...hello,
                type,
                ...(typeof type === 'string' ? { [type]: body } : {}),
                id: 'wamid.1',
                from: '1',
              },
            ],
          },
        });
        const [update] = readUpdates('messages', raw);
        expect(['message', 'reaction', 'edit', 'revoke']).toContain(update?.kind ?? '');
      }),
    );
  });

  function stringify(value: unknown): string {
    return JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one));
  }

  function textsOf(value: unknown): string[] {
    if (typeof value === 'string') {
      return [value];
    } else if (typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([key, one]) => [key, ...textsOf(one)]);
    } else {
      return [];
    }
  }
});
