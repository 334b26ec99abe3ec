/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { Icon } from '../shared/icon.tsx';
import { calledName } from '../shared/name.tsx';
import { WindowRing } from '../shared/ring.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { PickTemplate } from './pick-template.tsx';
import type { ViewName } from './view.ts';

type Props = {
  row: ConversationSummary;
  view: ViewName;
  kept: string;
  timeZone: string;
  now: number;
};

/** In place of the box: when the window closed, and what opens it again. */
export function ClosedWindow({ row, view, kept, timeZone, now }: Props) {
  const { contact } = row;
  const name = calledName(contact.name);
  return (
    <section class="composer shut" aria-labelledby="shut-title">
      <header>
        <WindowRing name={contact.name} expiresAt={null} now={now}>
          <Icon name="lock" small />
        </WindowRing>
        <h3 id="shut-title">
          {row.windowExpiresAt === null ? (
            words.neverOpened(name)
          ) : (
            <>
              {words.closedAt(name)} ·{' '}
              <LocalTime at={row.windowExpiresAt} style="moment" timeZone={timeZone} now={now} />
            </>
          )}
        </h3>
        <p>{words.closedWhy(name)}</p>
      </header>
      <div class="shut__body" data-picker-place="">
        <PickTemplate conversationId={row.id} view={view} />
      </div>
      <div class="shut__kept" hidden={kept === ''}>
        <p class="meta">{words.keptText}</p>
        <blockquote dir="auto" data-kept="">
          {kept}
        </blockquote>
      </div>
    </section>
  );
}

/** In place of the box for somebody who may only read. */
export const ReadOnly = () => (
  <section class="composer shut" aria-labelledby="shut-title">
    <header>
      <span class="ring ring--team">
        <Icon name="lock" small />
      </span>
      <h3 id="shut-title">{words.readOnlyTitle}</h3>
      <p>{words.readOnlyText}</p>
    </header>
  </section>
);
