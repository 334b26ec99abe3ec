import type { ProductMention, Referral, ThreadMessage } from '#src/messages/thread-message.ts';
import { defined } from './defined.ts';

/** What stands at a message, by name. */
export type MarkJson =
  | 'forwarded'
  | 'frequently_forwarded'
  /** Said in a group, where an answer would not go. */
  | 'group'
  /** Written in the WhatsApp app of the business. */
  | 'phone_app'
  /** Another program answers the customer, or has sent this. */
  | 'other_system'
  /** Brought in from before the number was connected. */
  | 'history'
  /** It arrived more than a minute after it was said. */
  | 'late';

export function marksJson(message: ThreadMessage): MarkJson[] {
  const marks: Record<MarkJson, boolean> = {
    forwarded: message.forwarded === 'once',
    frequently_forwarded: message.forwarded === 'often',
    group: message.isOfGroup,
    phone_app: message.author.kind === 'phone_app',
    other_system: message.isElsewhere,
    history: message.isPast === true,
    late: message.late,
  };
  return (Object.keys(marks) as MarkJson[]).filter((mark) => marks[mark]);
}

/** The advertisement or post through which a customer came, under Meta's names. */
export const referralJson = (referral: Referral) => ({
  source_type: referral.source,
  ...defined({
    source_id: referral.sourceId,
    source_url: referral.url,
    headline: referral.headline,
    body: referral.body,
    media_type: referral.media,
    ctwa_clid: referral.clickId,
    welcome_message: referral.welcome === undefined ? undefined : { text: referral.welcome },
  }),
});

export const productJson = ({ product, catalogId }: ProductMention) => ({
  product_retailer_id: product,
  ...defined({ catalog_id: catalogId }),
});
