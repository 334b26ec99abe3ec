import { expect } from 'bun:test';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../until.ts';
import type { Case } from './graph-api-cases.ts';
import { type Chat, type LineWorld, sentBy, textOf } from './graph-api-world.ts';

type Storm = { chats: readonly Chat[]; cases: readonly Case[]; forMs: number };

const BETWEEN_MESSAGES_MS = 40;
const SPELL_MS = 500;

/** Sends while the line breaks in every way at random, one number at a time, and looks afterwards what became of it. */
export async function storm(world: LineWorld, { chats, cases, forMs }: Storm): Promise<void> {
  const weather = startWeather(world, chats, cases);
  const said: { chat: Chat; text: string }[] = [];
  const end = performance.now() + forMs;
  for (let n = 0; performance.now() < end; n++) {
    const one = { chat: pick(chats), text: `storm ${n}` };
    said.push(one);
    await world.write([one.chat], one.text);
    await pause(BETWEEN_MESSAGES_MS);
  }
  const lost = await weather.end();

  for (const { chat, text } of said) {
    const wanted = lost.has(text) ? { status: 'unknown', times: 0 } : { status: 'delivered', times: 1 };
    await untilSettled(`"${text}" to be ${wanted.status}`, async () => {
      return (await world.statusOf(chat, text)) === wanted.status;
    });
    expect({ text, times: world.timesSent(chat, text) }).toEqual({ text, times: wanted.times });
  }
  process.stderr.write(`storm: ${said.length} messages, ${lost.size} of them lost on the way\n`);
}

/** Each spell a number gets another fault, or fair weather; now and then nobody can connect. */
function startWeather({ proxy }: LineWorld, chats: readonly Chat[], cases: readonly Case[]) {
  const numbers = [...new Set(chats.map(({ number }) => number.phoneNumberId))];
  const faults = new Map<string, Case & { chance: number }>();
  const lost = new Set<string>();
  let over = false;

  proxy.onRequest((request) => {
    const fault = faults.get(sentBy(request));
    if (!fault || Math.random() > fault.chance) {
      return null;
    }
    if (!fault.reached) {
      lost.add(String(textOf(JSON.parse(request.slice(request.indexOf('\r\n\r\n'))))));
    }
    return fault.fault;
  });

  async function change(): Promise<void> {
    for (let spell = 0; !over; spell++) {
      if (Math.random() < 0.5) {
        faults.set(pick(numbers), { ...pick(cases), chance: Math.random() });
      } else {
        faults.delete(pick(numbers));
      }
      if (spell % 40 === 39) {
        proxy.refuse('kept');
        await pause(SPELL_MS * 4);
        proxy.restore();
      }
      await pause(SPELL_MS);
    }
  }

  const changing = change();
  return {
    /** Fair weather again. Gives the texts that never got there. */
    async end(): Promise<ReadonlySet<string>> {
      over = true;
      await changing;
      faults.clear();
      return lost;
    },
  };
}

/** The breaker of a number waits up to a minute for its next try, and a message up to half of one behind another. */
async function untilSettled(describe: string, ask: () => Promise<boolean>): Promise<void> {
  await until(describe, ask).catch(() => until(describe, ask));
}

function pick<T>(list: readonly T[]): T {
  const [first] = list;
  const found = list[Math.floor(Math.random() * list.length)] ?? first;
  if (found === undefined) {
    throw new Error('There is nothing to pick from');
  }
  return found;
}
