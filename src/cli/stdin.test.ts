import { expect, test } from 'bun:test';
import { readJson } from './stdin.ts';
import { UsageError } from './usage-error.ts';

const input = (text: string) => new Response(text).body ?? new ReadableStream();

test('a JSON object is read', async () => {
  expect(await readJson('{…}', input('{"name":"Mbare"}\n'))).toEqual({ name: 'Mbare' });
});

test('a key that would change the object itself is dropped', async () => {
  const read = await readJson('{…}', input('{"__proto__":{"isAdmin":true},"name":"Mbare"}'));
  expect(read).toEqual({ name: 'Mbare' });
  expect(Reflect.get(Object(read), 'isAdmin')).toBeUndefined();
});

test.each(['', 'name=Mbare', '[1]', 'null', '"text"', '{"name":'])(
  '%p is refused with the shape to give',
  async (text) => {
    const reading = readJson('{"name"}', input(text));
    expect(reading).rejects.toThrow(UsageError);
    expect(reading).rejects.toThrow('{"name"}');
  },
);

test('more than a megabyte is refused', async () => {
  await expect(readJson('{…}', input(`{"a":"${'x'.repeat(1024 * 1024)}"}`))).rejects.toThrow('over');
});
