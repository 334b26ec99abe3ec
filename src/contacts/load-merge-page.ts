import { findAccount } from '#src/accounts/find-account.ts';
import { parseId } from '#src/conversations/conversation.ts';
import { listMembers } from '#src/people/members.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { BLANK } from '#src/search/asked.ts';
import type { SearchLimits } from '#src/search/limits.ts';
import { loadSearch, type SearchPageServices } from '#src/search/load-search.ts';
import type { MergePageProps } from '#views/contacts/merge-page.tsx';
import { findPerson } from './contact.ts';
import { listMerges } from './list-merges.ts';
import { previewMerge } from './merge.ts';

type Wanted = { contactId: number; q?: string | undefined; other?: string | undefined };
type PersonViewer = Extract<Viewer, { kind: 'person' }>;

/** Whom a contact could be merged with, what it would come to, and what it was merged with before. */
export async function loadMergePage(
  services: SearchPageServices,
  limits: SearchLimits,
  viewer: PersonViewer,
  { contactId, q = '', other = '' }: Wanted,
): Promise<MergePageProps> {
  const { accounts, control, now } = services;
  const account = await findAccount(control, viewer.accountId, viewer);
  const otherId = parseId(other);
  const loaded = await accounts.use(viewer.accountId, async (inbox) => {
    const person = await findPerson(inbox, contactId, viewer);
    demand(viewer, 'contacts.merge');
    return {
      person,
      merges: await listMerges(inbox, person.id, viewer),
      preview: otherId === null ? null : await previewMerge(inbox, { contactId, otherId }, viewer, now()),
      members: await listMembers(inbox),
    };
  });
  const search = await loadSearch(services, limits, viewer, { ...BLANK, only: 'contacts', q }, 'box');
  return { viewer, account, ...loaded, q, search: search.state, now: now() };
}
