/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { Person } from '../layouts/person.ts';
import { Icon } from '../shared/icon.tsx';
import { calledName } from '../shared/name.tsx';
import { WindowRing } from '../shared/ring.tsx';
import { words } from '../words/words.ts';
import type { ViewName } from './view.ts';

type Props = { row: ConversationSummary; view: ViewName };

const says = words.blocking;

/** In the contact pane: blocking, behind what it means, or taking it back. */
export const BlockingSection = ({ row, view }: Props) => (
  <section>
    {row.isBlocked ? (
      <>
        <h3>{says.isBlocked}</h3>
        <Unblock row={row} view={view} />
      </>
    ) : (
      <details class="rest">
        <summary>{says.block}</summary>
        <p class="small">{says.means(calledName(row.contact.name))}</p>
        <form method="post" action={`/contacts/${row.contact.id}/blocking`}>
          <Back row={row} view={view} />
          <button class="btn" type="submit">
            {says.confirm(calledName(row.contact.name))}
          </button>
        </form>
      </details>
    )}
  </section>
);

/** In place of the box one writes in. */
export const BlockedComposer = ({ row, view, viewer, now }: Props & { viewer: Person; now: number }) => (
  <section class="composer shut" aria-labelledby="shut-title">
    <header>
      <WindowRing name={row.contact.name} expiresAt={null} now={now}>
        <Icon name="lock" small />
      </WindowRing>
      <h3 id="shut-title">{says.isBlocked}</h3>
      <p>{says.means(calledName(row.contact.name))}</p>
    </header>
    {viewer.permissions.has('contacts.block') ? (
      <div class="shut__kept">
        <Unblock row={row} view={view} />
      </div>
    ) : null}
  </section>
);

const Unblock = ({ row, view }: Props) => (
  <form class="bar" method="post" action={`/contacts/${row.contact.id}/unblocking`}>
    <Back row={row} view={view} />
    <button class="btn" type="submit">
      {says.unblock}
    </button>
  </form>
);

const Back = ({ row, view }: Props) => (
  <>
    <input type="hidden" name="conversation" value={row.id} />
    <input type="hidden" name="back" value={view} />
  </>
);
