/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { safeUrl } from '../shared/safe-url.ts';
import type { Written } from '../words/en-letters.ts';
import { words } from '../words/words.ts';

// Mail programs have no stylesheet of ours, and many drop a style element. Text and ground keep the reader's colours,
// so that nothing is unreadable where a program turns them around; only the button brings its own pair.
const styles = {
  body: 'margin:0;padding:0;-webkit-text-size-adjust:100%',
  preheader: 'display:none;max-height:0;overflow:hidden;opacity:0',
  outer: 'width:100%;border-collapse:collapse',
  frame: 'width:100%;max-width:600px;margin:0 auto;border-collapse:collapse',
  cell: 'padding:32px 24px;font-family:system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left',
  product: 'margin:0 0 24px;font-size:14px;line-height:20px;font-weight:600;opacity:0.75',
  title: 'margin:0 0 16px;font-size:22px;line-height:28px;font-weight:650',
  paragraph: 'margin:0 0 16px;overflow-wrap:anywhere',
  buttonFrame: 'margin:24px 0;border-spacing:0',
  buttonCell: 'border-radius:6px;background-color:#b4431f',
  button:
    'display:inline-block;padding:12px 20px;border-radius:6px;background-color:#b4431f;color:#ffffff;font-weight:600;text-decoration:none',
  small: 'margin:0 0 16px;font-size:14px;line-height:20px',
  address: 'word-break:break-all;color:inherit',
  facts: 'margin:0 0 16px;border-collapse:collapse',
  factName:
    'padding:4px 16px 4px 0;vertical-align:top;text-align:left;font-weight:400;opacity:0.75;white-space:nowrap',
  fact: 'padding:4px 0;vertical-align:top;overflow-wrap:anywhere',
  footer:
    'margin:32px 0 0;padding:16px 0 0;border-top:1px solid #8a8073;font-size:13px;line-height:18px;opacity:0.75',
} as const;

/** A letter as mail programs show it: tables for their frame, inline styles, nothing that has to be fetched. */
export const LetterPage = ({ subject, preheader, title, says, action, facts, ends }: Written) => (
  <html lang={words.locale}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no" />
      <title>{subject}</title>
    </head>
    <body style={styles.body}>
      <div style={styles.preheader}>{preheader}</div>
      <Table width="100%" frame={styles.outer} cell="">
        <Table width="600" frame={styles.frame} cell={styles.cell}>
          <p style={styles.product}>{words.product}</p>
          <h1 style={styles.title}>{title}</h1>
          <Paragraphs of={says} />
          {action === null ? null : <Action {...action} />}
          {facts.length === 0 ? null : <Facts facts={facts} />}
          <Paragraphs of={ends} />
          <p style={styles.footer}>{words.mail.footer}</p>
        </Table>
      </Table>
    </body>
  </html>
);

type TableProps = { width?: string; frame: string; cell: string; children: ComponentChildren };

/** A box: the only kind whose width and middle every mail program keeps. */
const Table = ({ width, frame, cell, children }: TableProps) => (
  <table role="presentation" width={width} style={frame}>
    <tbody>
      <tr>
        <td align={width === '100%' ? 'center' : 'left'} style={cell}>
          {children}
        </td>
      </tr>
    </tbody>
  </table>
);

const Paragraphs = ({ of: said }: { of: readonly string[] }) => (
  <>
    {said.map((paragraph) => (
      <p key={paragraph} style={styles.paragraph}>
        {paragraph}
      </p>
    ))}
  </>
);

function Action({ text, href }: NonNullable<Written['action']>) {
  const address = safeUrl(href);
  return address === undefined ? (
    <p style={styles.paragraph}>{href}</p>
  ) : (
    <>
      <Table frame={styles.buttonFrame} cell={styles.buttonCell}>
        <a href={address} style={styles.button}>
          {text}
        </a>
      </Table>
      <p style={styles.small}>
        {words.mail.orOpen}
        <br />
        <a href={address} style={styles.address}>
          {address}
        </a>
      </p>
    </>
  );
}

const Facts = ({ facts }: Pick<Written, 'facts'>) => (
  <table style={styles.facts}>
    <tbody>
      {facts.map(([name, value]) => (
        <tr key={name}>
          <th scope="row" style={styles.factName}>
            {name}
          </th>
          <td style={styles.fact}>{value}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
