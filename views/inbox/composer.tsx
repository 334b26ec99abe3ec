/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { assetUrl } from '#src/http/assets.ts';
import type { Collision } from '#src/messages/compose-collision.ts';
import type { Draft } from '#src/messages/draft.ts';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import type { Person } from '../layouts/person.ts';
import { excerptOf } from '../messages/quote.tsx';
import { Icon } from '../shared/icon.tsx';
import { windowStage } from '../shared/window.ts';
import { words } from '../words/words.ts';
import { BlockedComposer } from './blocking.tsx';
import { ClosedWindow, ReadOnly } from './closed-window.tsx';
import { AddFiles, AttachTools, FileTray } from './composer-files.tsx';
import { CollisionQuestion, OtherDraft } from './composer-questions.tsx';
import { MoreToSend } from './more-to-send.tsx';
import { PendingMessage } from './pending-message.tsx';
import type { ViewName } from './view.ts';

/** What a refused form held, and why it was refused or what is to be asked first. */
export type ComposerForm = {
  values: { text?: string; preview?: boolean };
  errors: Record<string, string>;
  collision?: Collision;
};

/** What was begun, and the files that will go with it. */
export type ShownDraft = Pick<Draft, 'text' | 'revision'> & Partial<Pick<Draft, 'files'>>;

export type ComposerProps = {
  row: ConversationSummary;
  view: ViewName;
  viewer: Person;
  composerKey: string;
  form?: ComposerForm | undefined;
  quoting: ThreadMessage['quoted'];
  draft?: ShownDraft | undefined;
  /** The newest message the page knows: who answers after it is asked about. */
  seenId: number;
  now: number;
  timeZone: string;
};

/** What is loaded with the first file or recording. */
const attaching = { 'data-tray': assetUrl('tray.js'), 'data-parts': assetUrl('tray.html') };

/** What can be said now: a box while the window is open, else what closed it and what opens it again. */
export function Composer(props: ComposerProps) {
  const { row, viewer, now, form, draft } = props;
  const kind = kindOf(props);
  const text = form?.values.text ?? draft?.text ?? '';
  return (
    <compose-box
      id={`composer-${row.id}`}
      data-mode={kind}
      data-id={row.id}
      {...(kind === 'open' ? attaching : {})}
    >
      {kind === 'open' ? (
        <>
          <FileTray files={draft?.files ?? []} view={props.view} stylesheet={assetUrl('tray.css')} />
          <Box {...props} text={text} />
        </>
      ) : null}
      {kind === 'closed' ? (
        <ClosedWindow row={row} view={props.view} kept={text} timeZone={props.timeZone} now={now} />
      ) : null}
      {kind === 'blocked' ? <BlockedComposer row={row} view={props.view} viewer={viewer} now={now} /> : null}
      {kind === 'read-only' ? (
        <ReadOnly />
      ) : (
        <PendingMessage viewer={viewer} now={now} timeZone={props.timeZone} />
      )}
    </compose-box>
  );
}

function kindOf({ row, viewer, now }: ComposerProps) {
  if (!viewer.permissions.has('messages.send')) {
    return 'read-only';
  } else if (row.isBlocked) {
    return 'blocked';
  } else {
    return windowStage(row.windowExpiresAt, now) === 'closed' ? 'closed' : 'open';
  }
}

/** A plain form; `<compose-box>` sends it at once and keeps what is typed. Browsers must not refill its keys. */
function Box(props: ComposerProps & { text: string }) {
  const { row, view, composerKey, form, quoting, draft, seenId, text, now } = props;
  const name = row.contact.name;
  const wrong = form?.errors.text ?? Object.values(form?.errors ?? {})[0];
  const collision = form?.collision;
  return (
    <form class="composer" method="post" action={`/conversations/${row.id}/messages`} autocomplete="off">
      <input type="hidden" name="back" value={view} />
      <input type="hidden" name="key" value={composerKey} />
      <input type="hidden" name="seen" value={seenId} />
      <input type="hidden" name="revision" value={draft?.revision ?? 0} />
      <input type="hidden" name="quoted" value={quoting?.id ?? ''} />
      <input type="hidden" name="files" value={draft?.files?.map(({ id }) => id).join(' ')} />
      <Quoting quoting={quoting} />
      <label class="vh" for="text">
        {words.messageTo(name)}
      </label>
      <textarea
        id="text"
        name="text"
        rows={2}
        maxLength={65_536}
        required={!draft?.files?.length}
        dir="auto"
        placeholder={words.writeTo(name)}
        aria-describedby={wrong === undefined ? undefined : 'text-wrong'}
        aria-invalid={wrong === undefined ? undefined : 'true'}
      >
        {text}
      </textarea>
      <p class="composer__wrong" id="text-wrong" role="alert" hidden={wrong === undefined}>
        {wrong}
      </p>
      {collision === undefined ? null : <CollisionQuestion collision={collision} now={now} />}
      <OtherDraft />
      <div class="composer__tools">
        <AttachTools />
        <MoreToSend
          id={row.id}
          view={view}
          quoting={quoting}
          hasPreview={form?.values.preview ?? row.number.hasPreviews === true}
        />
        <span class="meta composer__hint">{words.sendHint}</span>
        <span class="meta composer__saved" hidden>
          {words.draftSaved}
        </span>
        <button class="btn btn--primary composer__send" type="submit" hidden={collision !== undefined}>
          {words.send}
          <Icon name="send" small />
        </button>
        <AddFiles conversationId={row.id} />
      </div>
    </form>
  );
}

/** The message being answered. */
const Quoting = ({ quoting }: Pick<ComposerProps, 'quoting'>) => (
  <div class="composer__quote" hidden={quoting === null}>
    <p class="quote">
      <b>
        <bdi data-quote="author">{quoting?.author}</bdi>
      </b>
      <span dir="auto" data-quote="excerpt">
        {quoting === null ? null : excerptOf(quoting)}
      </span>
    </p>
    <a class="btn btn--quiet btn--icon" href="?quote=" data-drop-quote="">
      <Icon name="close" small />
      <span class="vh">{words.dropQuote}</span>
    </a>
  </div>
);
