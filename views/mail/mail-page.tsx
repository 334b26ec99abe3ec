/** @jsxImportSource preact */
import type { MailRow, MailState } from '#src/mail/list-mails.ts';
import type { MailSettings } from '#src/mail/settings.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { words } from '../words/words.ts';
import { Came } from './came.tsx';
import { MailListRow } from './mail-row.tsx';
import { NotSetUp, SetUp } from './set-up.tsx';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  settings: MailSettings | null;
  ownAddress: string;
  /** The letter that was tried just now. */
  tried: MailRow | null;
  sums: Record<MailState, number>;
  rows: readonly MailRow[];
  isFirst: boolean;
  next: number | null;
  now: number;
};

/** Whether mail works here, and what became of each letter. */
export const MailPage = ({ viewer, account, settings, ownAddress, tried, ...list }: Props) => (
  <Settings
    place="mail"
    person={viewer}
    account={account}
    lead={words.settingsLeads.mail}
    icons={['alert', 'bad', 'clock', 'okc', 'retry', 'send']}
  >
    <div class="stack">
      {tried === null ? null : <Came letter={tried} />}
      {settings === null ? <NotSetUp /> : <SetUp settings={settings} ownAddress={ownAddress} />}
      <List {...list} timeZone={account.timeZone} />
    </div>
  </Settings>
);

type ListProps = Pick<Props, 'sums' | 'rows' | 'isFirst' | 'next' | 'now'> & { timeZone: string };

const List = ({ sums, rows, isFirst, next, now, timeZone }: ListProps) => (
  <section class="stack stack--near" aria-labelledby="letters">
    <h2 class="h" id="letters">
      {words.mail.list}
    </h2>
    {rows.length === 0 ? (
      <div class="sheet">
        <Empty title={words.mail.none} text={words.mail.noneText} />
      </div>
    ) : (
      <>
        <p class="small">{words.mail.sums(sums.sent, sums.queued, sums.failed)}</p>
        <ul class="checks">
          {rows.map((row) => (
            <MailListRow key={row.id} row={row} timeZone={timeZone} now={now} />
          ))}
        </ul>
      </>
    )}
    {isFirst && next === null ? null : (
      <p class="bar">
        {isFirst ? null : (
          <a class="btn" href="/settings/mail">
            {words.mail.newest}
          </a>
        )}
        {next === null ? null : (
          <a class="btn" href={`/settings/mail?cursor=${next}`}>
            {words.mail.older}
          </a>
        )}
      </p>
    )}
  </section>
);
