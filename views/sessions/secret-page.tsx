/** @jsxImportSource preact */
import { words } from '../words/words.ts';
import { CodeField } from './code-field.tsx';
import { OwnPage, type OwnPageProps } from './own-page.tsx';

type Props = OwnPageProps & {
  isHeld: boolean;
  /** Base32, for typing. */
  secret: string;
  /** The QR code, row by row: true where it is dark. */
  qr: readonly (readonly boolean[])[];
  error?: string | undefined;
};

/** The authenticator app gets its secret, and shows that it has it. */
export const SecretPage = ({ isHeld, secret, qr, error, ...page }: Props) => (
  <OwnPage place="second-factor" isHeld={isHeld} below={words.door.secret} {...page}>
    <div class="stack own__form">
      <QrCode rows={qr} />
      <p class="small">
        {words.door.secret.text}
        <br />
        <code class="own__secret">{secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <form class="stack stack--near" method="post" action="/me/second-factor">
        <CodeField help={words.door.codeHelp} error={error} isFirst />
        <p class="bar">
          <button class="btn btn--primary" type="submit">
            {words.door.secret.submit}
          </button>
          <a class="btn" href="/me/second-factor">
            {words.door.secret.over}
          </a>
        </p>
      </form>
    </div>
  </OwnPage>
);

/** Dark on light in either theme, or cameras would not read it. */
const QrCode = ({ rows }: { rows: Props['qr'] }) => (
  <svg
    class="qr"
    viewBox={`0 0 ${rows.length} ${rows.length}`}
    role="img"
    aria-label={words.door.secret.qr}
    shape-rendering="crispEdges"
  >
    <rect width={rows.length} height={rows.length} fill="#fff" />
    <path
      fill="#000"
      d={rows
        .flatMap((row, y) => runsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`))
        .join('')}
    />
  </svg>
);

/** The dark stretches of a row: where each begins, and how wide it is. */
function runsOf(row: readonly boolean[]): [x: number, width: number][] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (isDark && last && last[0] + last[1] === x) {
      last[1] += 1;
    } else if (isDark) {
      runs.push([x, 1]);
    }
  }
  return runs;
}
