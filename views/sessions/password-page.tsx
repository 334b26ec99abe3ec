/** @jsxImportSource preact */
import { ErrorSummary, Field } from '../shared/field.tsx';
import { words } from '../words/words.ts';
import { OwnPage, type OwnPageProps } from './own-page.tsx';

type Props = OwnPageProps & { email: string; errors?: Record<string, string> };

/** Changing one's password: the old one and a new one. */
export const PasswordPage = ({ email, errors = {}, ...page }: Props) => (
  <OwnPage place="password" {...page}>
    <form class="stack own__form" method="post" action="/me/password">
      <ErrorSummary errors={errors} />
      <input type="text" name="email" value={email} autocomplete="username" readonly hidden />
      <Field
        name="old_password"
        label={words.door.oldPassword}
        type="password"
        autocomplete="current-password"
        error={errors.old_password}
      />
      <Field
        name="new_password"
        label={words.door.newPassword}
        type="password"
        autocomplete="new-password"
        help={words.door.newPasswordHelp}
        error={errors.new_password}
      />
      <p>
        <button class="btn btn--primary" type="submit">
          {words.door.changePassword}
        </button>
      </p>
    </form>
  </OwnPage>
);
