import { GraphError, unknownObject } from './graph-error.ts';
import { type NumberState, numbersOfWaba } from './numbers.ts';
import type { World } from './world.ts';

/** The number that the path names, if the bearer token may act for it. */
export function authorizeNumber(world: World, request: Request, phoneNumberId: string): NumberState {
  const token = requireToken(world, request);
  const number = world.numbers.get(phoneNumberId);
  if (!number || number.accessToken !== token) {
    throw unknownObject(request.method, phoneNumberId);
  }
  checkAlive(number);
  return number;
}

/** The numbers of a WABA, if the bearer token belongs to one of them. */
export function authorizeWaba(world: World, request: Request, wabaId: string): NumberState[] {
  const token = requireToken(world, request);
  const numbers = numbersOfWaba(world.numbers, wabaId);
  const holder = numbers.find((number) => number.accessToken === token);
  if (!holder) {
    throw unknownObject(request.method, wabaId);
  }
  checkAlive(holder);
  return numbers;
}

/** The bearer token, if any number has it. */
export function requireToken(world: World, request: Request): string {
  const header = request.headers.get('authorization') ?? '';
  const token = /^Bearer (\S+)$/.exec(header)?.[1];
  if (!token) {
    throw new GraphError(401, 190, 'An access token is required to request this resource.');
  }
  if (!world.numbers.values().some((number) => number.accessToken === token)) {
    throw new GraphError(401, 190, 'Invalid OAuth access token - Cannot parse access token');
  }
  return token;
}

function checkAlive(number: NumberState): void {
  if (number.tokenEnded) {
    throw new GraphError(401, 190, 'Error validating access token: Session has expired.', { subcode: 463 });
  }
}
