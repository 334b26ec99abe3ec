import { StorageFull } from '#src/errors.ts';
import type { Slots } from '#src/http/reading-slots.ts';
import { requestIdOf } from '#src/http/request-id.ts';
import { parseLossless } from '#src/whatsapp/json.ts';
import { holdsMoreItems, readChanges } from '#src/whatsapp/payload.ts';
import { expectedBytes, isDeclaredTooLarge, readBody } from './body.ts';
import { mentionedIds } from './mentioned-ids.ts';
import { type MetaApp, type Routing, routingOf } from './routing.ts';
import { readSignature } from './signature.ts';
import { noteSigned } from './signed-at.ts';
import { appsToTry, findSigner } from './signing-app.ts';
import { storeChanges } from './store-changes.ts';
import type { WebhookServices } from './webhook-services.ts';

const RETRY_AFTER_S = 5;
/** Meta puts up to 1,000 updates into one body; what is far beyond comes from somebody else who has the secret. */
const MOST_CHANGES = 10_000;
/** In all lists of a body: 4 MB of them would be 80 bytes each, and no message has so few. */
const MOST_ITEMS = 50_000;

/**
 * Answers one `POST`. 200 only when everything in it is on the disk; 401 for what nobody known signed, 413, 408
 * and 400 for a body that is too large, too slow or no JSON; 503 when it cannot be taken now, so that Meta
 * comes again. Before the signature was found good, nothing of the body is looked at but a few ids.
 */
export async function receiveWebhook(
  services: WebhookServices,
  request: Request,
  { peer, slots, pathKey }: { peer: string; slots: Slots; pathKey: string | null },
): Promise<Response> {
  const signature = readSignature(request.headers.get('x-hub-signature-256'));
  if (isDeclaredTooLarge(request)) {
    return answer(413, 'The body is larger than 4 MB.');
  } else if (!signature) {
    return answer(401, 'The signature is missing.');
  }
  const slot = await slots.enter(peer, expectedBytes(request));
  if (!slot) {
    return answer(503, 'Too many requests at once from this address.');
  }
  const body = await readBody(request).finally(() => slot.leave());
  if (body.kind !== 'read') {
    return body.kind === 'too-large'
      ? answer(413, 'The body is larger than 4 MB.')
      : answer(body.kind === 'too-slow' ? 408 : 400, 'The body did not arrive whole.');
  }
  const routing = await routingOf(services.control);
  const signer = findSigner(candidates(routing, pathKey, body.bytes), body.bytes, signature, services.now());
  return signer
    ? takeSigned(services, request, signer, body.bytes)
    : answer(401, 'The signature does not fit.');
}

function candidates(routing: Routing, pathKey: string | null, bytes: Uint8Array): MetaApp[] {
  if (pathKey === null) {
    return appsToTry(routing, mentionedIds(bytes));
  } else {
    const app = routing.appsByKey.get(pathKey);
    return app ? [app] : [];
  }
}

async function takeSigned(
  services: WebhookServices,
  request: Request,
  signer: MetaApp,
  bytes: Uint8Array,
): Promise<Response> {
  const payload = parse(bytes);
  if (payload === null) {
    return answer(400, 'The body is not JSON.');
  }
  if (bytes.byteLength > MOST_ITEMS && holdsMoreItems(payload.body, MOST_ITEMS)) {
    return answer(413, `The body holds more than ${MOST_ITEMS} items.`);
  }
  const changes = readChanges(payload.body);
  if (changes.length > MOST_CHANGES) {
    return answer(413, `The body holds more than ${MOST_CHANGES} changes.`);
  }
  try {
    const dropped = await storeChanges(services, signer, changes);
    if (dropped > 0) {
      const about = { requestId: requestIdOf(request), app: signer.id, changes: dropped };
      services.log.info(about, 'changes for numbers that were given up');
    }
    noteSigned(services, signer);
    return answer(200, 'EVENT_RECEIVED');
  } catch (error) {
    const level = error instanceof StorageFull ? 'warn' : 'error';
    const about = { requestId: requestIdOf(request), app: signer.id, err: error };
    services.log[level](about, 'a webhook could not be stored; Meta will repeat it');
    return answer(503, 'This cannot be stored now.');
  }
}

const decoder = new TextDecoder();

function parse(bytes: Uint8Array): { body: unknown } | null {
  try {
    return { body: parseLossless(decoder.decode(bytes)) };
  } catch {
    return null;
  }
}

function answer(status: number, text: string): Response {
  const headers: Record<string, string> = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  };
  if (status === 503) {
    headers['retry-after'] = String(RETRY_AFTER_S);
  }
  return new Response(text, { status, headers });
}
