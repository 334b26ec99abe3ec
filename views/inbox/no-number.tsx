/** @jsxImportSource preact */
import { words } from '../words/words.ts';

export type NoNumberProps = {
  accountId: number;
  /** Whether the viewer may connect one; others are told who can. */
  mayConnect: boolean;
};

/** A fresh install: nothing can arrive until a number is connected, and how that is done. */
export const NoNumber = ({ accountId, mayConnect }: NoNumberProps) => (
  <div class="empty empty--wide">
    <h2>{words.noNumber.title}</h2>
    {mayConnect ? (
      <>
        <p>{words.noNumber.text}</p>
        <pre class="command">
          <code>
            {`oonobox number add --account ${accountId} <<'END'\n`}
            {'{ "phone_number_id": "…", "waba_id": "…",\n'}
            {'  "display_phone_number": "+263 77 000 0100",\n'}
            {'  "access_token": "…", "app_secret": "…",\n'}
            {'  "verify_token": "…" }\nEND'}
          </code>
        </pre>
        <p>{words.noNumber.next}</p>
      </>
    ) : (
      <p>{words.noNumber.ask}</p>
    )}
  </div>
);
