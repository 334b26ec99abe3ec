import { type SimulatedNumber, type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';

/** One POST that the test's webhook received. */
export type Received = { signature: string | null; bytes: Buffer; json: Change };

/** The parts of a webhook that tests look at. */
type Change = {
  entry: {
    id: string;
    changes: { field: string; value: { statuses?: Status[]; messages?: Item[]; contacts?: Item[] } & Item }[];
  }[];
};
type Item = Record<string, unknown>;
type Status = Item & { id: string; status: string };

export const SHOP: SimulatedNumber = {
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
  displayPhoneNumber: '+263 8 600 1234',
  verifiedName: 'Mbare Hardware',
  accessToken: 'token-of-the-shop',
  appSecret: 'c'.repeat(32),
  webhookUrl: null,
  verifyToken: 'opensesame',
};
export const TENDAI = '+263771234567';

/** A simulator with one number, one customer, and a webhook that writes down what it gets. */
export function startScene(options: SimulatorOptions = {}) {
  const received: Received[] = [];
  const awaited: { count: number; resolve: () => void }[] = [];
  const replies: number[] = [];
  const webhook = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const url = new URL(request.url);
      if (request.method === 'GET') {
        const right = url.searchParams.get('hub.verify_token') === SHOP.verifyToken;
        return new Response(right ? url.searchParams.get('hub.challenge') : 'no', {
          status: right ? 200 : 403,
        });
      }
      const bytes = Buffer.from(await request.arrayBuffer());
      received.push({ signature: request.headers.get('x-hub-signature-256'), bytes, json: parse(bytes) });
      for (const { count, resolve } of awaited) {
        if (received.length >= count) {
          resolve();
        }
      }
      return new Response(null, { status: replies.shift() ?? 200 });
    },
  });
  const simulator = startSimulator(options);
  simulator.addNumber({ ...SHOP, webhookUrl: `${webhook.url.origin}/webhooks/whatsapp` });

  return {
    simulator,
    received,
    /** Resolves when so many POSTs have come in all: the phone answers a form without them when they take long. */
    async arrived(count: number): Promise<void> {
      if (received.length < count) {
        await new Promise<void>((resolve) => awaited.push({ count, resolve }));
      }
    },
    /** What the webhook answers to the next deliveries; afterwards 200 again. */
    replies,
    webhookUrl: webhook.url.origin,
    tendai: simulator.customer(TENDAI, { name: 'Tendai Moyo' }),
    post: (body: unknown, path?: string) => post(simulator, body, path),
    statuses: () => received.flatMap(({ json }) => statusesOf(json)),
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      await webhook.stop(true);
    },
  };
}

export type GraphAnswer = { status: number; body: Item & { error?: Item & { error_data?: Item } } };

/** Sends a Graph request as a well-behaved client does, and reads the answer. */
export async function post(
  simulator: Simulator,
  body: unknown,
  path = `/v25.0/${SHOP.phoneNumberId}/messages`,
): Promise<GraphAnswer> {
  const response = await fetch(simulator.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${SHOP.accessToken}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** A text to Tendai; `more` overrides any key. */
export function textMessage(body = 'Hello', more: Item = {}): Item {
  return { messaging_product: 'whatsapp', to: TENDAI, type: 'text', text: { body }, ...more };
}

export function wamidOf(answer: GraphAnswer): string {
  const [message] = answer.body.messages as { id: string }[];
  return message?.id ?? '';
}

function parse(bytes: Buffer): Change {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return { entry: [] };
  }
}

function statusesOf(json: Change): Status[] {
  return json.entry.flatMap(({ changes }) => changes.flatMap(({ value }) => value.statuses ?? []));
}
