import { authorizeWaba } from './authorization.ts';
import type { Incoming, Reply } from './exchange.ts';
import { isObject, requireText, requireUrl } from './fields.ts';
import { GraphError } from './graph-error.ts';
import type { NumberState } from './numbers.ts';
import type { World } from './world.ts';

/** `POST /{waba}/subscribed_apps`: with an override address Meta first shakes hands with it. */
export async function subscribe(world: World, { request, id, json }: Incoming): Promise<Reply> {
  const numbers = authorizeWaba(world, request, id);
  if (isObject(json) && json.override_callback_uri !== undefined) {
    requireUrl(json, 'override_callback_uri', 'body');
    const url = requireText(json, 'override_callback_uri', 'body', { max: 200 });
    const verifyToken = requireText(json, 'verify_token', 'body');
    if (!(await shakeHands(url, verifyToken))) {
      throw new GraphError(
        400,
        2200,
        '(#2200) Callback verification failed: the address did not return the challenge.',
      );
    }
    for (const number of numbers) {
      Object.assign(number, { webhookUrl: url, verifyToken });
    }
  }
  for (const number of numbers) {
    number.subscribed = true;
  }
  return { body: { success: true } };
}

export function listSubscriptions(world: World, { request, id }: Incoming): Reply {
  const subscribed = authorizeWaba(world, request, id).filter((number) => number.subscribed);
  const data = subscribed.slice(0, 1).map(({ webhookUrl }) => ({
    whatsapp_business_api_data: {
      id: '1000000000000001',
      name: 'Simulated app',
      link: 'https://example.com/',
    },
    ...(webhookUrl ? { override_callback_uri: webhookUrl } : {}),
  }));
  return { body: { data } };
}

/** Meta's handshake: a GET with a challenge, which must come back as the whole body of a 200. */
export async function shakeHands(webhookUrl: string, verifyToken: string): Promise<boolean> {
  const url = new URL(webhookUrl);
  const challenge = String(1_000_000_000 + Math.floor(Math.random() * 1_000_000_000));
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).catch(
    () => null,
  );
  return answer?.status === 200 && (await answer.text()) === challenge;
}

export function handshake(number: NumberState): Promise<boolean> {
  return number.webhookUrl ? shakeHands(number.webhookUrl, number.verifyToken) : Promise.resolve(false);
}
