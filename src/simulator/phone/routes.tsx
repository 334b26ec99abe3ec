/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { createCustomer } from '../customers.ts';
import type { Person } from '../people.ts';
import { customersSamples } from '../samples/samples.ts';
import { sendSample } from '../samples/send-sample.ts';
import { type Scenes, sceneIds } from '../scenes.ts';
import { words } from '../words.ts';
import { findThread, peopleByLastMessage, type World } from '../world.ts';
import { html, NotFound, plain, seeOther } from './answers.ts';
import { assets } from './assets.ts';
import { changes } from './changes.ts';
import { fileOf, readChosen } from './files.ts';
import { PhoneList } from './list.tsx';
import { fromThisPage } from './origin.ts';
import { ThreadPage } from './thread-page.tsx';

type Parts = { world: World; scenes: Scenes; host: string };

const OfNumber = t.Object({ number: t.String() });
const OfFile = t.Object({ number: t.String(), place: t.Optional(t.Integer({ minimum: 0 })) });

/** How long a form waits for the webhook before it shows the thread with one tick only. */
const PATIENCE = 1000;

/** The customer's phone as pages that work without a script. */
export const phone = ({ world, scenes, host }: Parts) =>
  new Elysia({ prefix: '/phone' })
    .onError(({ error }) => (error instanceof NotFound ? plain(404, words.notFound) : undefined))
    .onBeforeHandle(({ request }) => (fromThisPage(request, host) ? undefined : plain(403, words.foreign)))
    .get(
      '',
      ({ query }) =>
        query.as
          ? seeOther(threadPath(query.as, query.number))
          : html(<PhoneList people={peopleByLastMessage(world)} />),
      { query: t.Object({ as: t.Optional(t.String()), number: t.Optional(t.String()) }) },
    )
    .get(
      '/:waId',
      ({ params, query }) => {
        const number = findNumber(world, query.number);
        return html(
          <ThreadPage
            world={world}
            thread={findThread(world, number.phoneNumberId, findPerson(world, params.waId))}
            number={number}
            numbers={[...world.numbers.values()]}
            people={peopleByLastMessage(world)}
            scenes={scenes.list(number.phoneNumberId)}
            quote={query.quote ?? null}
          />,
        );
      },
      { query: t.Object({ number: t.Optional(t.String()), quote: t.Optional(t.String()) }) },
    )
    .get('/:waId/events', ({ params, query }) => changes(world, params.waId, query.number), {
      query: OfNumber,
    })
    .post(
      '/:waId/messages',
      async ({ params, body }) => {
        const customer = createCustomer(world, findPerson(world, params.waId));
        const number = findNumber(world, body.number);
        const options = body.quote ? { quote: body.quote } : {};
        await briefly(customer.say(number.phoneNumberId, body.text, options));
        return seeOther(threadPath(params.waId, body.number));
      },
      {
        body: t.Object({
          number: t.String(),
          text: t.String({ minLength: 1, maxLength: 4096 }),
          quote: t.Optional(t.String()),
        }),
      },
    )
    .get(
      '/:waId/files/:wamid',
      ({ params: { waId, wamid }, query: { number, place } }) =>
        fileOf(world, findPerson(world, waId), { phoneNumberId: number, wamid, place: place ?? 0 }),
      { query: OfFile },
    )
    .post(
      '/:waId/files',
      async ({ params, request }) => {
        const person = findPerson(world, params.waId);
        const chosen = await readChosen(request);
        if (chosen === null) {
          return plain(422, words.noFile);
        }
        const number = findNumber(world, chosen.number);
        const { message, options } = chosen;
        await briefly(createCustomer(world, person).sendFile(number.phoneNumberId, message, options));
        return seeOther(threadPath(params.waId, chosen.number));
      },
      { parse: 'none' },
    )
    .post(
      '/:waId/samples',
      async ({ params, body }) => {
        const number = findNumber(world, body.number);
        const options = body.quote ? { quote: body.quote } : {};
        const customer = createCustomer(world, findPerson(world, params.waId));
        await briefly(sendSample(customer, number.phoneNumberId, body.sample, options));
        return seeOther(threadPath(params.waId, body.number));
      },
      {
        body: t.Object({
          number: t.String(),
          sample: t.UnionEnum(customersSamples),
          quote: t.Optional(t.String()),
        }),
      },
    )
    .post(
      '/:waId/plays',
      async ({ params, body }) => {
        const customer = createCustomer(world, findPerson(world, params.waId));
        await briefly(customer.play(findNumber(world, body.number).phoneNumberId, body.wamid));
        return seeOther(threadPath(params.waId, body.number));
      },
      { body: t.Object({ number: t.String(), wamid: t.String() }) },
    )
    .post(
      '/:waId/reactions',
      async ({ params, body }) => {
        const customer = createCustomer(world, findPerson(world, params.waId));
        const number = findNumber(world, body.number);
        await briefly(customer.react(number.phoneNumberId, body.wamid, body.emoji));
        return seeOther(threadPath(params.waId, body.number));
      },
      { body: t.Object({ number: t.String(), wamid: t.String(), emoji: t.String({ maxLength: 64 }) }) },
    )
    .post(
      '/:waId/reading',
      async ({ params, body }) => {
        const customer = createCustomer(world, findPerson(world, params.waId));
        await briefly(customer.read(findNumber(world, body.number).phoneNumberId));
        return seeOther(threadPath(params.waId, body.number));
      },
      { body: OfNumber },
    )
    .post(
      '/:waId/scenes',
      async ({ params, body }) => {
        await briefly(scenes.toggle(body.scene, findNumber(world, body.number).phoneNumberId));
        return seeOther(threadPath(params.waId, body.number));
      },
      {
        body: t.Object({
          number: t.String(),
          scene: t.UnionEnum(sceneIds),
        }),
      },
    )
    .use(assets);

/** A webhook that fails shows as a missing tick, not as an error of the phone. */
async function briefly(work: Promise<unknown>): Promise<void> {
  await Promise.race([work.catch(() => undefined), Bun.sleep(PATIENCE)]);
}

function findPerson(world: World, waId: string): Person {
  const person = world.people.get(waId);
  if (!person) {
    throw new NotFound();
  }
  return person;
}

/** The number that was asked for, or the first. */
function findNumber(world: World, phoneNumberId: string | undefined) {
  const number = phoneNumberId ? world.numbers.get(phoneNumberId) : world.numbers.values().next().value;
  if (!number) {
    throw new NotFound();
  }
  return number;
}

function threadPath(waId: string, phoneNumberId: string | undefined): string {
  const query = phoneNumberId ? `?number=${encodeURIComponent(phoneNumberId)}` : '';
  return `/phone/${encodeURIComponent(waId)}${query}`;
}
