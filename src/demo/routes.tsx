/** @jsxImportSource preact */
import { Elysia } from 'elysia';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { Services } from '#src/services.ts';
import { session } from '#src/sessions/session.ts';
import { StartOverPage } from './start-over-page.tsx';

export type DemoParts = {
  phoneUrl: string;
  /** Makes a new shop and resolves to the path that signs its owner in, once. */
  startOver(): Promise<string>;
};

/** What the slim bar of the demonstration leads to. */
export const demoPages = (services: Services, { phoneUrl, startOver }: DemoParts) =>
  new Elysia({ name: 'demo-pages', prefix: '/demo' })
    .use(session(services))
    .get('/phone', () => seeOther(phoneUrl))
    .get('/reset', () => page(<StartOverPage />))
    .post('/reset', async () => seeOther(await startOver()));
