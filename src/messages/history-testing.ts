import { expect } from 'bun:test';
import { bakery, fieldBody, type WebhookBench } from '#src/webhooks/testing.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';

/** What Meta posts for each of its fields, by its name in the collection. */
export const bodies = new Map(readBodies('fields').map((body) => [body.name, body.value]));

/** The bakery is told its phone's past, in the pieces with these names, each taken in before the next. */
export async function tellHistory(bench: WebhookBench, ...names: string[]): Promise<void> {
  for (const name of names) {
    expect((await bench.post(fieldBody(bakery, 'history', bodies.get(name) ?? {}))).status).toBe(200);
    await bench.settled();
  }
}
