import { authorizeNumber } from './authorization.ts';
import { deliver } from './deliveries.ts';
import type { Incoming, Reply } from './exchange.ts';
import { type Fields, isObject, onlyKeys, requireOneOf } from './fields.ts';
import { GraphError, invalidParameter } from './graph-error.ts';
import { digits, type NumberState } from './numbers.ts';
import { createWamid } from './wamid.ts';
import { envelope, metadata, seconds } from './webhook-bodies.ts';
import { track, type World } from './world.ts';

/** The WhatsApp Business app that has a number, too: what is in it, and whether its owner shares the history. */
export type PhoneApp = {
  /** When it was connected to the Business Platform, ms. */
  onboardedAt: number;
  sharesHistory: boolean;
  /** The address book; phones with a plus. */
  contacts: readonly { name: string; phone: string }[];
  chats: readonly { phone: string; messages: readonly PastMessage[] }[];
  /** What was granted already. */
  granted: Set<string>;
};

export type PastMessage = { from: 'customer' | 'business'; text: string; at: number };

const DAY = 24 * 60 * 60_000;
/** How old the messages of each phase are at most. */
const PHASES = [DAY, 90 * DAY, 180 * DAY];

/**
 * `POST /{phone_id}/smb_app_data`: the contacts, then the history, each once, within 24 hours of connecting the app. What
 * was asked for comes by webhooks.
 */
export function postPhoneData(world: World, { request, id, json }: Incoming): Reply {
  const number = authorizeNumber(world, request, id);
  if (!isObject(json)) {
    throw invalidParameter('The body must be a JSON object.');
  }
  onlyKeys(json, 'body', ['messaging_product', 'sync_type']);
  requireOneOf(json, 'messaging_product', 'body', ['whatsapp']);
  const what = requireOneOf(json, 'sync_type', 'body', ['smb_app_state_sync', 'history']);
  const app = world.phoneApps.get(id);
  if (!app) {
    throw invalidParameter('This phone number is not used in the WhatsApp Business app.');
  } else if (world.now() - app.onboardedAt > DAY) {
    throw new GraphError(400, 2593108, '(#2593108) The time to synchronise this phone number has passed');
  } else if (app.granted.has(what)) {
    throw new GraphError(400, 2593107, '(#2593107) This phone number was synchronised already');
  }
  app.granted.add(what);
  track(world, what === 'history' ? sendHistory(world, number, app) : sendContacts(world, number, app));
  return { body: { messaging_product: 'whatsapp', request_id: `request-${id}-${what}` } };
}

async function sendContacts(world: World, number: NumberState, { contacts }: PhoneApp): Promise<void> {
  const state_sync = contacts.map(({ name, phone }) => ({
    type: 'contact',
    contact: { full_name: name, first_name: name.split(' ')[0], phone_number: digits(phone) },
    action: 'add',
    metadata: { timestamp: seconds(world.now()) },
  }));
  if (state_sync.length > 0) {
    await send(world, number, 'smb_app_state_sync', { state_sync });
  }
}

async function sendHistory(world: World, number: NumberState, app: PhoneApp): Promise<void> {
  if (!app.sharesHistory) {
    const details = 'History sharing is turned off by the business';
    const error = { code: 2593109, title: details, message: details, error_data: { details } };
    await send(world, number, 'history', { history: [{ errors: [error] }] });
    return;
  }
  for (const [phase, oldest] of PHASES.entries()) {
    const youngest = PHASES[phase - 1] ?? -1;
    const isOfPhase = ({ at }: PastMessage) =>
      app.onboardedAt - at > youngest && app.onboardedAt - at <= oldest;
    const threads = app.chats
      .map(({ phone, messages }) => toThread(number, phone, messages.filter(isOfPhase)))
      .filter(({ messages }) => messages.length > 0);
    const about = { phase, chunk_order: 1, progress: 100 };
    await send(world, number, 'history', { history: [{ metadata: about, threads }] });
  }
}

function toThread(number: NumberState, phone: string, past: readonly PastMessage[]) {
  const [customer, business] = [digits(phone), digits(number.displayPhoneNumber)];
  const messages = past.map(({ from, text, at }) => ({
    ...(from === 'customer' ? { from: customer } : { from: business, to: customer }),
    id: createWamid(customer, from === 'customer' ? 'inbound' : 'outbound'),
    timestamp: seconds(at),
    type: 'text',
    text: { body: text },
    history_context: { status: 'READ' },
  }));
  return { id: customer, context: { wa_id: customer }, messages };
}

async function send(world: World, number: NumberState, field: string, value: Fields): Promise<void> {
  const whole = { messaging_product: 'whatsapp', metadata: metadata(number), ...value };
  await deliver(world, number.phoneNumberId, envelope(number.wabaId, whole, field));
}
