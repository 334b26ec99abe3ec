/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { fragment, page, wantsFragment } from '#src/http/page.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { SearchBoxFound } from '#views/search/search-box.tsx';
import { SearchPage, type SearchProps } from '#views/search/search-page.tsx';
import { BLANK } from './asked.ts';
import { createSearchLimits } from './limits.ts';
import { loadSearch, type SearchPageServices } from './load-search.ts';

const PER_SECOND = 4;

const Text = t.Optional(t.String({ maxLength: 200 }));
const Query = t.Object({
  q: t.Optional(t.String({ maxLength: 4_000 })),
  number: Text,
  assignee: Text,
  by: Text,
  since: Text,
  until: Text,
  order: Text,
  only: Text,
  cursor: Text,
});

/** Search as a page; in part, for the box of the inbox, while somebody types. */
export const search = (services: SearchPageServices & SessionServices) => {
  const limits = createSearchLimits({ now: services.now, perSecond: PER_SECOND });
  return new Elysia({ name: 'search' }).use(session(services)).get(
    '/search',
    async ({ request, viewer, query }) => {
      const isForBox = wantsFragment(request);
      const asked = { ...BLANK, ...query };
      const props = await loadSearch(services, limits, viewer, asked, isForBox ? 'box' : 'page');
      const options = answerOptions(props);
      return isForBox
        ? fragment(<SearchBoxFound {...props} />, options)
        : page(<SearchPage {...props} />, options);
    },
    { query: Query },
  );
};

const AGAIN_S = '1';

function answerOptions({ state }: SearchProps): { status?: number; headers?: Record<string, string> } {
  if (state.kind === 'often') {
    return { status: 429, headers: { 'retry-after': String(state.waitSeconds) } };
  } else if (state.kind === 'busy' || state.kind === 'late') {
    return { status: 503, headers: { 'retry-after': AGAIN_S } };
  } else {
    return {};
  }
}
