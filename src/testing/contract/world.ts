import type { ContentJson } from '#src/api/content-types.ts';
import type { MarkJson } from '#src/api/marks-json.ts';
import {
  type ConnectedNumber,
  connectNumber,
  newNumberSecrets,
  tellInbox,
} from '#src/demo/connect-number.ts';
import type { Profile } from '#src/simulator/people.ts';
import { type Box, openBox } from '../box.ts';
import type { Client } from '../client.ts';
import { readThread, type ThreadItem } from './thread-items.ts';

/** Later than every time in the bodies, and near enough for their windows to be open. */
const AFTER_THE_BODIES = 1_795_352_400_000;

const SECOND = {
  phoneNumberId: '300000000000000021',
  wabaId: '102290129340398',
  displayPhone: '+1 555 078 3882',
  verifiedName: 'Deliveries',
};

/** The install that the whole suite asks: Meta's webhooks go in over HTTP, and what an agent reads comes out. */
export type World = Box & {
  ada: Client;
  /** Another number of the same account and the same Meta app. */
  second: ConnectedNumber;
  /** Moves the server's clock and the simulator's, which otherwise run as all clocks do. */
  pass(milliseconds: number): void;
  /** Lets the clock move by `pass` alone, so that nothing happens before its time however slow the machine; or run again. */
  standStill(isStanding: boolean): void;
  now(): number;
  /** One signed POST with a change for each value; throws unless it is answered 200. */
  hear(values: readonly object[], field?: string): Promise<void>;
  /** The same for changes of several fields; it waits only until they are answered, not until they are understood. */
  post(changes: readonly { field: string; value: object }[]): Promise<void>;
  /** Every conversation, as the API lists it. */
  conversations(): Promise<Conversation[]>;
  /** Every conversation, with what an agent reads in it and what the API says of it. */
  look(): Promise<Looked[]>;
  /** What an agent reads of one message, and what the API says of it. */
  message(conversationId: number, messageId: number): Promise<Seen>;
  /** What an agent reads in a conversation, from its beginning. */
  thread(conversationId: number): Promise<ThreadItem[]>;
  /** A conversation with somebody who has just written and is waiting for an answer. */
  customerWrites(phone: string, profile: Profile, number?: ConnectedNumber): Promise<number>;
  /** The conversation with whoever has this phone number (E.164) or BSUID. */
  conversationWith(who: string): Promise<Conversation>;
  /** The agent writes; resolves with the id of the message once its row is made. */
  write(conversationId: number, text: string): Promise<number>;
  /** An admin has settled at Meta whatever it was, and connects the numbers anew: what waits goes. */
  reconnect(): Promise<void>;
  /** Waits until delivery rests and every webhook is understood. */
  rest(): Promise<void>;
};

export type Seen = ThreadItem & { api: MessageJson };

export type Looked = Conversation & { items: ThreadItem[]; messages: MessageJson[] };

export type MessageJson = {
  id: number;
  wamid: string | null;
  direction: string;
  type: string;
  text: string;
  content: ContentJson;
  marks: MarkJson[];
  pricing: { type: string | null; category: string | null } | null;
  status: string;
  error: { code: number; title: string; detail: string } | null;
  sent_at: string;
};

export type Conversation = {
  id: number;
  number_id: number;
  contact: { id: number; name: string; phone: string | null; bsuid: string | null; username: string | null };
  state: string;
  unanswered: boolean;
  window_expires_at: string | null;
  last_message_at: string;
};

export async function openWorld(): Promise<World> {
  let ahead = AFTER_THE_BODIES - Date.now();
  let stoodAt: number | null = null;
  const now = () => (stoodAt ?? Date.now()) + ahead;
  const box = await openBox({ now });
  const ada = await box.as('ada');
  const { appSecret, verifyToken } = box.number;
  const secrets = { ...newNumberSecrets(), appSecret, verifyToken };
  const second = await connectNumber(box, box.simulator, box.accountId, SECOND, secrets);

  const api = async (path: string) => {
    const answer = await box.api(path);
    if (!answer.ok) {
      throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
    }
    return answer.json();
  };
  async function* pages<T>(path: string, parameter: string): AsyncGenerator<T> {
    let place = '';
    do {
      const { data, next } = await api(`${path}?limit=100${place}`);
      yield* data;
      place = next === null ? '' : `&${parameter}=${encodeURIComponent(next)}`;
    } while (place !== '');
  }
  const post = async (changes: readonly object[]) => {
    const body = { object: 'whatsapp_business_account', entry: [{ id: box.number.wabaId, changes }] };
    const how = { retry: false } as const;
    const answer = await box.simulator.deliver(box.number.phoneNumberId, body, how);
    if (answer.status !== 200) {
      throw new Error(`The webhook was answered ${answer.status}: ${answer.body}`);
    }
  };
  const conversations = () => pages<Conversation>('/api/v1/conversations', 'cursor');
  const conversationWith = async (who: string) => {
    for await (const one of conversations()) {
      if ([one.contact.phone, one.contact.bsuid].includes(who)) {
        return one;
      }
    }
    throw new Error(`There is no conversation with ${who}`);
  };
  const messagesOf = (id: number) => pages<MessageJson>(`/api/v1/conversations/${id}/messages`, 'before');

  return {
    ...box,
    ada,
    second,
    now,
    pass(milliseconds) {
      ahead += milliseconds;
    },
    standStill(isStanding) {
      stoodAt = isStanding ? Date.now() : null;
    },
    async hear(values, field = 'messages') {
      await post(values.map((value) => ({ field, value })));
      await box.settled();
    },
    post,
    conversations: () => Array.fromAsync(conversations()),
    async look() {
      const looked: Looked[] = [];
      for await (const one of conversations()) {
        const messages = await Array.fromAsync(messagesOf(one.id));
        looked.push({ ...one, items: await readThread(ada, one.id), messages });
      }
      return looked;
    },
    thread: (conversationId) => readThread(ada, conversationId),
    async message(conversationId, messageId) {
      const items = await readThread(ada, conversationId, { message: messageId });
      const item = items.find(({ id }) => id === `message-${messageId}`);
      for await (const message of messagesOf(conversationId)) {
        if (item && message.id === messageId) {
          return { ...item, api: message };
        }
      }
      throw new Error(`No agent can see message ${messageId}`);
    },
    async customerWrites(phone, profile, { phoneNumberId } = box.number) {
      await box.simulator.customer(phone, profile).say(phoneNumberId, 'Do you have cement?');
      await box.settled();
      return (await conversationWith(phone)).id;
    },
    conversationWith,
    async write(id, text) {
      const key = crypto.randomUUID();
      await ada.post(`/conversations/${id}/messages`, { text, key });
      for await (const message of messagesOf(id)) {
        if (message.direction === 'out' && message.text === text) {
          return message.id;
        }
      }
      throw new Error(`Nothing was written into ${id}`);
    },
    async reconnect() {
      await tellInbox(box, box.accountId, box.number, box.number);
      await tellInbox(box, box.accountId, second, second);
    },
    async rest() {
      await box.services.delivery.idle();
      await box.settled();
    },
  };
}
