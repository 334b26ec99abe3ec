/** @jsxImportSource preact */
import type { MailSettings } from '#src/mail/settings.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

/** Where letters go and how, without what is secret of it, and a way to try it. */
export const SetUp = ({ settings, ownAddress }: { settings: MailSettings; ownAddress: string }) => (
  <>
    <section aria-labelledby="set-up">
      <h2 class="h" id="set-up">
        {words.mail.setUp}
      </h2>
      <table class="table table--addresses">
        <tbody>
          {factsOf(settings).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <bdi>{value}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
    <section class="stack stack--near" aria-labelledby="try">
      <h2 class="h" id="try">
        {words.mail.test}
      </h2>
      <p class="small">{words.mail.testText(ownAddress)}</p>
      <form method="post" action="/settings/mail/tests">
        <button class="btn btn--primary" type="submit">
          <Icon name="send" small />
          {words.mail.sendTest}
        </button>
      </form>
    </section>
  </>
);

function factsOf({ smtp, from }: MailSettings): readonly (readonly [string, string])[] {
  const { mail } = words;
  const upgraded = smtp.isLoopback ? mail.encryptions.none : mail.encryptions.upgraded;
  return [
    [mail.server, `${smtp.host}:${smtp.port}`],
    [mail.encryption, smtp.isTlsFromStart ? mail.encryptions.start : upgraded],
    [mail.login, smtp.login === null ? mail.logins.none : mail.logins.given],
    [mail.sender, `${from.name ?? words.product} <${from.address}>`],
  ];
}

/** What that means, and how to change it. */
export const NotSetUp = () => (
  <section class="stack stack--near" aria-labelledby="set-up">
    <h2 class="h" id="set-up">
      {words.mail.notSetUp}
    </h2>
    <p class="small">{words.mail.notSetUpText}</p>
    <p class="small">{words.mail.howTo}</p>
    <pre class="command">
      <code>{words.mail.example}</code>
    </pre>
    <p class="small">{words.mail.howToPorts}</p>
  </section>
);
