import { Elysia } from 'elysia';
import { NotFound } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { sessionCookie } from '#src/sessions/cookie.ts';
import { storeOf } from '#src/sessions/find-session.ts';
import { ABSOLUTE_MS } from '#src/sessions/limits.ts';
import { hashSecret, newSecret } from '#src/sessions/secrets.ts';

export type DemoPerson = { userId: number; accountId: number };

/** Links that sign somebody in once, by the hash of their secret. */
export type LoginLinks = Map<string, DemoPerson>;

export function createLoginLink(links: LoginLinks, person: DemoPerson): string {
  const token = newSecret();
  links.set(hashSecret(token), person);
  return `/demo/login/${token}`;
}

/** The one GET that changes anything, and only here: whoever started the demonstration has no password to type. */
export const demoLogin = (services: Services, links: LoginLinks) =>
  new Elysia({ name: 'demo-login' }).get('/demo/login/:token', async ({ params }) => {
    const hash = hashSecret(params.token);
    const person = links.get(hash);
    if (!person) {
      throw new NotFound('no such link, or it was used');
    }
    links.delete(hash);
    const token = await storeOf(services).begin({ ...person, epoch: 0, ip: null, agent: null });
    const cookie = sessionCookie(token, ABSOLUTE_MS, services.config);
    return new Response(null, { status: 303, headers: { location: '/inbox', 'set-cookie': cookie } });
  });
