import { Elysia } from 'elysia';
import { addressGroup, clientAddress, readTrustedProxies } from '#src/http/client-address.ts';
import { createSlots } from '#src/http/reading-slots.ts';
import { targetOf } from '#src/http/target.ts';
import { add } from '#src/ops/counts.ts';
import { answerHandshake } from './handshake.ts';
import { receiveWebhook } from './receive-webhook.ts';
import { type MetaApp, type Routing, routingOf } from './routing.ts';
import type { WebhookServices } from './webhook-services.ts';

/** Meta's side of the house: the handshake (`GET`) and the webhooks (`POST`), by an app's own path or the common one. */
export const webhooks = (services: WebhookServices) => {
  const slots = createSlots();
  const proxies = readTrustedProxies(services.config.trustedProxies);

  const receive = async (request: Request, socket: string | null, pathKey: string | null) => {
    const peer = addressGroup(clientAddress(request, socket, proxies));
    const answer = await receiveWebhook(services, request, { peer, slots, pathKey });
    add(services.counts.webhooks, answer.status);
    return answer;
  };

  const shakeHands = async (request: Request, choose: (routing: Routing) => readonly MetaApp[]) => {
    const apps = choose(await routingOf(services.control));
    const challenge = answerHandshake(queryOf(request), apps);
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
    return challenge === null
      ? new Response('The verify token is not known.', { status: 403, headers })
      : new Response(challenge, { headers });
  };

  return new Elysia({ prefix: '/webhooks/whatsapp' })
    .get('', ({ request }) => shakeHands(request, ({ apps }) => apps))
    .get('/:key', ({ request, params }) =>
      shakeHands(request, ({ appsByKey }) => [appsByKey.get(params.key)].filter((app) => app !== undefined)),
    )
    .post('', ({ request, server }) => receive(request, socketOf(request, server), null), { parse: 'none' })
    .post('/:key', ({ request, server, params }) => receive(request, socketOf(request, server), params.key), {
      parse: 'none',
    });
};

/** Not by `request.url`, which is no address when the request named no host. */
function queryOf(request: Request): URLSearchParams {
  return new URLSearchParams(targetOf(request).split('?')[1] ?? '');
}

type Server = { requestIP(request: Request): { address: string } | null } | null;

function socketOf(request: Request, server: Server): string | null {
  return server?.requestIP(request)?.address ?? null;
}
