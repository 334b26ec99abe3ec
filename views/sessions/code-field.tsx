/** @jsxImportSource preact */
import { words } from '../words/words.ts';

type Props = {
  help: string;
  error?: string | undefined;
  /** Recovery codes have letters too. */
  takesLetters?: boolean;
  isFirst?: boolean;
};

/** Where a one-time code is typed: the keyboard has digits, and the device may offer the code. */
export const CodeField = ({ help, error, takesLetters = false, isFirst = false }: Props) => (
  <div class="field">
    <label for="code">{words.door.code}</label>
    <input
      type="text"
      id="code"
      name="code"
      required
      maxlength={64}
      inputmode={takesLetters ? 'text' : 'numeric'}
      autocomplete="one-time-code"
      autocapitalize="none"
      spellcheck={false}
      autofocus={isFirst}
      aria-invalid={error === undefined ? undefined : 'true'}
      aria-describedby={error === undefined ? 'code-help' : 'code-wrong code-help'}
    />
    {error === undefined ? null : (
      <p class="wrong" id="code-wrong">
        {error}
      </p>
    )}
    <p id="code-help">{help}</p>
  </div>
);
