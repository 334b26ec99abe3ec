/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import type { Person } from '../layouts/person.ts';
import { Icon } from '../shared/icon.tsx';
import { windowStage } from '../shared/window.ts';
import { words } from '../words/words.ts';
import { ClosedWindow, ReadOnly } from './closed-window.tsx';
import type { ViewName } from './view.ts';

export type ComposerProps = {
  row: ConversationSummary;
  view: ViewName;
  viewer: Person;
  composerKey: string;
  form?: { values: { text?: string }; errors: Record<string, string> } | undefined;
  quoting: ThreadMessage['quoted'];
  now: number;
  timeZone: string;
};

/** What can be said now: a box while the window is open, else what closed it and what opens it again. */
export function Composer(props: ComposerProps) {
  const { row, viewer, now } = props;
  const isOpen = windowStage(row.windowExpiresAt, now) !== 'closed';
  const kind = !viewer.permissions.has('messages.send') ? 'read-only' : isOpen ? 'open' : 'closed';
  return (
    <compose-box
      id={`composer-${row.id}`}
      data-mode={kind}
      data-unreachable={words.couldNotReach}
      data-refused={words.refused}
    >
      {kind === 'open' ? <Box {...props} /> : null}
      {kind === 'closed' ? (
        <ClosedWindow row={row} kept={props.form?.values.text ?? ''} timeZone={props.timeZone} now={now} />
      ) : null}
      {kind === 'read-only' ? <ReadOnly /> : null}
    </compose-box>
  );
}

function Box({ row, view, composerKey, form, quoting }: ComposerProps) {
  const name = row.contact.name;
  const path = `/conversations/${row.id}/messages`;
  const wrong = form?.errors.text ?? Object.values(form?.errors ?? {})[0];
  return (
    <form class="composer" method="post" action={path} hx-post={path} hx-swap="none">
      <input type="hidden" name="back" value={view} />
      <input type="hidden" name="key" value={composerKey} />
      <input type="hidden" name="quoted" value={quoting?.id ?? ''} />
      <div class="composer__quote" hidden={quoting === null}>
        <p class="quote">
          <b>
            <bdi data-quote="author">{quoting?.author}</bdi>
          </b>
          <span dir="auto" data-quote="excerpt">
            {quoting?.excerpt}
          </span>
        </p>
        <a class="btn btn--quiet btn--icon" href="?" data-drop-quote="">
          <Icon name="close" small />
          <span class="vh">{words.dropQuote}</span>
        </a>
      </div>
      <label class="vh" for="text">
        {words.messageTo(name)}
      </label>
      <textarea
        id="text"
        name="text"
        rows={2}
        maxLength={65_536}
        required
        dir="auto"
        placeholder={words.writeTo(name)}
        aria-describedby={wrong === undefined ? undefined : 'text-wrong'}
        aria-invalid={wrong === undefined ? undefined : 'true'}
      >
        {form?.values.text ?? ''}
      </textarea>
      <p class="composer__wrong" id="text-wrong" role="alert" hidden={wrong === undefined}>
        {wrong}
      </p>
      <div class="composer__tools">
        <span class="meta composer__hint">{words.sendHint}</span>
        <button class="btn btn--primary" type="submit">
          {words.send}
          <Icon name="send" small />
        </button>
      </div>
    </form>
  );
}
