import type { ConnectedNumber } from '#src/demo/connect-number.ts';
import { inPlainWords } from '#src/whatsapp/errors.ts';
import { asFragment } from '../client.ts';
import { plain, said, type ThreadItem } from './thread-items.ts';
import type { World } from './world.ts';

/** Somebody who waits for an answer, and the number they wrote to. */
type Waiting = { number: ConnectedNumber; phone: string; conversation: number };

export type Answer = Waiting & { text: string; message: number };

/** For each of these a customer writes to its number, all in one POST. Their phones are counted up from `first`. */
export async function customersWrite<T extends { number: ConnectedNumber }>(
  world: World,
  first: number,
  each: readonly T[],
): Promise<(T & Waiting)[]> {
  const calls = each.map((one, index) => {
    const phone = `+2637760${String(first + index).padStart(5, '0')}`;
    const customer = world.simulator.customer(phone, { name: `Customer ${first + index}` });
    const text = { type: 'text', text: { body: 'Are you open?' } };
    return { one, phone, ...customer.write(one.number.phoneNumberId, text) };
  });
  await world.hear(calls.map(({ body }) => valueIn(body)));
  const ids = new Map((await world.conversations()).map(({ id, contact }) => [contact.phone, id]));
  return calls.map(({ one, phone }) => ({ ...one, phone, conversation: ids.get(phone) ?? 0 }));
}

/** The agent answers each of them. Resolves when everything that can be sent now has been. */
export async function answerEach<T extends Waiting & { text: string }>(
  world: World,
  each: readonly T[],
): Promise<(T & Answer)[]> {
  const answers: (T & Answer)[] = [];
  for (const one of each) {
    answers.push({ ...one, message: await world.write(one.conversation, one.text) });
  }
  await world.rest();
  return answers;
}

/** What an agent reads under an answer. */
export async function readUnder(world: World, { conversation, text, message }: Answer): Promise<string> {
  return under(await world.message(conversation, message), text);
}

export const under = (item: ThreadItem, text: string): string =>
  said(item).replace(`Ada Lungu ${text}`, '').trim();

/** What the API says of an answer: its status, and Meta's code if it failed. */
export async function standing(world: World, { conversation, message }: Answer): Promise<string> {
  const { data } = await (await world.api(`/api/v1/conversations/${conversation}/messages`)).json();
  const { status, error } = data.find(({ id }: { id: number }) => id === message);
  return error === null ? status : `${status} ${error.code}`;
}

/** How often Meta was asked to take an answer. */
export function tries({ simulator }: World, { text }: Pick<Answer, 'text'>): number {
  return simulator.requests.filter(({ body }) => textIn(body) === text).length;
}

/** What a conversation says of its number's pause; nothing while that sends. */
export async function pauseOn(
  { ada }: World,
  { conversation }: Pick<Waiting, 'conversation'>,
): Promise<string> {
  const html = await (await ada.get(`/inbox/all/${conversation}`, asFragment)).text();
  return plain(/<p class="paused".*?<\/p>/s.exec(html)?.[0] ?? '');
}

/** What an agent reads under a message that has failed with this code. */
export function failedWith(code: number): string {
  const { title, whatToDo, whenFailed = whatToDo } = inPlainWords(code);
  return `Not sent Not sent. ${title} ${whenFailed} Meta’s code: ${code}.`;
}

export function textIn(body: unknown): string | undefined {
  return (body as { text?: { body: string } } | null)?.text?.body;
}

function valueIn(body: object): object {
  const { entry } = body as { entry: [{ changes: [{ value: object }] }] };
  return entry[0].changes[0].value;
}

/** Meta refuses nothing, reports nothing and no time passes but what a test asks for, until `letGo`. */
export function holdStill(world: World): void {
  world.simulator.trouble.clear();
  world.simulator.trouble.pauseStatuses();
  world.pass(60_000);
  world.standStill(true);
}

export async function letGo(world: World): Promise<void> {
  world.simulator.trouble.clear();
  world.standStill(false);
  await world.rest();
}
