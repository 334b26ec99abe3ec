import { type SampleName, sample } from '#src/simulator/samples/samples.ts';
import type { Customer, Simulator } from '#src/simulator/simulator.ts';
import { heard } from './heard.ts';
import { other } from './other.ts';

type ShopNumber = { phoneNumberId: string; wabaId: string };
type Fields = Record<string, unknown>;

/** The sample that is sent as each kind of file. */
const SAMPLES: Readonly<Record<string, SampleName>> = {
  image: 'photo',
  video: 'video',
  audio: 'voice',
  document: 'document',
  sticker: 'sticker',
};

/** The customer sends a message of every kind: the bodies' own, but by this customer, now, and with files that exist. */
export async function sendEveryKind(
  simulator: Simulator,
  customer: Customer,
  number: ShopNumber,
): Promise<void> {
  const wamids = new Map<string, string>();
  const sent = simulator.sent.filter(({ waId }) => waId === customer.waId);
  for (const { id, from, from_user_id, timestamp, ...body } of heard) {
    const files = await withFile(simulator, body, number);
    const asked = sent.find((message) => kindOf(message.body) === ASKED_BY[kindOf(body)]);
    const context = asked ? { context: { ...(body.context as Fields | undefined), id: asked.wamid } } : {};
    const own = renamed({ ...body, ...files, ...context }, [...peopleOf(customer), ...wamids]);
    wamids.set(id, await customer.send(number.phoneNumberId, own));
  }
}

/** What comes in other fields than `messages`: calls, what the phone app sent, what another system did. */
export async function tellTheRest(
  simulator: Simulator,
  customer: Customer,
  number: ShopNumber,
  now: number,
): Promise<void> {
  const seconds = String(Math.floor(now / 1000));
  for (const { field, value } of other) {
    const own = renamed(value as Fields, peopleOf(customer));
    const change = { field, value: JSON.parse(JSON.stringify(own).replace(TIMES, `$1${seconds}`)) };
    const entry = [{ id: number.wabaId, changes: [change] }];
    await simulator.deliver(number.phoneNumberId, { object: 'whatsapp_business_account', entry });
  }
}

/** Moments of the bodies: seconds, as text or not. */
const TIMES = /("(?:timestamp|start_time|end_time)":"?)\d{10}/g;

/** Everybody who sends in the bodies is this customer here. */
const peopleOf = ({ name, waId, userId }: Customer): [string, string][] => [
  ['Chipo Moyo', name],
  ['263775550101', waId],
  ['+263775550101', `+${waId}`],
  ['263775550104', waId],
  ['ZW.13491208655302741101', userId],
];

function renamed(body: Fields, names: readonly (readonly [string, string])[]): Fields {
  const text = names.reduce(
    (text, [from, to]) => text.replaceAll(`"${from}"`, `"${to}"`),
    JSON.stringify(body),
  );
  return JSON.parse(text);
}

/** Which kind of message of ours is answered by which of theirs. */
const ASKED_BY: Readonly<Record<string, string>> = {
  button_reply: 'button',
  list_reply: 'list',
  location: 'location_request_message',
  contact_request: 'request_contact_info',
};

function kindOf(body: Fields): string {
  const [card] = Array.isArray(body.contacts) ? body.contacts : [];
  const { type } = (body.interactive ?? {}) as { type?: string };
  return card?.origin ?? type ?? String(body.type);
}

/** Instead of the file that the body names, which nobody has, one that the simulated WhatsApp keeps. */
async function withFile(simulator: Simulator, body: Fields, { phoneNumberId }: ShopNumber): Promise<Fields> {
  const type = String(body.type);
  const name = SAMPLES[type];
  if (name === undefined) {
    return {};
  }
  const { sha256, url, ...about } = body[type] as Fields;
  const { bytes, mime } = await sample(name);
  const id = simulator.media.add({ phoneNumberId, bytes, mime });
  return { [type]: { ...about, id, mime_type: mime } };
}
