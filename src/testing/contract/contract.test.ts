import { afterAll, beforeAll } from 'bun:test';
import { batches } from './batches.ts';
import { errors } from './errors.ts';
import { fields } from './fields.ts';
import { order } from './order.ts';
import { phone } from './phone.ts';
import { received } from './received.ts';
import { reported } from './reported.ts';
import { sending } from './sending.ts';
import { statuses } from './statuses.ts';
import { openWorld, type World } from './world.ts';

// What is asked of a team inbox for WhatsApp, row by row: webhooks go in over HTTP, people's pages come out.
// One server for all of it; a section leaves nothing behind that another would trip over.

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ask = () => world;

received(ask);
statuses(ask);
fields(ask);
sending(ask);
errors(ask);
reported(ask);
order(ask);
// Its number sends a quarter as much a second from here on.
phone(ask);
// Last: from here on the Meta app is the operator’s.
batches(ask);
