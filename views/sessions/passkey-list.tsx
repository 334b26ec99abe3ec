/** @jsxImportSource preact */
import type { Passkey } from '#src/sessions/passkeys.ts';
import { Field } from '../shared/field.tsx';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { PassKey } from './pass-key.tsx';

type Props = {
  passkeys: readonly Passkey[];
  takesPasskeys: boolean;
  errors: Record<string, string>;
  timeZone: string;
};

/** Somebody's passkeys, each with its name, and a way to add one. */
export const PasskeyList = ({ passkeys, takesPasskeys, errors, timeZone }: Props) => (
  <section aria-labelledby="passkeys">
    <h2 class="h" id="passkeys">
      {words.door.passkeys.title}
    </h2>
    <p class="small own__lead">{words.door.passkeys.lead}</p>
    {errors.credential === undefined ? null : (
      <p class="wrong" role="alert">
        {errors.credential}
      </p>
    )}
    {passkeys.length === 0 ? (
      <p class="small own__none">{words.door.passkeys.none}</p>
    ) : (
      <ul class="checks">
        {passkeys.map((passkey) => (
          <Row key={passkey.id} passkey={passkey} error={errors[`name-${passkey.id}`]} timeZone={timeZone} />
        ))}
      </ul>
    )}
    {takesPasskeys ? (
      <PassKey does="create" action="/me/passkeys" button={words.door.passkeys.add} />
    ) : (
      <p class="small">{words.door.passkeys.nowhere}</p>
    )}
  </section>
);

type RowProps = { passkey: Passkey; error: string | undefined; timeZone: string };

const Row = ({ passkey: { id, name, createdAt, usedAt }, error, timeZone }: RowProps) => (
  <li>
    <Icon name="user" />
    <div>
      <h3>
        <bdi>{name}</bdi>
      </h3>
      <p>
        {`${words.door.passkeys.added} `}
        <LocalTime at={createdAt} style="date" timeZone={timeZone} />
        {' · '}
        {usedAt === null ? (
          words.door.passkeys.unused
        ) : (
          <>
            {`${words.door.passkeys.used} `}
            <LocalTime at={usedAt} style="date" timeZone={timeZone} />
          </>
        )}
      </p>
      <details class="own__rename" open={error !== undefined}>
        <summary>{words.door.passkeys.rename}</summary>
        <form class="stack stack--near" method="post" action={`/me/passkeys/${id}/name`}>
          <Field
            name={`name-${id}`}
            label={words.door.passkeys.nameOf(name)}
            value={name}
            error={error}
            maxlength={120}
          />
          <p>
            <button class="btn" type="submit">
              {words.door.passkeys.rename}
            </button>
          </p>
        </form>
      </details>
    </div>
    <form method="post" action={`/me/passkeys/${id}/removal`}>
      <button class="btn" type="submit" aria-label={words.door.passkeys.removeOf(name)}>
        {words.door.passkeys.remove}
      </button>
    </form>
  </li>
);
