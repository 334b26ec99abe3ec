/** @jsxImportSource preact */
import { Bare } from '../layouts/bare.tsx';
import { SignInName } from '../people/join-page.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { zones } from '../shared/zones.ts';
import { words } from '../words/words.ts';

export type SetupField = 'account_name' | 'business_name' | 'name' | 'email' | 'password' | 'time_zone';

export type SetupProps = {
  /** The single-use token of the link. */
  token: string;
  /** The owner's address, where it has been confirmed already: for sign-ups. */
  confirmed?: string;
  values?: Partial<Record<SetupField, string>>;
  errors?: Record<string, string>;
};

const titleFor = (confirmed: string | undefined) =>
  confirmed === undefined ? words.setup.title : words.signUp.title;

/** The first run: the business and its owner, on one page. */
export const SetupPage = ({ token, confirmed, values = {}, errors = {} }: SetupProps) => (
  <Bare title={titleFor(confirmed)}>
    <div>
      <h1 class="title">{titleFor(confirmed)}</h1>
      <p class="small">{confirmed === undefined ? words.setup.lead : words.signUp.emailKept}</p>
    </div>
    <ErrorSummary errors={errors} />
    <form
      class="stack"
      method="post"
      action={`/${confirmed === undefined ? 'setup' : 'signup'}/${encodeURIComponent(token)}`}
    >
      <fieldset class="stack stack--near">
        <legend class="h">{words.setup.business}</legend>
        <Field
          name="account_name"
          label={words.setup.accountName}
          help={words.setup.accountNameHelp}
          value={values.account_name}
          error={errors.account_name}
          autocomplete="organization"
          maxlength={100}
        />
        <Field
          name="business_name"
          label={words.setup.businessName}
          help={words.setup.businessNameHelp}
          value={values.business_name}
          error={errors.business_name}
          isOptional
          maxlength={100}
        />
        <TimeZone value={values.time_zone ?? 'UTC'} error={errors.time_zone} />
      </fieldset>
      <fieldset class="stack stack--near">
        <legend class="h">{words.setup.owner}</legend>
        <Field
          name="name"
          label={words.setup.name}
          help={words.setup.nameHelp}
          value={values.name}
          error={errors.name}
          autocomplete="name"
          maxlength={100}
        />
        {confirmed === undefined ? (
          <Field
            name="email"
            label={words.setup.email}
            type="email"
            value={values.email}
            error={errors.email}
            autocomplete="username"
            maxlength={254}
          />
        ) : (
          <SignInName email={confirmed} />
        )}
        <Field
          name="password"
          label={words.setup.password}
          type="password"
          help={words.setup.passwordHelp}
          error={errors.password}
          autocomplete="new-password"
          maxlength={1024}
        />
      </fieldset>
      <div class="foot">
        <p class="small">{words.setup.next}</p>
        <button class="btn btn--primary" type="submit">
          {words.setup.submit}
        </button>
      </div>
    </form>
  </Bare>
);

const TimeZone = ({ value, error }: { value: string; error: string | undefined }) => (
  <div class="field">
    <label for="time_zone">{words.setup.timeZone}</label>
    <select
      id="time_zone"
      name="time_zone"
      aria-invalid={error === undefined ? undefined : 'true'}
      aria-describedby={error === undefined ? 'time_zone-help' : 'time_zone-wrong time_zone-help'}
    >
      {zones.map((zone) => (
        <option key={zone} value={zone} selected={zone === value}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </select>
    {error === undefined ? null : (
      <p class="wrong" id="time_zone-wrong">
        {error}
      </p>
    )}
    <p id="time_zone-help">{words.setup.timeZoneHelp}</p>
  </div>
);
