/** @jsxImportSource preact */
import type { Referral } from '#src/messages/thread-message.ts';
import { SafeLink } from '../shared/safe-link.tsx';
import { words } from '../words/words.ts';

/** What brought the customer here. Its picture is not fetched, and its page only opened on a click. */
export const ReferralCard = ({
  referral: { source, headline, body, url, welcome },
}: {
  referral: Referral;
}) => (
  <div class="quote">
    <small>{words.message.referral[source]}</small>
    {headline === undefined ? null : <b dir="auto">{headline}</b>}
    {body === undefined ? null : <span dir="auto">{body}</span>}
    {welcome === undefined ? null : <span dir="auto">{words.message.welcomedWith(welcome)}</span>}
    {url === undefined ? null : <SafeLink address={url}>{words.message.openSource}</SafeLink>}
  </div>
);
