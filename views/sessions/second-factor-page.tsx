/** @jsxImportSource preact */
import type { Passkey } from '#src/sessions/passkeys.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { OwnPage, type OwnPageProps } from './own-page.tsx';
import { PasskeyList } from './passkey-list.tsx';

type Props = OwnPageProps & {
  /** They may do nothing else until they have one. */
  isHeld: boolean;
  hasApp: boolean;
  /** How many recovery codes are left; null without a second factor. */
  recoveryLeft: number | null;
  passkeys: readonly Passkey[];
  takesPasskeys: boolean;
  /** By the field's name, for a passkey: `credential`, or `name-7` for that of the passkey 7. */
  errors?: Record<string, string>;
};

/** What somebody has beside their password. */
export const SecondFactorPage = ({
  isHeld,
  hasApp,
  recoveryLeft,
  passkeys,
  takesPasskeys,
  errors = {},
  ...page
}: Props) => (
  <OwnPage place="second-factor" isHeld={isHeld} icons={['alert', 'lock', 'user']} {...page}>
    {isHeld ? (
      <p class="own__needed" role="status">
        <Icon name="alert" />
        {words.door.factor.needed}
      </p>
    ) : null}
    <div class="stack">
      <ul class="checks">
        <App isOn={hasApp} />
        {recoveryLeft === null ? null : <Recovery left={recoveryLeft} />}
      </ul>
      <PasskeyList
        passkeys={passkeys}
        takesPasskeys={takesPasskeys}
        errors={errors}
        timeZone={page.account.timeZone}
      />
    </div>
  </OwnPage>
);

const App = ({ isOn }: { isOn: boolean }) => (
  <li class={isOn ? 'is-ok' : undefined}>
    <Icon name={isOn ? 'okc' : 'lock'} />
    <div>
      <h2>
        {words.door.factor.app}: {words.door.factor.state[isOn ? 'on' : 'off']}
      </h2>
      <p>{isOn ? words.door.factor.appOn : words.door.factor.appOff}</p>
    </div>
    <form method="post" action={isOn ? '/me/second-factor/removal' : '/me/second-factor/secret'}>
      <button class={isOn ? 'btn' : 'btn btn--primary'} type="submit">
        {isOn ? words.door.factor.turnOff : words.door.factor.setUp}
      </button>
    </form>
  </li>
);

const Recovery = ({ left }: { left: number }) => (
  <li class={left < 3 ? 'is-warn' : undefined}>
    <Icon name={left < 3 ? 'alert' : 'lock'} />
    <div>
      <h2>{words.door.factor.recovery}</h2>
      <p>
        {words.door.factor.left(left)} {words.door.factor.renewHelp}
      </p>
    </div>
    <form method="post" action="/me/second-factor/recovery-codes">
      <button class="btn" type="submit">
        {words.door.factor.renew}
      </button>
    </form>
  </li>
);
