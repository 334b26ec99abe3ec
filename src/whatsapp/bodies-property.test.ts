import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { readBodies } from './bodies/bodies.ts';
import { isNobody } from './sender.ts';
import { readUpdates, type Update } from './updates.ts';

const bodies = [...readBodies('messages'), ...readBodies('fields')].map(({ field, value }) => ({
  field,
  value,
}));

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1e308,
    '',
    ' ',
    '\0',
    'half \ud800 a pair',
    '<script>alert(1)</script>',
    '\u202egpj.exe',
    '__proto__',
    'constructor',
    '9'.repeat(400),
    'x'.repeat(65_536),
    [],
    {},
    [[[[]]]],
    { __proto__: { kind: 'text' }, constructor: 'x', toString: 7 },
    Array.from({ length: 2_000 }, () => ({ product_retailer_id: 'x', quantity: '1e400' })),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.anything({ maxDepth: 3, withNullPrototype: true }),
);

type Mutation = { path: number[]; how: 'drop' | 'replace' | 'add' | 'nest' | 'repeat'; by: unknown };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 9 }),
  how: fc.constantFrom('drop', 'replace', 'add', 'nest', 'repeat'),
  by: hostile,
});

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Follows a path through a value, each step a key by its place, and changes what it ends at. */
function mutate(value: unknown, { path: [step = 0, ...rest], how, by }: Mutation): unknown {
  const keys = isNode(value) ? Object.keys(value) : [];
  if (!isNode(value) || keys.length === 0) {
    return how === 'nest' ? { value } : by;
  }
  const key = keys[step % keys.length] ?? '';
  const inner = value[key];
  const whole: Node = Array.isArray(value) ? Object.assign([...value]) : { ...value };
  if (rest.length > 0 && isNode(inner) && Object.keys(inner).length > 0) {
    whole[key] = mutate(inner, { path: rest, how, by });
  } else if (how === 'drop') {
    delete whole[key];
  } else {
    whole[how === 'add' ? 'unheard_of' : key] = changed(inner, how, by);
  }
  return whole;
}

function changed(inner: unknown, how: Mutation['how'], by: unknown): unknown {
  if (how === 'nest') {
    return Array.from({ length: 40 }).reduce((deeper) => ({ deeper }), inner);
  }
  return how === 'repeat' ? [inner, inner, by] : by;
}

const mutated = fc
  .tuple(fc.constantFrom(...bodies), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([{ field, value }, mutations]) => ({
    field,
    raw: stringify({ field, value: mutations.reduce<unknown>(mutate, value) }),
  }));

describe('bodies that Meta never sent', () => {
  test('each of their items is shown, done to another, or kept as one that cannot be read', () => {
    fc.assert(
      fc.property(mutated, ({ field, raw }) => {
        const updates = readUpdates(field, raw, 1);
        expect(updates.length).toBeGreaterThan(0);
        if (field === 'messages' || field === 'calls') {
          expect(updates).toHaveLength(Math.max(1, itemsIn(field, raw)));
        }
        for (const update of updates) {
          expect(says(update)).toBe(true);
        }
        for (const text of textsOf(updates)) {
          expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test('what a change does beside the one field it spoils is not lost', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bodies), hostile, (body, by) => {
        const raw = stringify({ field: body.field, value: { ...body.value, unheard_of: by } });
        const plain = stringify(body);
        expect(readUpdates(body.field, raw, 1)).toEqual(readUpdates(body.field, plain, 1));
      }),
    );
  });
});

function itemsIn(field: string, raw: string): number {
  const { value } = JSON.parse(raw);
  const lists = field === 'calls' ? ['calls', 'statuses'] : ['messages', 'statuses'];
  const content = isNode(value) && !Array.isArray(value) ? value : JSON.parse(raw);
  return lists.flatMap((name) => content[name] ?? []).length;
}

/** Whether somebody can see that it came, and what of it. */
function says(update: Update): boolean {
  switch (update.kind) {
    case 'message':
      return update.message.content.kind !== 'unsupported' || update.message.content.why !== undefined;
    case 'malformed':
      return update.error !== '';
    case 'other':
      return update.note !== '';
    case 'call':
      return update.callId !== '' && Number.isFinite(update.beganAt);
    case 'status':
      return update.wamid !== '';
    case 'identity':
      return [update.before, update.after].some((ids) => !isNobody(ids));
    case 'reaction':
    case 'own-reaction':
    case 'edit':
    case 'revoke':
      return update.targetWamid !== '';
    case 'echo':
    case 'past':
      return update.message.wamid !== '' && !isNobody(update.sender);
    case 'history-chunk':
      return update.progress >= 0 && update.progress <= 100;
    case 'preference':
    case 'phone-contact':
    case 'handover':
      return !isNobody(update.sender) && Number.isFinite(update.at);
    case 'account':
      return update.field !== '' && Number.isFinite(update.at);
    case 'template':
      return update.templateId !== null || update.name !== null;
  }
}

function stringify(value: unknown): string {
  return JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return isNode(value) ? Object.entries(value).flatMap(([key, one]) => [key, ...textsOf(one)]) : [];
}
