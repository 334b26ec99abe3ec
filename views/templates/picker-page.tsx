/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { conversationPath, type ViewName } from '../inbox/view.ts';
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import { calledName } from '../shared/name.tsx';
import { words } from '../words/words.ts';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  row: ConversationSummary;
  back: ViewName | undefined;
  children: ComponentChildren;
};

/** The picker as a page of its own: what there is without scripts. */
export const PickerPage = ({ viewer, account, row, back, children }: Props) => (
  <Page
    title={words.templates.pickerTitle(calledName(row.contact.name))}
    person={viewer}
    account={account.name}
    current="inbox"
    timeZone={account.timeZone}
    icons={['back', 'send', 'call', 'check', 'reply', 'link', 'okc', 'pin', 'photo', 'video', 'file']}
  >
    <p class="crumb">
      <a href={conversationPath(row.id, back)}>{words.templates.back}</a>
    </p>
    <div class="page__head">
      <h1 class="title">{words.templates.pickerTitle(calledName(row.contact.name))}</h1>
    </div>
    <div class="picker picker--page">{children}</div>
  </Page>
);
