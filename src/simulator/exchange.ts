import { pushBounded } from './bounded.ts';
import { pause } from './deliveries.ts';
import type { Fields } from './fields.ts';
import { isObject } from './fields.ts';
import { GraphError, graphErrorResponse } from './graph-error.ts';
import { DOWNLOADS } from './media/address.ts';
import type { GraphRequest } from './sent.ts';
import { type RequestKind, takeTrouble } from './trouble.ts';
import type { World } from './world.ts';

/** A request to the Graph API with its body read, unless it is a form. `json` is undefined when the body is no JSON. */
export type Incoming = { request: Request; url: URL; id: string; json: unknown };

/** JSON, or what is to be answered as it is. */
export type Reply = { body: Fields; wamid?: string } | { response: Response };

/**
 * Answers one Graph request: records it, lets the planned trouble happen, and turns refusals into
 * Meta's errors. What happens "before" leaves no trace but the record; what happens "after" comes
 * when the work is done, so that the client cannot know.
 */
export async function exchange(
  world: World,
  request: Request,
  id: string,
  respond: (incoming: Incoming) => Reply | Promise<Reply>,
): Promise<Response> {
  const url = new URL(request.url);
  const json = isForm(request) ? undefined : parse(await request.text());
  const seen = record(world, request, url, json);
  const about = { kind: kindOf(world, request, url, json), phoneNumberId: id, to: recipientIn(json) };

  if (world.weather.slowness > 0) {
    await pause(world, world.weather.slowness);
  }
  await world.weather.pausing?.promise;
  const before = takeTrouble(world.weather.before, about);
  if (before?.is === 'cut') {
    return cutConnection();
  }
  if (before?.is === 'html') {
    return answer(seen, htmlPage(before.status));
  }
  try {
    if (before?.is === 'refusal') {
      throw before.error;
    }
    checkVersion(url);
    const reply = await respond({ request, url, id, json });
    seen.wamid = ('wamid' in reply && reply.wamid) || null;
    const after = takeTrouble(world.weather.after, about);
    switch (after?.is) {
      case 'silence':
        return new Promise(() => {});
      case 'cut':
        return cutConnection();
      case 'garbage':
        return answer(seen, new Response(after.body, { headers: { 'content-type': 'application/json' } }));
      default:
        return answer(
          seen,
          'response' in reply ? reply.response : withUsage(world, Response.json(reply.body)),
        );
    }
  } catch (error) {
    if (error instanceof GraphError) {
      return answer(seen, graphErrorResponse(error));
    }
    throw error;
  }
}

function withUsage({ weather }: World, response: Response): Response {
  if (weather.restMinutes > 0) {
    const use = { type: 'whatsapp', call_count: 100, total_cputime: 3, total_time: 3 };
    const limits = { ...use, estimated_time_to_regain_access: weather.restMinutes };
    response.headers.set('x-business-use-case-usage', JSON.stringify({ 102290129340398: [limits] }));
  }
  return response;
}

function answer(seen: GraphRequest, response: Response): Response {
  seen.status = response.status;
  return response;
}

function record(world: World, request: Request, url: URL, json: unknown): GraphRequest {
  const seen: GraphRequest = {
    method: request.method,
    path: url.pathname,
    query: url.search,
    body: json ?? null,
    status: null,
    wamid: null,
    at: world.now(),
  };
  pushBounded(world.requests, seen, world.kept);
  return seen;
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function isForm(request: Request): boolean {
  return /^multipart\//.test(request.headers.get('content-type') ?? '');
}

function kindOf({ numbers }: World, { method }: Request, { pathname }: URL, json: unknown): RequestKind {
  if (pathname === DOWNLOADS) {
    return 'download';
  }
  const [, , id = '', edge] = pathname.split('/');
  if (edge === 'media') {
    return 'upload';
  }
  if (edge === undefined) {
    const isNumberOrWaba = numbers.has(id) || numbers.values().some(({ wabaId }) => wabaId === id);
    return method !== 'POST' && /^\d+$/.test(id) && !isNumberOrWaba ? 'media' : 'other';
  }
  if (edge !== 'messages') {
    return 'other';
  }
  return isObject(json) && json.status !== undefined ? 'read' : 'message';
}

/** Whom a message goes to, as its request says; whether that can be anybody is not asked here. */
function recipientIn(json: unknown): string | null {
  const named = isObject(json) ? (json.to ?? json.recipient) : null;
  return typeof named === 'string' ? named : null;
}

function checkVersion(url: URL): void {
  if (!/^\/(v\d+\.\d+\/|debug_token$)/.test(url.pathname) && url.pathname !== DOWNLOADS) {
    throw new GraphError(400, 2500, `Unknown path components: ${url.pathname}`);
  }
}

/** A body that breaks before its first byte: Bun then resets the connection without sending headers. */
function cutConnection(): Response {
  return new Response(new ReadableStream({ start: (controller) => controller.error() }));
}

function htmlPage(status: number): Response {
  return new Response(`<!doctype html><title>${status}</title><h1>${status}</h1>`, {
    status,
    headers: { 'content-type': 'text/html' },
  });
}
