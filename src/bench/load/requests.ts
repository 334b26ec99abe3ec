import { encodeAsMeta, sign } from '#src/simulator/signature.ts';
import { createWamid } from '#src/simulator/wamid.ts';
import { envelope } from '#src/simulator/webhook-bodies.ts';
import { createRandom, type Random } from '../random.ts';
import { personName, sentence } from '../talk.ts';
import type { Job, Line, Target } from './job.ts';

/** All of a job's requests as they go over the line, signed, in the order in which they are sent. */
export function buildRequests(job: Job): Uint8Array<ArrayBuffer>[] {
  const random = createRandom(job.seed);
  const { known, newcomers } = job;
  const again = Array.from(
    { length: job.fromKnown },
    () => known.from + random.below(known.end - known.from),
  );
  const once = Array.from({ length: newcomers.end - newcomers.from }, (_, index) => newcomers.from + index);
  const writers = random
    .shuffle([...again, ...once])
    .map((customer) => ({ customer, text: sentence(random) }));
  const all = job.last ? [...writers, job.last] : writers;
  return all.map(({ customer, text }, n) => {
    const target = job.to[n % job.to.length];
    if (!target) {
      throw new Error('A job needs somewhere to send to.');
    }
    return buildRequest(target, { customer, text: job.isNumbered ? `(${n}) ${text}` : text });
  });
}

/** How a numbered text is found again in what a page is shown. */
export const NUMBERED = /\((\d+)\) /g;

type Said = { customer: number; text: string };

function buildRequest({ url, line }: Target, { customer, text }: Said): Uint8Array<ArrayBuffer> {
  const body = encodeAsMeta(envelope(line.wabaId, textOf(line, customer, text)));
  const { host, pathname } = new URL(url);
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    'user-agent: facebookexternalua',
    'accept: */*',
    'content-type: application/json',
    `x-hub-signature-256: ${sign(body, line.appSecret)}`,
    `content-length: ${body.byteLength}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

/** The value of a change as Meta writes it. */
function textOf(line: Line, index: number, text: string) {
  const { waId, userId, name } = customer(index);
  return {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: line.displayPhoneNumber.replace(/\D/g, ''),
      phone_number_id: line.phoneNumberId,
    },
    contacts: [{ profile: { name }, wa_id: waId, user_id: userId }],
    messages: [
      {
        from: waId,
        from_user_id: userId,
        id: createWamid(waId, 'inbound'),
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: 'text',
        text: { body: text },
      },
    ],
  };
}

/** The same index is the same person in every job. */
export function customer(index: number): { waId: string; userId: string; name: string } {
  const random: Random = createRandom(index + 1);
  return {
    waId: `26377${String(index).padStart(7, '0')}`,
    userId: `ZW.${String(13_491_208_655_302 + index)}${String(741_918 - (index % 1000)).padStart(6, '0')}`,
    name: personName(random),
  };
}
