/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { askTypes } from '#src/messages/interactive.ts';
import type { SendingKind, SendingValues } from '#src/messages/sending-form.ts';
import type { SendingPreview } from '#src/messages/sending-preview.ts';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { canBeginWithFile } from '#src/whatsapp/outgoing-limits.ts';
import { conversationPath, type ViewName } from '../inbox/view.ts';
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import { excerptOf } from '../messages/quote.tsx';
import type { SearchState } from '../search/search-page.tsx';
import { ErrorSummary } from '../shared/field.tsx';
import { Icon, type IconName } from '../shared/icon.tsx';
import { calledName } from '../shared/name.tsx';
import { windowStage } from '../shared/window.ts';
import { words } from '../words/words.ts';
import { ContactSearch } from './contact-search.tsx';
import { SendingFields } from './fields.tsx';
import { previewPath, sendingPath } from './path.ts';
import { Preview } from './preview.tsx';

export type SendingProps = {
  viewer: Person;
  account: string;
  row: ConversationSummary;
  kind: SendingKind;
  view: ViewName;
  quoting: ThreadMessage['quoted'];
  values: SendingValues;
  errors: Record<string, string>;
  /** How it would look; null until somebody asks. */
  shown: SendingPreview | null;
  /** The newest message the writer knows, and what the form is sent under. */
  seenId: number;
  key: string;
  /** Contacts of the inbox that were looked for; null where nobody is to be chosen. */
  search: SearchState | null;
  q: string;
  now: number;
};

const says = words.sending;
/** What may stand in a preview. */
const PREVIEWED: IconName[] = ['download', 'file', 'link', 'photo', 'pin', 'user', 'video'];
const isTapped = (kind: SendingKind) => askTypes.some((type) => type === kind);

/** One kind of message besides text and files: what it holds, and Send. A plain form, as long as it has to be. */
export const SendingPage = (props: SendingProps) => {
  const { viewer, account, row, kind, view, errors, search, shown, now } = props;
  const isOpen = windowStage(row.windowExpiresAt, now) !== 'closed';
  return (
    <Page
      title={says.sendTo(says.kinds[kind], row.contact.name)}
      person={viewer}
      account={account}
      current="inbox"
      icons={['lock', 'search', 'send', ...(shown === null ? [] : PREVIEWED)]}
    >
      <div class="stack narrow">
        <div class="page__head">
          <div>
            <p class="crumb">
              <a class="link" href={conversationPath(row.id, view)}>
                {says.back}
              </a>
            </p>
            <h1 class="title">{says.kinds[kind]}</h1>
            <p class="small">
              <bdi>{says.to(row.contact.name)}</bdi> {says.explained[kind]}
            </p>
          </div>
        </div>
        <ErrorSummary errors={errors} />
        {isOpen ? null : (
          <p class="state state--bad page__said">
            <Icon name="lock" />
            {words.closedWhy(calledName(row.contact.name))}
          </p>
        )}
        {search === null ? null : <ContactSearch {...props} search={search} />}
        <Form {...props} />
      </div>
    </Page>
  );
};

function Form(props: SendingProps) {
  const { row, kind, view, quoting, key, seenId, shown } = props;
  return (
    <form
      class="stack"
      method="post"
      action={sendingPath(row.id, kind)}
      enctype={canBeginWithFile(kind) ? 'multipart/form-data' : undefined}
      autocomplete="off"
    >
      <input type="hidden" name="back" value={view} />
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="seen" value={seenId} />
      {quoting === null ? null : (
        <p class="quote">
          <input type="hidden" name="quoted" value={quoting.id ?? ''} />
          <b>
            <bdi>{says.answering(quoting.author)}</bdi>
          </b>
          <span dir="auto">{excerptOf(quoting)}</span>
        </p>
      )}
      <SendingFields {...props} />
      {shown === null ? null : <Preview shown={shown} name={calledName(row.contact.name)} />}
      <p class="bar">
        <button class="btn btn--primary" type="submit" id="send">
          {says.send}
        </button>
        {isTapped(kind) ? (
          <button class="btn" type="submit" formAction={previewPath(row.id, kind)}>
            {words.templates.preview}
          </button>
        ) : null}
        <a class="btn" href={conversationPath(row.id, view)}>
          {says.cancel}
        </a>
      </p>
    </form>
  );
}
