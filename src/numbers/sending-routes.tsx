/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { SendingSettingsPage } from '#views/numbers/sending-settings-page.tsx';
import { findSending, readPolicy, setSending } from './set-sending.ts';

const One = t.Object({ id: t.String() });
const Ticked = t.Optional(t.String({ maxLength: 10 }));
const Wanted = t.Object({ receipts: t.String({ maxLength: 20 }), typing: Ticked, previews: Ticked });

/** What customers of a number learn besides what is written to them. */
export const numberSending = (services: SessionServices) => {
  const { accounts, control, now } = services;
  type Shown = { done?: boolean; wanted?: typeof Wanted.static; errors?: Record<string, string> };

  const show = async (viewer: PersonViewer, id: string, { done = false, wanted, errors = {} }: Shown) => {
    const number = await accounts.use(viewer.accountId, (inbox) => findSending(inbox, idFrom(id), viewer));
    const account = await findAccount(control, viewer.accountId, viewer);
    const chosen = wanted
      ? {
          readReceipts: wanted.receipts,
          showsTyping: wanted.typing !== undefined,
          hasPreviews: wanted.previews !== undefined,
        }
      : {};
    const props = { viewer, account, number: { ...number, ...chosen }, done, errors };
    return page(<SendingSettingsPage {...props} />, wanted ? { status: 422 } : {});
  };

  return new Elysia({ name: 'number sending' })
    .use(session(services))
    .get(
      '/numbers/:id/sending',
      ({ viewer, params, query }) => show(viewer, params.id, { done: 'done' in query }),
      {
        params: One,
      },
    )
    .post(
      '/numbers/:id/sending',
      async ({ viewer, params, body }) => {
        const id = idFrom(params.id);
        try {
          const wanted = {
            id,
            readReceipts: readPolicy(body.receipts),
            showsTyping: body.typing !== undefined,
            hasPreviews: body.previews !== undefined,
          };
          await accounts.use(viewer.accountId, (inbox) => setSending(inbox, wanted, viewer, now()));
          return seeOther(`/numbers/${id}/sending?done`);
        } catch (error) {
          if (error instanceof Invalid) {
            return show(viewer, params.id, { wanted: body, errors: error.fields });
          }
          throw error;
        }
      },
      { params: One, body: Wanted },
    );
};
