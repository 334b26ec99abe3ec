import { expect } from 'bun:test';
import type { HostileShop } from './hostile-shop.ts';
import { type Spoiled, type Spoiling, spoil, webhookOf } from './spoil.ts';

export type HostilePost = {
  /** All that was delivered. */
  spoiled: readonly Spoiled[];
  /** Many changes a body, as Meta packs them, each body answered 200. */
  deliver(spoilings: readonly Spoiling[]): Promise<void>;
  /** What was delivered last once more, with one byte changed and signed like that. Gives the status. */
  deliverBroken(at: number, byte: number): Promise<number | null>;
};

const A_BODY = 50;
const LARGEST_BODY = 3_000_000;

export function openHostilePost({ install, phoneOf, answerTo }: HostileShop): HostilePost {
  const { phoneNumberId, wabaId } = install.number;
  const spoiled: Spoiled[] = [];
  const post = async (body: Uint8Array) =>
    (await install.simulator.deliver(phoneNumberId, body, { retry: false })).status;

  return {
    spoiled,
    async deliver(spoilings) {
      const fresh = spoilings.map((spoiling, place) => {
        const { kind } = spoiling;
        const named = { phoneNumberId, earlier: answerTo(kind), phone: phoneOf(kind) };
        return spoil(spoiling, named, spoiled.length + place);
      });
      spoiled.push(...fresh);
      for (const changes of bodies(fresh)) {
        expect(await post(bodyOf(wabaId, changes))).toBe(200);
      }
    },
    deliverBroken(at, byte) {
      const body = bodyOf(wabaId, spoiled.slice(-5));
      body[at % body.length] = byte;
      return post(body);
    },
  };
}

function bodyOf(wabaId: string, changes: readonly Spoiled[]): Buffer<ArrayBuffer> {
  return webhookOf(
    wabaId,
    changes.map(({ bytes }) => bytes),
  );
}

function bodies(all: readonly Spoiled[]): Spoiled[][] {
  const packed: Spoiled[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const one of all) {
    if (size + one.bytes.length > LARGEST_BODY || (packed.at(-1)?.length ?? 0) >= A_BODY) {
      packed.push([]);
      size = 0;
    }
    packed.at(-1)?.push(one);
    size += one.bytes.length;
  }
  return packed;
}
