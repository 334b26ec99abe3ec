/** @jsxImportSource preact */
import { words } from '../words/words.ts';
import { languageName } from './language.ts';

type Options = [value: string, text: string][];

const named = (codes: readonly string[], names: Record<string, string>): Options =>
  codes.map((code) => [code, names[code] ?? code]);

export const statusOptions = (codes: readonly string[]) => named(codes, words.templates.statuses);
export const categoryOptions = (codes: readonly string[]) => named(codes, words.templates.categories);
export const languageOptions = (codes: readonly string[]): Options =>
  codes.map((code) => [code, languageName(code)]);

export const SearchField = ({ value }: { value: string }) => (
  <div class="field">
    <label class="vh" for="template-search">
      {words.templates.search}
    </label>
    <input
      type="search"
      id="template-search"
      name="q"
      value={value}
      maxLength={100}
      autocomplete="off"
      placeholder={words.templates.search}
    />
  </div>
);

type ChooseProps = {
  name: string;
  label: string;
  any: string;
  chosen: string;
  options: Options;
};

/** With one kind of it there is nothing to choose. */
export const Choose = ({ name, label, any, chosen, options }: ChooseProps) =>
  options.length < 2 && chosen === '' ? null : (
    <div class="field">
      <label class="vh" for={`template-${name}`}>
        {label}
      </label>
      <select id={`template-${name}`} name={name}>
        <option value="" selected={chosen === ''}>
          {any}
        </option>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
