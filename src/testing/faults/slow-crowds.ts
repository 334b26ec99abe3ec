import { type CrowdOptions, request } from './crowd.ts';
import { isLong } from './long.ts';
import type { SlowWorld } from './slow-world.ts';

/** Clients that hold a server up in one way. `cutOff`: the server lets go of them by itself, sooner or later. */
export type SlowCrowd = { name: string; cutOff: boolean; crowd(world: SlowWorld): CrowdOptions };

const MEGABYTE = 1024 * 1024;
/** New connections without a word wait in a line of the system's, 512 long; what does not fit comes a second later. */
const SILENT = isLong ? 2_000 : 400;

export const slowCrowds: readonly SlowCrowd[] = [
  { name: `${SILENT} connections without a word`, cutOff: true, crowd: () => ({ size: SILENT }) },
  {
    name: '2,000 half heads',
    cutOff: true,
    crowd: ({ install: { url } }) => ({ size: 2_000, says: request(url, 'GET /').slice(0, -2) }),
  },
  {
    name: '2,000 connections kept alive',
    cutOff: true,
    crowd: ({ install: { url } }) => ({ size: 2_000, says: request(url, 'GET /up') }),
  },
  {
    name: '2,000 small forms that never end',
    cutOff: true,
    crowd: (world) => ({ size: 2_000, says: form(world, 1_000, 'email=') }),
  },
  {
    name: '300 large forms that never end',
    cutOff: true,
    crowd: (world) => ({ size: 300, says: form(world, MEGABYTE, `email=${'a'.repeat(MEGABYTE - 100)}`) }),
  },
  {
    name: '50 forms of unknown length',
    cutOff: true,
    crowd: (world) => ({
      size: 50,
      says: chunked(world, 'POST /login', 'application/x-www-form-urlencoded'),
    }),
  },
  {
    name: '50 API bodies of unknown length',
    cutOff: true,
    crowd: (world) => ({
      size: 50,
      says: chunked(world, 'POST /api/v1/conversations/1/messages', 'application/json'),
    }),
  },
  {
    name: '200 webhooks of 4 MB that never end',
    cutOff: true,
    crowd: (world) => ({ size: 200, says: webhook(world, 4_000_000) }),
  },
];

/** They ask for what is in the conversation by now, and leave it in the line. */
export const slowReaders: SlowCrowd = {
  name: '30 readers of large pages who do not read',
  cutOff: false,
  crowd: ({ install: { url }, cookie, conversationId }) => ({
    size: 30,
    reads: false,
    says: request(url, `GET /inbox/all/${conversationId}`, { Cookie: cookie }),
  }),
};

/** A form as a browser posts it, with a body that is never finished. */
function form({ install: { url } }: SlowWorld, length: number, body: string): string {
  return request(
    url,
    'POST /login',
    {
      Origin: url,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(length),
    },
    body,
  );
}

/** Fourteen megabytes, and still no end. */
function chunked({ install: { url } }: SlowWorld, line: string, type: string): Buffer {
  const head = request(url, line, {
    Origin: url,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': type,
    'Transfer-Encoding': 'chunked',
  });
  const chunk = `${MEGABYTE.toString(16)}\r\n${'a'.repeat(MEGABYTE)}\r\n`;
  return Buffer.from(head + chunk.repeat(14));
}

/** Signed by nobody, which shows only at the end. */
function webhook({ install: { url } }: SlowWorld, length: number): string {
  return request(
    url,
    'POST /webhooks/whatsapp',
    {
      'Content-Type': 'application/json',
      'X-Hub-Signature-256': `sha256=${'a'.repeat(64)}`,
      'Content-Length': String(length),
    },
    `{${'a'.repeat(length - 100)}`,
  );
}
