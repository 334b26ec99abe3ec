import { Elysia, t } from 'elysia';
import { idFrom, parseId } from '#src/conversations/conversation.ts';
import { viewOf } from '#src/conversations/views.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { block, noteRefusals, unblock } from './block.ts';
import { tellMeta } from './block-at-meta.ts';

type BlockServices = SessionServices & Pick<Services, 'live' | 'whatsapp'>;

const OfOne = {
  params: t.Object({ id: t.String() }),
  body: t.Optional(
    t.Object({
      conversation: t.Optional(t.String({ maxLength: 20 })),
      back: t.Optional(t.String({ maxLength: 40 })),
    }),
  ),
};

/** Blocking customers and unblocking them: here at once, then at WhatsApp. */
export const blocking = (services: BlockServices) => {
  const { accounts, live, whatsapp, now } = services;
  type Given = {
    id: string;
    viewer: PersonViewer;
    body: { conversation?: string; back?: string } | null | undefined;
  };

  const change = ({ id, viewer, body }: Given, isBlocking: boolean) =>
    accounts.use(viewer.accountId, async (inbox) => {
      const verb = isBlocking ? block : unblock;
      const done = await verb(inbox, idFrom(id), viewer, now());
      await live.publish(inbox, done.changes);
      const refused = await tellMeta(whatsapp, inbox, done, isBlocking);
      if (refused.length > 0) {
        await live.publish(inbox, await noteRefusals(inbox, done, refused, viewer, now()));
      }
      const conversationId = parseId(body?.conversation ?? '') ?? done.conversationId;
      return seeOther(conversationPath(conversationId, viewOf(body?.back)));
    });

  return new Elysia({ name: 'blocking' })
    .use(session(services))
    .post(
      '/contacts/:id/blocking',
      ({ viewer, params: { id }, body }) => change({ id, viewer, body }, true),
      OfOne,
    )
    .post(
      '/contacts/:id/unblocking',
      ({ viewer, params: { id }, body }) => change({ id, viewer, body }, false),
      OfOne,
    );
};
