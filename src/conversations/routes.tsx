/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import type { Inbox } from '#src/db/inbox.ts';
import { Invalid } from '#src/errors.ts';
import { fragment, page, wantsFragment } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { LiveChange } from '#src/live/change.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { InboxPage } from '#views/inbox/inbox-page.tsx';
import { Opened } from '#views/inbox/opened.tsx';
import { conversationPath } from '#views/inbox/view.ts';
import { type Asked, answer } from './answer.tsx';
import { assign } from './assignment.ts';
import { close } from './closure.ts';
import { findConversation, idFrom, parseId } from './conversation.ts';
import { loadPage, type PageServices, type PersonViewer, type Wanted } from './load-page.ts';
import { reopen } from './reopening.ts';
import { bestView, viewNames } from './views.ts';
import { waiveAnswer } from './waiver.ts';

const View = t.Union(viewNames.map((name) => t.Literal(name)));
const Page = t.Object({
  cursor: t.Optional(t.String({ maxLength: 200 })),
  before: t.Optional(t.String({ maxLength: 200 })),
  message: t.Optional(t.String({ maxLength: 20 })),
  quote: t.Optional(t.String({ maxLength: 200 })),
});
const inList = { params: t.Object({ view: View }), query: Page };
const inThread = { params: t.Object({ view: View, id: t.String() }), query: Page };
// An id in an address is text until `idFrom` reads it, so that a wrong one leads nowhere.
const ofOne = {
  params: t.Object({ id: t.String() }),
  body: t.Optional(t.Object({ back: t.Optional(t.String()), seen: t.Optional(t.String()) })),
};
const Assignment = t.Object({ assignee: t.String(), back: t.Optional(t.String()) });

/** The inbox: its lists, its threads, and the states of a conversation. */
export const conversations = (services: PageServices & SessionServices) => {
  const { accounts, now } = services;
  const show = async (request: Request, viewer: PersonViewer, wanted: Wanted) => {
    const isPart = wantsFragment(request);
    const props = await loadPage(services, viewer, { ...wanted, isPart });
    return isPart ? fragment(<Opened {...props} />) : page(<InboxPage {...props} />);
  };

  /** Does something to a conversation that its viewer may see. */
  const change = (id: string, asked: Asked, verb: (inbox: Inbox, id: number) => Promise<LiveChange[]>) =>
    answer(services, asked, async (inbox) => {
      const { id: conversationId } = await findConversation(inbox, idFrom(id), asked.viewer);
      return { conversationId, changes: await verb(inbox, conversationId) };
    });

  return new Elysia({ name: 'conversations' })
    .use(session(services))
    .get('/', () => seeOther('/inbox/mine'))
    .get('/inbox', () => seeOther('/inbox/mine'))
    .get(
      '/inbox/:view',
      ({ request, viewer, params, query }) => show(request, viewer, { ...query, ...params, pane: 'list' }),
      inList,
    )
    .get(
      '/inbox/:view/:id',
      ({ request, viewer, params, query }) => show(request, viewer, { ...query, ...params, pane: 'thread' }),
      inThread,
    )
    .get(
      '/inbox/:view/:id/contact',
      ({ request, viewer, params, query }) => show(request, viewer, { ...query, ...params, pane: 'contact' }),
      inThread,
    )
    .get(
      '/c/:id',
      ({ viewer, params }) =>
        accounts.use(viewer.accountId, async (inbox) => {
          const conversation = await findConversation(inbox, idFrom(params.id), viewer);
          return seeOther(conversationPath(conversation.id, bestView(conversation, viewer)));
        }),
      { params: t.Object({ id: t.String() }) },
    )
    .post(
      '/conversations/:id/assignment',
      ({ request, viewer, params, body }) =>
        change(params.id, { request, viewer, back: body.back }, (inbox, id) =>
          assign(inbox, { conversationId: id, assigneeId: readAssignee(body.assignee) }, viewer, now()),
        ),
      { ...ofOne, body: Assignment },
    )
    .post(
      '/conversations/:id/closure',
      ({ request, viewer, params, body }) =>
        change(params.id, { request, viewer, back: body?.back }, (inbox, id) =>
          close(inbox, id, viewer, now(), readSeen(body?.seen)),
        ),
      ofOne,
    )
    .post(
      '/conversations/:id/reopening',
      ({ request, viewer, params, body }) =>
        change(params.id, { request, viewer, back: body?.back }, (inbox, id) =>
          reopen(inbox, id, viewer, now()),
        ),
      ofOne,
    )
    .post(
      '/conversations/:id/waiver',
      ({ request, viewer, params, body }) =>
        change(params.id, { request, viewer, back: body?.back }, (inbox, id) =>
          waiveAnswer(inbox, id, viewer, now(), readSeen(body?.seen)),
        ),
      ofOne,
    );
};

/** The customer's last message that was seen; 0 before their first one, null where nobody says. */
const readSeen = (text = ''): number | null => (text === '0' ? 0 : parseId(text));

/** The empty button leaves it to nobody. */
function readAssignee(text: string): number | null {
  const id = parseId(text);
  if (id === null && text !== '') {
    throw new Invalid({ assignee: 'Choose somebody from the list.' });
  }
  return id;
}
