import { Elysia } from 'elysia';
import { acceptance, acceptMessage } from './accept.ts';
import { authorizeNumber } from './authorization.ts';
import { blockUsers } from './block-users.ts';
import { checkProduct } from './checks/message.ts';
import { exchange, type Incoming, type Reply } from './exchange.ts';
import { isObject } from './fields.ts';
import { invalidParameter, unknownObject } from './graph-error.ts';
import { DOWNLOADS } from './media/address.ts';
import { deleteFile, downloadFile } from './media/node.ts';
import { uploadFile } from './media/upload.ts';
import { debugToken, listNumbers, readNode } from './nodes.ts';
import { postPhoneData } from './phone-app.ts';
import { acceptReadReceipt } from './read-receipt.ts';
import { listSubscriptions, subscribe } from './subscription.ts';
import { listTemplates } from './templates/list.ts';
import type { World } from './world.ts';

/** The part of the Graph API that a team inbox uses. Anything else is refused like an unknown object. */
export function graph(world: World) {
  return new Elysia()
    .post(
      '/:version/:id/messages',
      ({ request, params }) =>
        exchange(world, request, params.id, (incoming) => postMessage(world, incoming)),
      { parse: 'none' },
    )
    .get('/:version/:id/phone_numbers', ({ request, params }) =>
      exchange(world, request, params.id, (incoming) => listNumbers(world, incoming)),
    )
    .get('/:version/:id/message_templates', ({ request, params }) =>
      exchange(world, request, params.id, (incoming) => listTemplates(world, incoming)),
    )
    .post(
      '/:version/:id/subscribed_apps',
      ({ request, params }) => exchange(world, request, params.id, (incoming) => subscribe(world, incoming)),
      { parse: 'none' },
    )
    .get('/:version/:id/subscribed_apps', ({ request, params }) =>
      exchange(world, request, params.id, (incoming) => listSubscriptions(world, incoming)),
    )
    .post(
      '/:version/:id/media',
      ({ request, params }) => exchange(world, request, params.id, (incoming) => uploadFile(world, incoming)),
      { parse: 'none' },
    )
    .post(
      '/:version/:id/block_users',
      ({ request, params }) =>
        exchange(world, request, params.id, (incoming) => blockUsers(world, incoming, true)),
      { parse: 'none' },
    )
    .delete(
      '/:version/:id/block_users',
      ({ request, params }) =>
        exchange(world, request, params.id, (incoming) => blockUsers(world, incoming, false)),
      { parse: 'none' },
    )
    .post(
      '/:version/:id/smb_app_data',
      ({ request, params }) =>
        exchange(world, request, params.id, (incoming) => postPhoneData(world, incoming)),
      { parse: 'none' },
    )
    .get(DOWNLOADS, ({ request }) =>
      exchange(world, request, '', (incoming) => downloadFile(world, incoming)),
    )
    .get('/debug_token', ({ request }) =>
      exchange(world, request, '', (incoming) => debugToken(world, incoming)),
    )
    .get('/:version/debug_token', ({ request }) =>
      exchange(world, request, '', (incoming) => debugToken(world, incoming)),
    )
    .get('/:version/:id', ({ request, params }) =>
      exchange(world, request, params.id, (incoming) => readNode(world, incoming)),
    )
    .delete(
      '/:version/:id',
      ({ request, params }) => exchange(world, request, params.id, (incoming) => deleteFile(world, incoming)),
      { parse: 'none' },
    )
    .all('/*', ({ request }) => exchange(world, request, '', refuseUnknown), { parse: 'none' });
}

function postMessage(world: World, { request, id, json }: Incoming): Reply {
  const number = authorizeNumber(world, request, id);
  if (!/^application\/json\b/.test(request.headers.get('content-type') ?? '')) {
    throw invalidParameter('The request must have the content type application/json.');
  }
  if (!isObject(json)) {
    throw invalidParameter('The body must be a JSON object.');
  }
  checkProduct(json);
  if (json.status !== undefined) {
    return { body: acceptReadReceipt(world, number, json) };
  }
  const message = acceptMessage(world, number, json);
  const person = message.waId === null ? null : (world.people.get(message.waId) ?? null);
  return { body: acceptance(message, person), wamid: message.wamid };
}

function refuseUnknown({ request, url }: Incoming): never {
  throw unknownObject(request.method, url.pathname.split('/')[2] ?? '');
}
