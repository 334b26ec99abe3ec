/** @jsxImportSource preact */
import type { InputHTMLAttributes } from 'preact';
import { words } from '../words/words.ts';

type AutoFill = 'username' | 'current-password' | 'new-password' | 'name' | 'organization';

type Props = {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  value?: string | undefined;
  error?: string | undefined;
  help?: string;
  autocomplete?: AutoFill;
  isOptional?: boolean;
  maxlength?: number;
  placeholder?: string;
};

/** A labelled input whose mistake stands beneath it and is tied to it. */
export function Field({
  name,
  label,
  type = 'text',
  value,
  error,
  help,
  isOptional = false,
  ...rest
}: Props) {
  const notes = [error === undefined ? '' : `${name}-wrong`, help === undefined ? '' : `${name}-help`];
  return (
    <div class="field">
      <label for={name}>
        {label}
        {isOptional ? <small>{words.optional}</small> : null}
      </label>
      <Input
        type={type}
        id={name}
        name={name}
        required={!isOptional}
        value={type === 'password' ? '' : (value ?? '')}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={notes.filter(Boolean).join(' ') || undefined}
        {...rest}
      />
      {error === undefined ? null : (
        <p class="wrong" id={`${name}-wrong`}>
          {error}
        </p>
      )}
      {help === undefined ? null : <p id={`${name}-help`}>{help}</p>}
    </div>
  );
}

type InputProps = Omit<InputHTMLAttributes, 'type' | 'role' | 'list'> & {
  type: 'text' | 'email' | 'password';
};

// Each type has attributes of its own, so the union is taken apart for the compiler.
function Input({ type, ...rest }: InputProps) {
  if (type === 'email') {
    return <input type="email" {...rest} />;
  }
  return type === 'password' ? <input type="password" {...rest} /> : <input type="text" {...rest} />;
}

/** The summary above a form with mistakes, each a link to its field. */
export function ErrorSummary({ errors }: { errors: Record<string, string> }) {
  const entries = Object.entries(errors);
  return entries.length === 0 ? null : (
    <div class="errors" role="alert">
      <h2>{words.errorsTitle(entries.length)}</h2>
      <ul>
        {entries.map(([field, why]) => (
          <li key={field}>
            <a href={`#${field}`}>{why}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
