/** @jsxImportSource preact */
import { Elysia } from 'elysia';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { Services } from '#src/services.ts';
import { session } from '#src/sessions/session.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { GalleryPage } from './gallery/gallery-page.tsx';
import { StartOverPage } from './start-over-page.tsx';

export type DemoParts = {
  phoneUrl: string;
  /** Makes a new shop and resolves to the path that signs its owner in, once. */
  startOver(): Promise<string>;
  /** Resolves to the id of the conversation with every kind of message, begun when it is first asked for. */
  gallery(): Promise<number>;
};

/** What the slim bar of the demonstration leads to. */
export const demoPages = (services: Services, { phoneUrl, startOver, gallery }: DemoParts) =>
  new Elysia({ name: 'demo-pages', prefix: '/demo' })
    .use(session(services))
    .get('/phone', () => seeOther(phoneUrl))
    .get('/reset', () => page(<StartOverPage />))
    .post('/reset', async () => seeOther(await startOver()))
    .get('/gallery', () => page(<GalleryPage />))
    .post('/gallery', async () => seeOther(conversationPath(await gallery(), 'all')));
