import type { Customer } from '#src/simulator/simulator.ts';
import { sampleTemplates } from '#src/simulator/templates/samples.ts';
import { type Box, openBox } from '#src/testing/box.ts';

const DAY = 24 * 60 * 60_000;

/** What the API answers: a message, or a problem with its faults; the fields that tests read. */
type MessageOrProblem = {
  id: number;
  type: string;
  title: string;
  text: string;
  detail: string;
  status: string;
  errors: { field: string; detail: string }[];
};

/** For tests of sending templates: a shop that has some of every kind, and a customer whose window is closed. */
export type TemplateBox = Box & {
  clock: { now: number };
  customer: Customer;
  /** Sends one through the API, under a key of its own unless one is given. */
  send(
    name: string,
    components?: unknown[],
    options?: { key?: string; language?: string },
  ): Promise<{ status: number; body: MessageOrProblem }>;
  /** The template of the newest message that reached Meta, when nothing is on its way any more. */
  sent(): Promise<unknown>;
  upload(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<number>;
};

export async function openTemplateBox(): Promise<TemplateBox> {
  const clock = { now: Date.UTC(2026, 10, 20, 12) };
  const box = await openBox({ now: () => clock.now });
  for (const template of sampleTemplates) {
    box.simulator.templates.add(box.number.wabaId, template);
  }
  clock.now += DAY;
  box.services.templates.poke(box.accountId);
  await box.services.templates.idle();
  const customer = box.simulator.customer('+263771234567', { name: 'Tendai Moyo' });
  await customer.say(box.number.phoneNumberId, 'Mhoro');
  await box.settled();
  const { data } = await (await box.api('/api/v1/conversations')).json();
  clock.now += 2 * DAY;
  let keys = 0;

  return {
    ...box,
    clock,
    customer,
    async send(name, components, { key = `key-${++keys}`, language = 'en' } = {}) {
      const template = { name, language: { code: language }, ...(components ? { components } : {}) };
      const response = await box.api(`/api/v1/conversations/${data[0].id}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ type: 'template', template }),
      });
      return { status: response.status, body: await response.json() };
    },
    async sent() {
      await box.services.delivery.idle();
      return box.simulator.sent.at(-1)?.body.template;
    },
    async upload(bytes, name) {
      const headers = { 'x-file-name': name };
      const response = await box.api('/api/v1/media', { method: 'POST', headers, body: bytes });
      return (await response.json()).id;
    },
  };
}

export const texts = (...values: string[]) => values.map((text) => ({ type: 'text', text }));

/** What fills the sample `order_ready`. */
export const ready = [
  { type: 'header', parameters: texts('MH-1180') },
  { type: 'body', parameters: texts('Tendai', 'Ardbennie Road', '17:00') },
];
