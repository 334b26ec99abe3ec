import { Elysia } from 'elysia';
import { type Customer, createCustomer } from './customers.ts';
import { type DeliverOptions, type Delivery, type DeliveryAnswer, deliver } from './deliveries.ts';
import { graph } from './graph.ts';
import { createLine } from './line.ts';
import { createMediaControl, type MediaControl } from './media/control.ts';
import type { MediaFile } from './media/store.ts';
import { meet } from './meet.ts';
import type { SimulatedNumber } from './numbers.ts';
import type { Profile } from './people.ts';
import { phone } from './phone/routes.tsx';
import type { PhoneApp } from './phone-app.ts';
import { createScenes } from './scenes.ts';
import { dismissWaiters, type GraphRequest, type SentMessage, waitForSent } from './sent.ts';
import { handshake } from './subscription.ts';
import { createTemplateControl, type TemplateControl } from './templates/store.ts';
import { createTrouble, type Trouble } from './trouble.ts';
import { announceAll, createWorld, emptyWorld, type InboxSide, numberOf } from './world.ts';

export type { Customer } from './customers.ts';
export { type DeliverOptions, type Delivery, DeliveryRefused } from './deliveries.ts';
export type { FileMessage, FileOptions } from './media/from-customer.ts';
export type { MediaFile } from './media/store.ts';
export type { SimulatedNumber } from './numbers.ts';
export type { PastMessage, PhoneApp } from './phone-app.ts';
export type { GraphRequest, SentMessage } from './sent.ts';
export type { NewTemplate, TemplateControl } from './templates/store.ts';
export type { PhoneMessage } from './threads.ts';
export type { Trouble } from './trouble.ts';
export { envelope, inboundValue } from './webhook-bodies.ts';
export type { InboxSide } from './world.ts';

export type SimulatorOptions = {
  /** The phone's; 0, the default, takes a free one. */
  port?: number;
  host?: string;
  /** Milliseconds: the clock of timestamps, windows and rate limits. Delays run in real time. */
  now?: () => number;
  /** Milliseconds from accepting to `sent`, and from `sent` to `delivered`. */
  statusDelays?: Partial<Record<'sent' | 'delivered', number>>;
  portfolioId?: string;
  /** How many requests, sent messages and deliveries are remembered. */
  kept?: number;
  /** What the clocks of the phones show; UTC unless told otherwise. */
  timeZone?: string;
};

export type Simulator = {
  /** An origin without a trailing slash: what OONOBOX_GRAPH_URL gets. */
  url: string;
  phoneUrl: string;
  addNumber(number: SimulatedNumber): void;
  setWebhook(phoneNumberId: string, url: string): void;
  /** The WhatsApp Business app on a phone has the number, too, since now unless told otherwise. */
  putOnPhone(phoneNumberId: string, app?: Partial<Omit<PhoneApp, 'granted'>>): void;
  /** Meta's GET with the challenge. True if the webhook answered as it must. */
  handshake(phoneNumberId: string): Promise<boolean>;
  /** Somebody on WhatsApp; the same phone is the same person, and a second profile changes theirs. */
  customer(phone: string, profile?: Profile): Customer;
  /** Signs and posts anything: JSON as Meta writes it, or bytes as they are. Does not throw on a bad answer. */
  deliver(phoneNumberId: string, payload: unknown, options?: DeliverOptions): Promise<DeliveryAnswer>;
  /** All that was accepted, in order. */
  sent: SentMessage[];
  /** Every file that `POST /media` took, in order, also when its id has ended. */
  uploads: MediaFile[];
  media: MediaControl;
  /** The message templates of each WABA. */
  templates: TemplateControl;
  /** Every Graph request seen, answered or not. */
  requests: GraphRequest[];
  /** Every webhook posted, attempt by attempt. */
  deliveries: Delivery[];
  /** Tells the phone page about the inbox it stands beside: it then links there, and can renew what it broke. */
  standBeside(inbox: InboxSide): void;
  /** Milliseconds from accepting to `sent`, and from `sent` to `delivered`, from now on. */
  statusDelays(delays: Record<'sent' | 'delivered', number>): void;
  /** The first message, sent already or to come, that the predicate accepts. Throws if the simulator stops first. */
  waitFor(predicate: (message: SentMessage) => boolean, describe?: string): Promise<SentMessage>;
  /** Resolves when no webhook is under way and none is due. Statuses held back by `pauseStatuses` do not count. */
  settled(): Promise<void>;
  trouble: Trouble;
  /** Ends what is under way and forgets everybody: numbers, people, messages, troubles. Open phone pages are not told. */
  reset(): Promise<void>;
  /** Has every open phone page look again. */
  showAgain(): void;
  stop(): Promise<void>;
};

/** Starts a Graph API and a customer's phone, each on a port of the loopback. */
export function startSimulator(options: SimulatorOptions = {}): Simulator {
  const world = createWorld(options);
  const host = options.host ?? '127.0.0.1';
  const line = createLine({ hostname: host, fetch: graph(world).compile().fetch });
  world.graphUrl = line.url;
  const trouble = createTrouble(world, line);
  const scenes = createScenes(world, trouble);
  const phones = new Elysia({ serve: { idleTimeout: 0 } })
    .use(phone({ world, scenes, host }))
    .listen({ port: options.port ?? 0, hostname: host });

  async function windUp(): Promise<void> {
    world.stopping.abort();
    dismissWaiters(world.waiters);
    await Promise.all(world.underWay);
  }

  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${phones.server?.port}`;

  return {
    url: line.url,
    phoneUrl: `${origin}/phone`,
    addNumber(number) {
      world.numbers.set(number.phoneNumberId, { ...number, tokenEnded: false, subscribed: false });
    },
    setWebhook(phoneNumberId, webhookUrl) {
      numberOf(world, phoneNumberId).webhookUrl = webhookUrl;
    },
    putOnPhone(phoneNumberId, app = {}) {
      const { phoneNumberId: id } = numberOf(world, phoneNumberId);
      const empty = { onboardedAt: world.now(), sharesHistory: true, contacts: [], chats: [] };
      world.phoneApps.set(id, { ...empty, ...app, granted: new Set() });
    },
    handshake: (phoneNumberId) => handshake(numberOf(world, phoneNumberId)),
    customer: (e164, profile) => createCustomer(world, meet(world, e164, profile)),
    deliver: (phoneNumberId, payload, how) => deliver(world, phoneNumberId, payload, how),
    sent: world.sent,
    uploads: world.media.uploads,
    media: createMediaControl(world),
    templates: createTemplateControl(world),
    requests: world.requests,
    deliveries: world.deliveries,
    waitFor: (predicate, describe = 'a message') =>
      waitForSent(world.sent, world.waiters, predicate, describe),
    async settled() {
      while (world.underWay.size > 0) {
        await Promise.all(world.underWay);
      }
    },
    standBeside(inbox) {
      world.inbox = inbox;
    },
    statusDelays(delays) {
      world.delays = delays;
    },
    trouble,
    async reset() {
      scenes.end();
      line.restore();
      trouble.resumeAnswers();
      await windUp();
      emptyWorld(world);
    },
    showAgain: () => announceAll(world),
    async stop() {
      await windUp();
      await line.end();
      await phones.stop(true);
    },
  };
}
