/** @jsxImportSource preact */
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import { OwnTabs } from '../sessions/own-page.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { Said } from '../shared/said.tsx';
import { zones } from '../shared/zones.ts';
import { words } from '../words/words.ts';
import { DisplayForm } from './display-form.tsx';
import { Portrait } from './portrait.tsx';

export type MeProps = {
  viewer: Person;
  account: string;
  /** The clock of the business. */
  accountZone: string;
  profile: { name: string; email: string; timeZone: string | null; picture: string | null };
  /** Whether they can change their address by themselves. */
  hasMail: boolean;
  values?: { name?: string; time_zone?: string; email?: string };
  errors?: Record<string, string>;
  said?: keyof typeof words.mePage.said | undefined;
};

/** What somebody says of themselves, and how the pages look to them. */
export const MePage = (props: MeProps) => {
  const { viewer, account, said, errors = {} } = props;
  return (
    <Page title={words.mePage.title} person={viewer} account={account} current="me" icons={['okc']}>
      <OwnTabs place="me" />
      <div class="page__head">
        <div>
          <h1 class="title">{words.mePage.title}</h1>
          <p class="small">{words.mePage.lead}</p>
        </div>
      </div>
      <Said text={said && words.mePage.said[said]} />
      <div class="stack">
        <ErrorSummary errors={errors} />
        <div class="stack narrow">
          <ProfileForm {...props} />
          <PictureForm {...props} />
          <EmailForm {...props} />
        </div>
        <section class="part stack" aria-labelledby="display">
          <div>
            <h2 class="h" id="display">
              {words.mePage.display}
            </h2>
            <p class="small">{words.mePage.displayLead}</p>
          </div>
          <DisplayForm display={viewer.display} />
        </section>
      </div>
    </Page>
  );
};

const ProfileForm = ({ profile, accountZone, values, errors = {} }: MeProps) => {
  const zone = values?.time_zone ?? profile.timeZone ?? '';
  return (
    <form class="stack stack--near" method="post" action="/me/profile">
      <h2 class="h">{words.mePage.profile}</h2>
      <Field
        name="name"
        label={words.mePage.name}
        help={words.mePage.nameHelp}
        value={values?.name ?? profile.name}
        error={errors.name}
        autocomplete="name"
        maxlength={120}
      />
      <div class="field">
        <label for="time_zone">{words.mePage.timeZone}</label>
        <select
          id="time_zone"
          name="time_zone"
          aria-invalid={errors.time_zone === undefined ? undefined : 'true'}
          aria-describedby={
            errors.time_zone === undefined ? 'time_zone-help' : 'time_zone-wrong time_zone-help'
          }
        >
          <option value="">{words.mePage.zoneOfAccount(accountZone.replaceAll('_', ' '))}</option>
          {zones.map((name) => (
            <option key={name} value={name} selected={name === zone}>
              {name.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
        {errors.time_zone === undefined ? null : (
          <p class="wrong" id="time_zone-wrong">
            {errors.time_zone}
          </p>
        )}
        <p id="time_zone-help">{words.mePage.timeZoneHelp}</p>
      </div>
      <div>
        <p class="small">
          <strong>{words.mePage.language}</strong>: {words.mePage.languages}. {words.mePage.languageHelp}
        </p>
      </div>
      <p class="bar">
        <button class="btn btn--primary" type="submit">
          {words.mePage.save}
        </button>
      </p>
    </form>
  );
};

const PictureForm = ({ profile, errors = {} }: MeProps) => (
  <section class="part stack stack--near" aria-labelledby="picture-title">
    <h2 class="h" id="picture-title">
      {words.mePage.picture}
    </h2>
    <form class="stack stack--near" method="post" action="/me/picture" enctype="multipart/form-data">
      <div class="bar mine">
        <Portrait name={profile.name} picture={profile.picture} />
        <div class="field">
          <label for="picture">{words.mePage.choosePicture}</label>
          <input
            id="picture"
            type="file"
            name="picture"
            accept="image/jpeg,image/png,image/webp"
            aria-describedby={errors.picture === undefined ? 'picture-help' : 'picture-wrong picture-help'}
            aria-invalid={errors.picture === undefined ? undefined : 'true'}
          />
          {errors.picture === undefined ? null : (
            <p class="wrong" id="picture-wrong">
              {errors.picture}
            </p>
          )}
          <p id="picture-help">{words.mePage.pictureHelp}</p>
        </div>
      </div>
      <p class="bar">
        <button class="btn" type="submit">
          {words.mePage.upload}
        </button>
      </p>
    </form>
    {profile.picture === null ? null : (
      <form method="post" action="/me/picture/removal">
        <button class="btn btn--quiet" type="submit">
          {words.mePage.removePicture}
        </button>
      </form>
    )}
  </section>
);

const EmailForm = ({ profile, hasMail, values, errors = {} }: MeProps) => (
  <section class="part stack stack--near" aria-labelledby="email-title">
    <div>
      <h2 class="h" id="email-title">
        {words.mePage.email}
      </h2>
      <p class="small">
        {words.mePage.emailNow} <strong>{profile.email}</strong>
      </p>
    </div>
    {hasMail ? (
      <form class="stack stack--near" method="post" action="/me/email">
        <Field
          name="email"
          label={words.mePage.newEmail}
          type="email"
          help={words.mePage.newEmailHelp}
          value={values?.email}
          error={errors.email}
          maxlength={254}
        />
        <p class="bar">
          <button class="btn" type="submit">
            {words.mePage.changeEmail}
          </button>
        </p>
      </form>
    ) : (
      <p class="small">{words.mePage.noMail}</p>
    )}
  </section>
);
