import { createHash } from 'node:crypto';
import type { S3Settings } from './s3-settings.ts';
import { faultOfSignature, TEST_REGION, testKey } from './testing-signature.ts';

/**
 * A stand-in of S3 with one bucket, over real HTTP. Strict where S3 is: signatures, lengths, the 5 MiB that a part must
 * have, the order and tags of parts.
 */
export type TestBucket = {
  settings: S3Settings;
  /** What is in it, by key. */
  objects: Map<string, { bytes: Uint8Array; changedAt: number }>;
  /** Uploads in parts that were neither completed nor aborted. */
  uploads: Map<string, { key: string; parts: Map<number, Uint8Array> }>;
  /** Answers instead, when it gives something. */
  trouble: (request: Request) => Response | null | Promise<Response | null>;
  stop(): Promise<void>;
};

const LEAST_PART_BYTES = 5 * 1024 * 1024;
/** Real ones list 1,000 at once. */
const KEYS_AT_ONCE = 3;

type Asked = { method: string; key: string; query: URLSearchParams; range: string | null };

export function openTestBucket(): TestBucket {
  const bucket: TestBucket = {
    settings: { bucket: 'files-of-tests', endpoint: '', region: TEST_REGION, ...testKey },
    objects: new Map(),
    uploads: new Map(),
    trouble: () => null,
    stop: () => server.stop(true),
  };
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const url = new URL(request.url);
      const [, name, ...rest] = url.pathname.split('/');
      const key = decodeURIComponent(rest.join('/'));
      const fault = faultOfSignature(request);
      if (fault || name !== bucket.settings.bucket) {
        return refusal(fault ? 403 : 404, fault ?? 'NoSuchBucket');
      }
      const body = await request.bytes();
      const range = request.headers.get('range');
      const asked = { method: request.method, key, query: url.searchParams, range };
      return (await bucket.trouble(request)) ?? answer(bucket, asked, body);
    },
  });
  bucket.settings = { ...bucket.settings, endpoint: server.url.origin };
  return bucket;
}

function answer(bucket: TestBucket, asked: Asked, body: Uint8Array): Response {
  const { method, key, query } = asked;
  if (key === '' && method === 'GET' && query.get('list-type') === '2') {
    return list(bucket, query);
  } else if (query.has('uploads') || query.has('uploadId')) {
    return answerUpload(bucket, asked, body);
  } else if (method === 'PUT') {
    bucket.objects.set(key, { bytes: body, changedAt: Date.now() });
    return new Response(null, { headers: { etag: tagOf(body) } });
  } else if (method === 'DELETE') {
    bucket.objects.delete(key);
    return new Response(null, { status: 204 });
  } else {
    return get(bucket, asked);
  }
}

function get({ objects }: TestBucket, { method, key, range }: Asked): Response {
  const object = objects.get(key);
  if (!object) {
    return method === 'HEAD' ? new Response(null, { status: 404 }) : refusal(404, 'NoSuchKey');
  }
  const { bytes, changedAt } = object;
  const headers = { 'last-modified': new Date(changedAt).toUTCString(), etag: tagOf(bytes) };
  if (method === 'HEAD') {
    return new Response(new Uint8Array(bytes), { headers });
  }
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? 'bytes=0-') ?? [];
  const end = Math.min(to === '' ? bytes.length : Number(to) + 1, bytes.length);
  return Number(from) >= bytes.length
    ? refusal(416, 'InvalidRange')
    : new Response(bytes.slice(Number(from), end), { status: range ? 206 : 200, headers });
}

function list({ objects }: TestBucket, query: URLSearchParams): Response {
  const after = query.get('start-after') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after);
  const found = keys.sort().slice(0, KEYS_AT_ONCE);
  const contents = found.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`);
  const isTruncated = keys.length > found.length;
  return xml(
    `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${contents.join('')}</ListBucketResult>`,
  );
}

function answerUpload({ objects, uploads }: TestBucket, asked: Asked, body: Uint8Array): Response {
  const { method, key, query } = asked;
  if (method === 'POST' && query.has('uploads')) {
    const id = `upload-${crypto.randomUUID()}`;
    uploads.set(id, { key, parts: new Map() });
    return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }
  const id = query.get('uploadId') ?? '';
  const upload = uploads.get(id);
  if (!upload || upload.key !== key) {
    return refusal(404, 'NoSuchUpload');
  } else if (method === 'PUT') {
    upload.parts.set(Number(query.get('partNumber')), body);
    return new Response(null, { headers: { etag: tagOf(body) } });
  } else if (method === 'DELETE') {
    uploads.delete(id);
    return new Response(null, { status: 204 });
  }
  const named = [...new TextDecoder().decode(body).matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)/g)];
  const parts = named.map(([, number, tag]) => ({ bytes: upload.parts.get(Number(number)), number, tag }));
  if (parts.some(({ bytes, tag }) => !bytes || tagOf(bytes) !== tag?.replaceAll('&quot;', '"'))) {
    return refusal(400, 'InvalidPart');
  } else if (parts.some(({ number }, index) => Number(number) !== index + 1)) {
    return refusal(400, 'InvalidPartOrder');
  } else if (parts.slice(0, -1).some(({ bytes }) => (bytes?.length ?? 0) < LEAST_PART_BYTES)) {
    return refusal(400, 'EntityTooSmall');
  }
  const bytes = new Uint8Array(Buffer.concat(parts.map((part) => part.bytes ?? new Uint8Array())));
  objects.set(key, { bytes, changedAt: Date.now() });
  uploads.delete(id);
  return xml(`<CompleteMultipartUploadResult><ETag>${tagOf(bytes)}</ETag></CompleteMultipartUploadResult>`);
}

const tagOf = (bytes: Uint8Array) => `"${createHash('md5').update(bytes).digest('hex')}"`;

const xml = (body: string, status = 200) =>
  new Response(`<?xml version="1.0" encoding="UTF-8"?>${body}`, {
    status,
    headers: { 'content-type': 'application/xml' },
  });

/** As S3 says no. */
export const refusal = (status: number, code: string) =>
  xml(`<Error><Code>${code}</Code><Message>Refused by the stand-in.</Message></Error>`, status);
