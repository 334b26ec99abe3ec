/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { idFrom } from '#src/conversations/conversation.ts';
import { Invalid } from '#src/errors.ts';
import { fragment, wantsFragment } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { composeMessage } from './compose.ts';
import { tellDraft } from './draft-tell.ts';
import { react } from './reaction.ts';
import { markRead } from './receipt-reading.ts';
import { repeatMessage } from './repetition.ts';
import { choices, resolveUnknown } from './resolution.ts';
import { cancelMessage } from './resolution-cancellation.ts';
import { type AnswerServices, answer, refuse } from './routes-answer.tsx';
import { ChosenFiles, FileIds, readFileIds, refuseChosen } from './routes-file-ids.ts';

// An id in an address is text until `idFrom` reads it, so that a wrong one leads nowhere.
const OfOne = t.Object({ id: t.String() });
/** Far above WhatsApp's limit, so that what is too long is answered with a sentence, and kept. */
const LONGEST_TYPED = 300_000;
const Message = t.Object({
  text: t.String({ maxLength: LONGEST_TYPED }),
  key: t.String({ minLength: 1, maxLength: 128 }),
  quoted: t.Optional(t.String({ maxLength: 20 })),
  files: t.Optional(FileIds),
  file: t.Optional(ChosenFiles),
  seen: t.Optional(t.String({ pattern: '^\\d{1,16}$' })),
  revision: t.Optional(t.String({ pattern: '^\\d{1,15}$' })),
  back: t.Optional(t.String()),
  preview: t.Optional(t.String({ maxLength: 10 })),
});
const Reaction = t.Object({ emoji: t.String({ maxLength: 64 }) });
const Resolution = t.Object({ choice: t.Union(choices.map((choice) => t.Literal(choice))) });
const Reading = t.Object({ message: t.String({ maxLength: 20 }) });

/** Writing messages, and what can be done with one that was written. */
export const messages = (services: AnswerServices & SessionServices) => {
  const { accounts, delivery, now } = services;

  return new Elysia({ name: 'messages' })
    .use(session(services))
    .post(
      '/conversations/:id/messages',
      async ({ request, viewer, params, body }) => {
        const { text, key, quoted, files, file, seen, revision, back, preview } = body;
        const conversationId = idFrom(params.id);
        try {
          refuseChosen(file);
          const message = {
            conversationId,
            text,
            key,
            keyOwner: `person:${viewer.userId}`,
            origin: 'inbox' as const,
            ...(files ? { files: readFileIds(files) } : {}),
            ...(preview && !files ? { content: { kind: 'text' as const, hasPreview: true } } : {}),
            ...(quoted ? { quotedId: readQuoted(quoted) } : {}),
            ...(seen ? { seenId: Number(seen) } : {}),
            ...(revision ? { draftRevision: Number(revision) } : {}),
          };
          return await answer(services, { request, viewer, back }, async (inbox) => {
            const { change, draft } = await composeMessage(inbox, message, viewer, now());
            if (draft) {
              tellDraft(services.live, viewer, draft);
            }
            return change;
          });
        } catch (error) {
          return refuse(services, {
            request,
            viewer,
            conversationId,
            back,
            quote: quoted,
            text,
            preview,
            error,
          });
        }
      },
      { params: OfOne, body: Message },
    )
    .post(
      '/conversations/:id/reading',
      async ({ request, viewer, params, body }) => {
        const reading = { conversationId: idFrom(params.id), messageId: idFrom(body.message) };
        await accounts.use(viewer.accountId, async (inbox) => {
          if (await markRead(inbox, reading, viewer, now())) {
            delivery.poke(viewer.accountId);
          }
        });
        return wantsFragment(request) ? fragment([]) : seeOther(conversationPath(reading.conversationId));
      },
      { params: OfOne, body: Reading },
    )
    .post(
      '/messages/:id/reaction',
      ({ request, viewer, params, body }) =>
        answer(services, { request, viewer }, (inbox) =>
          react(inbox, { messageId: idFrom(params.id), emoji: body.emoji }, viewer, now()),
        ),
      { params: OfOne, body: Reaction },
    )
    .post(
      '/messages/:id/resolution',
      ({ request, viewer, params, body }) =>
        answer(services, { request, viewer }, (inbox) =>
          resolveUnknown(inbox, { messageId: idFrom(params.id), choice: body.choice }, viewer, now()),
        ),
      { params: OfOne, body: Resolution },
    )
    .post(
      '/messages/:id/repetition',
      ({ request, viewer, params }) =>
        answer(services, { request, viewer }, (inbox) =>
          repeatMessage(inbox, idFrom(params.id), viewer, now()),
        ),
      { params: OfOne },
    )
    .post(
      '/messages/:id/cancellation',
      ({ request, viewer, params }) =>
        answer(services, { request, viewer }, (inbox) => cancelMessage(inbox, idFrom(params.id), viewer)),
      { params: OfOne },
    );
};

function readQuoted(text: string): number {
  if (!/^[1-9]\d{0,15}$/.test(text)) {
    throw new Invalid({ quoted: 'The message you answer is not in this conversation.' });
  }
  return Number(text);
}
