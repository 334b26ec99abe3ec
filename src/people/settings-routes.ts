import { Elysia } from 'elysia';
import { leaving } from './leaving-routes.tsx';
import type { Managing } from './managing.ts';
import { person } from './person-routes.tsx';
import { people } from './routes.tsx';
import { createShownOnce } from './shown-once.ts';

/** The pages of those who look after the people of a business. */
export const peopleSettings = (services: Managing) => {
  const shownOnce = createShownOnce();
  return new Elysia({ name: 'people-settings' })
    .use(people(services, shownOnce))
    .use(person(services, shownOnce))
    .use(leaving(services));
};
