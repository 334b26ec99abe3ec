/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { assetUrl } from '#src/http/assets.ts';
import { words } from '../words/words.ts';

type Props = {
  /** `create` makes a new one, `get` uses one there is. */
  does: 'create' | 'get';
  /** Where the form goes with what the browser hands over; below it, `/options` says what to ask the browser for. */
  action: string;
  /** Kept for where to go afterwards. */
  next?: string | undefined;
  button: string;
  isRefused?: boolean;
  children?: ComponentChildren;
};

/** A form that hands over a passkey. It shows itself where the browser has them, and only with JavaScript. */
export const PassKey = ({ does, action, next, button, isRefused = false, children }: Props) => (
  <>
    {isRefused ? (
      <p class="wrong" role="alert">
        {words.door.passkeys.refused}
      </p>
    ) : null}
    <pass-key hidden data-does={does} data-options={`${action}/options`}>
      <form class="stack stack--near" method="post" action={action}>
        <input type="hidden" name="credential" value="" />
        {next === undefined ? null : <input type="hidden" name="next" value={next} />}
        {children}
        <p>
          <button class="btn" type="submit">
            {button}
          </button>
        </p>
        <p class="wrong" role="alert" hidden>
          {words.door.passkeys.failed}
        </p>
      </form>
    </pass-key>
    <script type="module" src={assetUrl('passkey.js')} />
  </>
);
