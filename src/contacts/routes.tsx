/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { idFrom, parseId } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { LiveChange } from '#src/live/change.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { createSearchLimits } from '#src/search/limits.ts';
import type { SearchPageServices } from '#src/search/load-search.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { MergePage } from '#views/contacts/merge-page.tsx';
import { mergePath } from '#views/contacts/path.ts';
import { loadMergePage } from './load-merge-page.ts';
import { merge } from './merge.ts';
import { undoMerge } from './undo-merge.ts';

type ContactServices = SessionServices & SearchPageServices & Pick<Services, 'live'>;

const PER_SECOND = 4;
const One = t.Object({ id: t.String() });
const Query = t.Object({
  q: t.Optional(t.String({ maxLength: 4_000 })),
  other: t.Optional(t.String({ maxLength: 20 })),
  done: t.Optional(t.Union([t.Literal('merged'), t.Literal('undone')])),
});

/** Making two contacts one, and two of one. */
export const contacts = (services: ContactServices) => {
  const { accounts, live, now } = services;
  const limits = createSearchLimits({ now, perSecond: PER_SECOND });

  type Done = { contactId: number; changes: LiveChange[] };
  const change = (viewer: PersonViewer, verb: (inbox: Inbox) => Promise<Done>) =>
    accounts.use(viewer.accountId, async (inbox) => {
      const { contactId, changes } = await verb(inbox);
      await live.publish(inbox, changes);
      return contactId;
    });

  /** The page without the other one, and why it cannot be that one. */
  const refused = async (
    viewer: PersonViewer,
    asked: { contactId: number; q?: string | undefined },
    error: unknown,
  ) => {
    if (error instanceof Invalid) {
      const props = await loadMergePage(services, limits, viewer, asked);
      return page(<MergePage {...props} errors={error.fields} />, { status: 422 });
    }
    throw error;
  };

  return new Elysia({ name: 'contacts' })
    .use(session(services))
    .get(
      '/contacts/:id/merge',
      async ({ viewer, params, query }) => {
        const { q, other, done } = query;
        const contactId = idFrom(params.id);
        try {
          const props = await loadMergePage(services, limits, viewer, { contactId, q, other });
          return page(<MergePage {...props} done={done} />);
        } catch (error) {
          return refused(viewer, { contactId, q }, error);
        }
      },
      { params: One, query: Query },
    )
    .post(
      '/contacts/:id/merge',
      async ({ viewer, params, body }) => {
        const contactId = idFrom(params.id);
        try {
          const pair = { contactId, otherId: readOther(body.other) };
          const survivorId = await change(viewer, (inbox) => merge(inbox, pair, viewer, now()));
          return seeOther(mergePath(survivorId, { done: 'merged' }));
        } catch (error) {
          return refused(viewer, { contactId }, error);
        }
      },
      { params: One, body: t.Object({ other: t.Optional(t.String()) }) },
    )
    .post(
      '/merges/:id/undoing',
      async ({ viewer, params }) => {
        const contactId = await change(viewer, (inbox) => undoMerge(inbox, idFrom(params.id), viewer, now()));
        return seeOther(mergePath(contactId, { done: 'undone' }));
      },
      { params: One },
    );
};

function readOther(text = ''): number {
  const id = parseId(text);
  if (id === null) {
    throw new Invalid({ other: 'Search for the other contact, and choose it from the list.' });
  }
  return id;
}
