import { Elysia, t } from 'elysia';
import { answer } from '#src/conversations/answer.tsx';
import { idFrom } from '#src/conversations/conversation.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { fetchAgain } from './fetch-again.ts';

type FetchServices = SessionServices & Pick<Services, 'accounts' | 'fetching' | 'live' | 'now'>;

// An id in an address is text until `idFrom` reads it, so that a wrong one leads nowhere.
const OfOne = t.Object({ id: t.String() });

/** `POST /files/:id/fetching`: tries again what could not be fetched from WhatsApp. */
export const fileFetching = (services: FetchServices) =>
  new Elysia({ name: 'file-fetching' }).use(session(services)).post(
    '/files/:id/fetching',
    ({ request, viewer, params }) =>
      answer(services, { request, viewer }, async (inbox) => {
        const change = await fetchAgain(inbox, idFrom(params.id), viewer, services.now());
        services.fetching.poke(viewer.accountId);
        return { conversationId: change.conversationId, changes: [change] };
      }),
    { params: OfOne },
  );
