/** @jsxImportSource preact */
import { words } from '../words/words.ts';
import { OwnPage, type OwnPageProps } from './own-page.tsx';

type Props = OwnPageProps & { codes: readonly string[] };

/** Recovery codes, the one time that they are shown. */
export const RecoveryCodesPage = ({ codes, ...page }: Props) => (
  <OwnPage place="second-factor" below={words.door.recovery} {...page}>
    <ol class="own__codes">
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ol>
    <p>
      <a class="btn btn--primary" href="/me/second-factor">
        {words.door.recovery.done}
      </a>
    </p>
  </OwnPage>
);
