import { Elysia, t } from 'elysia';
import { idFrom } from '#src/conversations/conversation.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { openSharedContact } from './shared-card.ts';

type CardServices = Pick<Services, 'accounts' | 'live' | 'now'> & SessionServices;

/** Making contacts of the cards that customers share. */
export const sharedCards = (services: CardServices) =>
  new Elysia({ name: 'shared cards' }).use(session(services)).post(
    '/messages/:id/contacts',
    async ({ viewer, params, body }) => {
      const place = { messageId: idFrom(params.id), card: Number(body.card) };
      const conversationId = await services.accounts.use(viewer.accountId, async (inbox) => {
        const opened = await openSharedContact(inbox, place, viewer, services.now());
        await services.live.publish(inbox, [{ conversationId: opened }]);
        return opened;
      });
      return seeOther(conversationPath(conversationId));
    },
    {
      params: t.Object({ id: t.String() }),
      body: t.Object({ card: t.String({ pattern: '^\\d{1,4}$' }) }),
    },
  );
