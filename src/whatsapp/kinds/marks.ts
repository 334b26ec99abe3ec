import type { ProductMention, Referral } from '#src/messages/thread-message.ts';
import { asFields, asWords, type Fields, isTrue } from '../shape.ts';

/** What may go with a message of any kind. */
export type Marks = {
  quotedWamid: string | null;
  /** Passed on by the customer; `often` after more than five hops. */
  forwarded: 'none' | 'once' | 'often';
  groupId: string | null;
  referral?: Referral;
  product?: ProductMention;
};

export function readMarks(message: Fields): Marks {
  const context = asFields(message.context);
  const referral = readReferral(asFields(message.referral));
  const product = readProduct(asFields(context?.referred_product));
  return {
    quotedWamid: asWords(context?.id),
    forwarded: readForwarded(context),
    groupId: asWords(message.group_id),
    ...(referral === null ? {} : { referral }),
    ...(product === null ? {} : { product }),
  };
}

function readForwarded(context: Fields | null): Marks['forwarded'] {
  if (isTrue(context?.frequently_forwarded)) {
    return 'often';
  } else {
    return isTrue(context?.forwarded) ? 'once' : 'none';
  }
}

/** Picture and video of the advertisement are left out: nothing is fetched from outside. */
function readReferral(referral: Fields | null): Referral | null {
  if (referral === null) {
    return null;
  }
  const { source_type: source } = referral;
  const texts = {
    headline: asWords(referral.headline),
    body: asWords(referral.body),
    url: asWords(referral.source_url),
    sourceId: asWords(referral.source_id),
    media: asWords(referral.media_type),
    clickId: asWords(referral.ctwa_clid),
    welcome: asWords(asFields(referral.welcome_message)?.text),
  };
  const said = Object.entries(texts).filter(([, text]) => text !== null);
  return said.length === 0
    ? null
    : { source: source === 'ad' || source === 'post' ? source : 'other', ...Object.fromEntries(said) };
}

function readProduct(mention: Fields | null): ProductMention | null {
  const product = asWords(mention?.product_retailer_id);
  const catalogId = asWords(mention?.catalog_id);
  return product === null ? null : { product, ...(catalogId === null ? {} : { catalogId }) };
}
