import type { SentMessage } from '#src/simulator/simulator.ts';
import type { ApiClient } from './api-client.ts';
import type { Install } from './install.ts';

/** When it was begun, and when its acknowledgement was there: by one clock for all, null if it never came. */
type Moments = { begunAt: number; acknowledgedAt: number | null };

/** What a customer wrote; with a wamid once its webhook was answered 200. */
export type Said = Moments & { text: string; wamid: string | null };

/** What an integrator sends, under a key of its own; acknowledged with 202. */
export type Composed = Moments & { conversationId: number; text: string; key: string };

/** What the other side was promised, and what it must therefore find. */
export type Promised = { said: Said[]; composed: Composed[] };

export type Load = {
  /** Resolves when so many more were acknowledged in all. */
  reached(many: number): Promise<void>;
  /** Begins nothing more; resolves when what is under way was answered or cut off. */
  stop(): Promise<void>;
};

type LoadOptions = {
  /** Tells this load's texts and keys from those of others. */
  label: string;
  /** Customers by number: each writes to one conversation. */
  customers: number;
  writers: number;
  senders: number;
  /** Called at the moment an acknowledgement is there. */
  acknowledged?: (one: Said | Composed) => void;
};

/** The text of a message that Meta received. */
export function sentText({ body: { text } }: SentMessage): string {
  return typeof text === 'object' && text !== null && 'body' in text ? String(text.body) : '';
}

export const phoneOf = (index: number) => `+263770000${String(index).padStart(3, '0')}`;

/**
 * Customers write and an integrator sends, each lane as fast as it is answered, until the server is gone: then the
 * last request of each lane is refused or cut off, and nobody knows what became of it.
 */
export function startLoad(install: Install, api: ApiClient, promised: Promised, options: LoadOptions): Load {
  const { label, customers, writers, senders, acknowledged } = options;
  const { simulator, number } = install;
  let count = 0;
  let stopped = false;
  const waiting: { many: number; resolve(): void }[] = [];
  const note = (one: Said | Composed) => {
    one.acknowledgedAt = performance.now();
    acknowledged?.(one);
    count += 1;
    waiting.filter(({ many }) => many <= count).forEach(({ resolve }) => void resolve());
  };

  async function write(lane: number): Promise<void> {
    for (let n = 0; !stopped; n++) {
      const said = begin(promised.said, { text: `in ${label}.${lane}.${n}`, wamid: null });
      const person = simulator.customer(phoneOf((lane + n * writers) % customers));
      said.wamid = await person.say(number.phoneNumberId, said.text, { retry: false });
      note(said);
    }
  }

  async function send(lane: number, conversations: readonly number[]): Promise<void> {
    for (let n = 0; !stopped; n++) {
      const key = `${label}.${lane}.${n}`;
      const conversationId = conversations[(lane + n * senders) % conversations.length] ?? 0;
      const composed = begin(promised.composed, { conversationId, text: `out ${key}`, key });
      if ((await api.send(conversationId, composed.text, key)) === 202) {
        note(composed);
      }
    }
  }

  const lanes = <T>(many: number, run: (lane: number) => Promise<T>) =>
    Promise.all(Array.from({ length: many }, (_, lane) => run(lane).catch(() => {})));
  const writing = lanes(writers, write);
  const sending = api
    .conversations()
    .then((found) =>
      lanes(senders, (lane) =>
        send(
          lane,
          found.map(({ id }) => id),
        ),
      ),
    )
    .catch(() => {});

  return {
    reached(many) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ many: count + many, resolve });
      return promise;
    },
    async stop() {
      stopped = true;
      await Promise.all([writing, sending]);
    },
  };
}

/** Everybody writes once, so that there is a conversation with each to send into. */
export async function meetEverybody(install: Install, promised: Promised, customers: number): Promise<void> {
  const { simulator, number } = install;
  await Promise.all(
    Array.from({ length: customers }, async (_, index) => {
      const said = begin(promised.said, { text: `hello ${index}`, wamid: null });
      said.wamid = await simulator.customer(phoneOf(index)).say(number.phoneNumberId, said.text);
      said.acknowledgedAt = performance.now();
    }),
  );
}

function begin<Started extends object>(all: (Started & Moments)[], started: Started): Started & Moments {
  const begun = { ...started, begunAt: performance.now(), acknowledgedAt: null };
  all.push(begun);
  return begun;
}
