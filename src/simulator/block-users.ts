import { authorizeNumber } from './authorization.ts';
import type { Incoming, Reply } from './exchange.ts';
import { asArray, asObject, type Fields, isObject, onlyKeys, requireText } from './fields.ts';
import { invalidParameter } from './graph-error.ts';
import type { NumberState } from './numbers.ts';
import { isE164, type Person } from './people.ts';
import { isWindowOpen, threadKey } from './threads.ts';
import type { World } from './world.ts';

type Result = { input: string; failure: Fields | null; person: Person | null };

const USER_ID = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;

/**
 * `POST` and `DELETE /{phone_id}/block_users`. Only who has written in the last 24 hours can be blocked; if that is not
 * so of all of them, the answer is 400 with code 139100, and the others are blocked nevertheless.
 */
export function blockUsers(world: World, { request, id, json }: Incoming, isBlocking: boolean): Reply {
  const number = authorizeNumber(world, request, id);
  if (!isObject(json)) {
    throw invalidParameter('The body must be a JSON object.');
  }
  onlyKeys(json, 'body', ['messaging_product', 'block_users']);
  const results = asArray(json.block_users, 'block_users').map((item, index) =>
    blockOne(world, number, checkUser(item, `block_users[${index}]`), isBlocking),
  );
  const done = results.filter(({ failure }) => failure === null);
  const failed = results.filter(({ failure }) => failure !== null);
  const block_users = {
    [isBlocking ? 'added_users' : 'removed_users']: done.map(({ input, person }) => ({
      input,
      ...(person ? { wa_id: person.waId } : {}),
    })),
    ...(failed.length === 0
      ? {}
      : { failed_users: failed.map(({ input, failure }) => ({ input, errors: [failure] })) }),
  };
  if (failed.length > 0) {
    return {
      response: Response.json({ messaging_product: 'whatsapp', block_users, error: PARTLY }, { status: 400 }),
    };
  }
  return { body: { messaging_product: 'whatsapp', block_users } };
}

const PARTLY = {
  message: '(#139100) Failed to block/unblock some users',
  type: 'OAuthException',
  code: 139100,
  error_data: { details: 'Failed to block some users, see the block_users response list for details' },
  fbtrace_id: 'AblockedSome',
};

/** A phone number, or a BSUID under a name of its own; a parent BSUID is none of both. */
function checkUser(item: unknown, path: string): string {
  const user = asObject(item, path);
  onlyKeys(user, path, ['user', 'user_id']);
  if (user.user_id !== undefined) {
    const bsuid = requireText(user, 'user_id', path);
    if (!USER_ID.test(bsuid)) {
      throw invalidParameter(`${path}.user_id must be a business-scoped user id of this portfolio.`);
    }
    return bsuid;
  }
  const phone = requireText(user, 'user', path);
  if (!isE164(phone)) {
    throw invalidParameter(`${path}.user is "${phone}", which is not an E.164 phone number.`);
  }
  return phone;
}

function blockOne(world: World, number: NumberState, input: string, isBlocking: boolean): Result {
  const person = world.directory.get(input) ?? null;
  const key = person && threadKey(number.phoneNumberId, person.waId);
  const thread = key === null ? undefined : world.threads.get(key);
  if (!isBlocking) {
    return { input, person, failure: key !== null && world.blocked.delete(key) ? null : NOT_BLOCKED };
  } else if (key === null || !thread || !isWindowOpen(thread, world.now())) {
    return { input, person, failure: NOT_SPOKEN };
  }
  world.blocked.add(key);
  return { input, person, failure: null };
}

const NOT_SPOKEN = {
  message: '(#131047) Re-engagement message',
  code: 131047,
  error_data: { details: 'The user has not messaged this business in the last 24 hours.' },
};
const NOT_BLOCKED = {
  message: '(#131009) Parameter value is not valid',
  code: 131009,
  error_data: { details: 'The user is not blocked.' },
};
