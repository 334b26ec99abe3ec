import { expect } from 'bun:test';
import { doorInputs, type Input, inputs, type Target } from './hostile-inputs.ts';
import type { HostileShop } from './hostile-shop.ts';
import { hostileTexts, hostileValues } from './hostile-values.ts';
import { isLong } from './long.ts';
import { foreignMarkup } from './markup.ts';
import { shuffled } from './shuffled.ts';

const A_SAMPLE = isLong ? Number.POSITIVE_INFINITY : 6;
/** More wrong passwords than these would have to wait their turn. */
const AT_THE_DOOR = 3;

/** Every input gets hostile text. What was taken must be there as it was meant; any other answer must be one of ours. */
export async function tryEveryInput(shop: HostileShop): Promise<{ tried: number; taken: number }> {
  const targets = await findTargets(shop);
  const taken: { target: Target; wanted: string }[] = [];
  let tried = 0;
  for (const input of [...inputs, ...doorInputs]) {
    for (const hostile of shuffled([...hostileTexts, ...hostileValues], tried).slice(0, timesOf(input))) {
      const target = targets[tried % targets.length];
      tried += 1;
      const response = target && (await input.send(target, hostile));
      await expectOurAnswer(`${input.name}: ${hostile.name}`, response);
      if (target && input.wanted && (response?.status === 202 || response?.status === 303)) {
        taken.push({ target, wanted: input.wanted(hostile) });
      }
    }
  }
  for (const { target, wanted } of taken) {
    expect((await shop.api.messages(target.conversationId)).map(({ text }) => text)).toContain(wanted);
  }
  return { tried, taken: taken.length };
}

function timesOf(input: Input): number {
  return input.wanted ? Number.POSITIVE_INFINITY : doorInputs.includes(input) ? AT_THE_DOOR : A_SAMPLE;
}

async function findTargets({ api, install, ada }: HostileShop): Promise<Target[]> {
  const { url, apiKey } = install;
  const conversations = (await api.conversations()).filter(({ contact }) =>
    contact.phone?.startsWith('+26378'),
  );
  const targets = conversations.slice(0, 30).map(async ({ id: conversationId }) => {
    const [message] = await api.messages(conversationId);
    return { url, apiKey, cookie: ada.cookie ?? '', conversationId, messageId: message?.id ?? 0 };
  });
  return Promise.all(targets);
}

/** Below 500, and of the kind it says; a page shows what was sent as text, if at all. */
async function expectOurAnswer(what: string, response: Response | undefined): Promise<void> {
  const status = response?.status ?? 0;
  expect({ what, status, isOurs: status >= 200 && status < 500 }).toMatchObject({ isOurs: true });
  const body = (await response?.text()) ?? '';
  const type = response?.headers.get('content-type') ?? '';
  if (type.includes('json')) {
    expect(() => JSON.parse(body)).not.toThrow();
  } else if (type.includes('html')) {
    expect({ what, foreign: await foreignMarkup(body) }).toEqual({ what, foreign: [] });
  }
  expect(response?.headers.get('set-cookie') ?? '').not.toContain('hostile');
}
