/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { ReferralCard } from './referral-card.tsx';

/** Above what was said: that it was passed on, said in a group, came from an advertisement, or is about a product. */
export const Marks = ({ message }: { message: ThreadMessage }) => (
  <>
    {message.isOfGroup ? <Mark icon="people">{words.message.inGroup}</Mark> : null}
    {message.isElsewhere ? <Mark icon="link">{words.message.elsewhere[message.direction]}</Mark> : null}
    {message.forwarded === 'none' ? null : <Mark icon="reply">{words.forwarded[message.forwarded]}</Mark>}
    {message.referral === null ? null : <ReferralCard referral={message.referral} />}
    {message.product === null ? null : (
      <Mark icon="box">
        <bdi>{words.message.aboutProduct(message.product.product)}</bdi>
      </Mark>
    )}
  </>
);

const Mark = ({ icon, children }: { icon: IconName; children: ComponentChildren }) => (
  <p class="msg__mark">
    <Icon name={icon} small />
    {children}
  </p>
);
