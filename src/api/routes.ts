import { Elysia, t } from 'elysia';
import { findFile } from '#src/attachments/find-file.ts';
import { serveFile } from '#src/attachments/serve-file.ts';
import type { UploadParts } from '#src/attachments/upload.ts';
import { createUploadPlaces } from '#src/attachments/upload-places.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { filterConversations } from '#src/conversations/filter.ts';
import { Invalid } from '#src/errors.ts';
import { composeMessage } from '#src/messages/compose.ts';
import { composeTemplate } from '#src/messages/compose-template.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { createSearchLimits } from '#src/search/limits.ts';
import type { Services } from '#src/services.ts';
import { bearer, demands } from './bearer.ts';
import { conversationJson } from './conversation-json.ts';
import { listMessages, loadMessage } from './messages.ts';
import { takeMedia } from './new-media.ts';
import { NewMessageJson, readNewMessage } from './new-message.ts';
import { readBefore, readCursorText, readFilter, readLimit } from './query.ts';
import { ReactionJson, setReaction } from './reaction.ts';
import { asRequested } from './request-fields.ts';
import { searchJson } from './search.ts';

const text = t.Optional(t.String({ maxLength: 200 }));
const Id = t.Object({ id: t.String() });

type ApiServices = UploadParts &
  Pick<Services, 'config' | 'control' | 'accounts' | 'reader' | 'now' | 'log'> & {
    delivery: Pick<Services['delivery'], 'poke'>;
  };

/** The REST API: JSON in and out, errors as problem documents. */
export const api = (services: ApiServices) => {
  const { accounts, live, delivery, now } = services;
  const places = createUploadPlaces();
  const searches = createSearchLimits({ now, perSecond: null });

  return new Elysia({ name: 'api', prefix: '/api/v1' })
    .use(bearer(services))
    .get(
      '/conversations',
      ({ viewer, query }) =>
        accounts.use(viewer.accountId, async (inbox) => {
          const place = { cursor: readCursorText(query.cursor), limit: readLimit(query.limit) };
          const { rows, next } = await filterConversations(inbox, readFilter(query), viewer, place);
          return { data: rows.map(conversationJson), next };
        }),
      {
        ...demands('conversations.read'),
        query: t.Object({ state: text, assignee: text, cursor: text, limit: text }),
      },
    )
    .get(
      '/conversations/:id/messages',
      ({ viewer, params, query }) =>
        accounts.use(viewer.accountId, (inbox) => {
          const place = { before: readBefore(query), limit: readLimit(query.limit) };
          return listMessages(inbox, idFrom(params.id), viewer, place);
        }),
      {
        ...demands('conversations.read'),
        params: Id,
        query: t.Object({ before: text, cursor: text, limit: text }),
      },
    )
    .post(
      '/conversations/:id/messages',
      ({ request, viewer, params, body, status }) =>
        accounts.use(viewer.accountId, async (inbox) => {
          const message = {
            conversationId: idFrom(params.id),
            key: readIdempotencyKey(request),
            keyOwner: `key:${viewer.keyId}`,
            origin: 'api' as const,
          };
          const given = readNewMessage(body);
          const composing =
            'read' in given
              ? composeTemplate(inbox, { ...message, ...given }, mayName(viewer), now())
              : composeMessage(inbox, { ...message, ...given }, mayName(viewer), now());
          const { messageId, isNew, change } = await composing.catch(asRequested(body.type));
          if (isNew) {
            delivery.poke(viewer.accountId);
            await live.publish(inbox, [change]);
          }
          return status(202, await loadMessage(inbox, messageId, viewer));
        }),
      { ...demands('messages.send'), params: Id, body: NewMessageJson },
    )
    .put(
      '/messages/:id/reaction',
      async ({ viewer, params, body, status }) =>
        status(202, await setReaction(services, mayName(viewer), idFrom(params.id), body.emoji)),
      { ...demands('messages.send'), params: Id, body: ReactionJson },
    )
    .delete(
      '/messages/:id/reaction',
      async ({ viewer, params }) => {
        await setReaction(services, mayName(viewer), idFrom(params.id), null);
        return new Response(null, { status: 204 });
      },
      { ...demands('messages.send'), params: Id },
    )
    .get('/search', ({ request, viewer, query }) => searchJson(services, searches, request, viewer, query), {
      ...demands('conversations.read'),
      query: t.Object({ q: t.Optional(t.String({ maxLength: 4_000 })), limit: text, cursor: text }),
    })
    .post(
      '/media',
      ({ request, viewer, status }) =>
        places.in(viewer, async () => status(201, await takeMedia(services, request, viewer))),
      { ...demands('messages.send'), parse: 'none' },
    )
    .get(
      '/media/:id',
      ({ request, viewer, params }) =>
        serveFile(services, {
          request,
          accountId: viewer.accountId,
          find: (inbox) => findFile(inbox, idFrom(params.id), viewer),
          isDownload: true,
        }),
      { ...demands('conversations.read'), params: Id },
    );
};

/** Who may send may name any conversation to send into, without being able to read what is said there. */
const mayName = (viewer: Viewer): Viewer => ({
  ...viewer,
  permissions: new Set([...viewer.permissions, 'conversations.read']),
});

/** Kept for ever with the message: whoever repeats a request with it gets the same message. */
function readIdempotencyKey(request: Request): string {
  const key = request.headers.get('idempotency-key') ?? '';
  if (!/^[\x20-\x7e]{1,128}$/.test(key)) {
    throw new Invalid({
      'Idempotency-Key': 'Send this header with 1 to 128 printable characters, new for each message.',
    });
  }
  return key;
}
