/** What Meta said besides its word: names, limits, reasons, as they came. */
type Facts = Readonly<Record<string, string | number | boolean>>;

/** What happened, and what it means or asks for. */
type Sentence = readonly [title: string, text: string];
type Teller = (facts: Facts) => Sentence;

const say = (facts: Facts, name: string, otherwise = '') => String(facts[name] ?? otherwise);

/** `TIER_2K` as people write it; a number as it is. */
export function limitInWords(limit: string): string {
  const plain = limit.replace(/^TIER_/, '');
  const thousands = /^(\d+)K$/.exec(plain);
  if (plain === 'UNLIMITED' || plain === '-1') {
    return 'Unlimited';
  } else if (plain === 'NOT_SET') {
    return 'Not set';
  } else if (thousands) {
    return `${thousands[1]},000`;
  } else {
    return /^\d+$/.test(plain) ? Number(plain).toLocaleString('en-GB') : plain;
  }
}

/** By our kind and Meta's word. */
const tellers: Record<string, Teller> = {
  'quality FLAGGED': () => [
    'Meta rates the quality of this number as low',
    'Too many people blocked or reported it. If it stays low for 7 days, it may write to fewer people a day: send fewer offers, and only to who asked for them.',
  ],
  'quality UNFLAGGED': () => ['The quality of this number is good again', 'Nothing needs to be done.'],
  'limit UPGRADE': (facts) => [
    `It may write to more new people a day: ${limitInWords(say(facts, 'limit', 'NOT_SET'))}`,
    'Nothing needs to be done.',
  ],
  'limit DOWNGRADE': (facts) => [
    `It may write to fewer new people a day: ${limitInWords(say(facts, 'limit', 'NOT_SET'))}`,
    'Meta saw low quality. Answers to customers are not affected.',
  ],
  'limit THROUGHPUT_UPGRADE': () => [
    'It can send more messages a second',
    'Meta raised its throughput. Nothing needs to be done.',
  ],
  'limit ONBOARDING': () => ['The number was connected at Meta', 'Nothing needs to be done.'],
  'limit ': (facts) => [
    facts.limit === undefined
      ? 'Limits of the business have changed'
      : `The business may write to ${limitInWords(say(facts, 'limit'))} new people a day`,
    facts.numbers === undefined
      ? 'It counts for all its numbers together. Answers to customers are not affected.'
      : `It counts for all its numbers together, of which there may be ${say(facts, 'numbers')}.`,
  ],
  'name APPROVED': (facts) => [
    `The name “${say(facts, 'name')}” was approved`,
    'Customers see it from now on. Meta may ask you to register the number again first.',
  ],
  'name REJECTED': (facts) => [
    `The name “${say(facts, 'name')}” was refused`,
    `Meta’s reason: ${say(facts, 'reason', 'none given')}. Choose another one in WhatsApp Manager.`,
  ],
  'name DEFERRED': (facts) => [
    `Meta takes longer to decide about the name “${say(facts, 'name')}”`,
    'Customers see the old one meanwhile.',
  ],
  'name PENDING': (facts) => [
    `The name “${say(facts, 'name')}” is being checked`,
    'Customers see the old one meanwhile.',
  ],
  'username APPROVED': (facts) => [
    `Customers can find this number as @${say(facts, 'username')}`,
    'Nothing needs to be done.',
  ],
  'username RESERVED': (facts) => [
    `The username @${say(facts, 'username')} is reserved for this number`,
    'Customers cannot find it by that yet.',
  ],
  'username DELETED': () => ['This number has no username any more', 'Customers find it by its digits.'],
  'account ACCOUNT_DELETED': () => [
    'The WhatsApp Business account was deleted',
    'Nothing can be sent or received with its numbers. What customers said stays here.',
  ],
  'account ACCOUNT_VIOLATION': (facts) => [
    `Meta says that its policies were violated: ${say(facts, 'violation', 'no kind given')}`,
    'Look into Business Support Home at Meta, and appeal there if it is wrong. More of it may end in a ban.',
  ],
  'account ACCOUNT_RESTRICTION': (facts) => [
    restrictions[say(facts, 'restriction')] ?? `Meta restricted the account: ${say(facts, 'restriction')}`,
    say(facts, 'remark', 'Look into Business Support Home at Meta, and appeal there if it is wrong.'),
  ],
  'account ACCOUNT_OFFBOARDED': (facts) => [
    'This number was taken off the Cloud API on its phone',
    `Nothing can be sent from here until it is connected again. ${leftWhy(facts)}`,
  ],
  'account ACCOUNT_RECONNECTED': () => [
    'This number is connected to the Cloud API again',
    'Sending goes on by itself.',
  ],
  'account PARTNER_REMOVED': (facts) => [
    'The app lost its access to the WhatsApp Business account',
    `Nothing can be sent until it is shared with it again. ${leftWhy(facts)}`,
  ],
  'account PARTNER_ADDED': () => [
    'The WhatsApp Business account was shared with the app',
    'Sending is possible.',
  ],
  'account PARTNER_APP_INSTALLED': () => [
    'The app was given access to the WhatsApp Business account',
    'Sending is possible.',
  ],
  'account PARTNER_APP_UNINSTALLED': () => [
    'The app was removed from the WhatsApp Business account',
    'Nothing can be sent until it is installed again.',
  ],
  'account AD_ACCOUNT_LINKED': () => ['An ad account was linked', 'Nothing needs to be done.'],
  'account MM_LITE_TERMS_SIGNED': () => [
    'The terms of the Marketing Messages API were accepted',
    'Nothing needs to be done.',
  ],
  'account AUTH_INTL_PRICE_ELIGIBILITY_UPDATE': () => [
    'International prices for codes apply now',
    'Messages with codes to some countries cost another price. See Meta’s price list.',
  ],
  'account BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE': (facts) => [
    `Meta takes the business to be in ${say(facts, 'country', 'another country')}`,
    'It decides about international prices. Correct it in Business Manager if it is wrong.',
  ],
  'account PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE': () => [
    'The certification by a partner has changed',
    'Nothing needs to be done here.',
  ],
  'account VOLUME_BASED_PRICING_TIER_UPDATE': () => [
    'Messages cost another price, since many were sent',
    'Enter the new rates, so that the cost shown here is right.',
  ],
  'review APPROVED': () => ['Meta approved the WhatsApp Business account', 'Nothing needs to be done.'],
  'review REJECTED': () => [
    'Meta refused the WhatsApp Business account in its review',
    'Look into Business Support Home at Meta for the reason, and ask for another review.',
  ],
  'review PENDING': () => ['Meta is reviewing the WhatsApp Business account', 'It takes about a day.'],
  'review DEFERRED': () => [
    'Meta takes longer to review the WhatsApp Business account',
    'Nothing needs to be done.',
  ],
  'alert OBA_APPROVED': () => [
    'The business is an official business account',
    'Customers see a mark beside its name.',
  ],
  'alert OBA_REJECTED': (facts) => [
    'The business did not become an official business account',
    say(facts, 'remark', 'It can be asked for again after 30 days.'),
  ],
  'alert PROFILE_PICTURE_LOST': () => [
    'The profile picture of the number is gone',
    'Upload it again in WhatsApp Manager.',
  ],
  'alert INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED': (facts) => [
    'Meta takes longer to decide whether the business may write to more people',
    say(facts, 'remark', 'Nothing needs to be done.'),
  ],
  'alert INCREASED_CAPABILITIES_ELIGIBILITY_FAILED': (facts) => [
    'The business may not write to more people for now',
    say(facts, 'remark', 'Verify the business in Business Manager.'),
  ],
  'alert INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO': (facts) => [
    'Meta needs to know more before the business may write to more people',
    say(facts, 'remark', 'Look into Business Manager.'),
  ],
  'security PIN_CHANGED': () => [
    'The PIN of this number was changed',
    'If nobody of yours did it, change it again in WhatsApp Manager, and look who has access there.',
  ],
  'security PIN_RESET_REQUEST': () => [
    'Somebody asked to reset the PIN of this number',
    'If nobody of yours did it, refuse it in WhatsApp Manager, and look who has access there.',
  ],
  'security PIN_REQUEST_SUCCESS': () => [
    'The PIN of this number was reset',
    'If nobody of yours did it, set a new one in WhatsApp Manager at once.',
  ],
  'history 2593109': () => [
    'The history of the phone was not shared',
    'Whoever connected the number declined it in the WhatsApp Business app. To import it after all, connect the number again and share it.',
  ],
};

const bans: Record<string, Sentence> = {
  DISABLE: [
    'Meta disabled the WhatsApp Business account',
    'Nothing can be sent, and what waits is kept. Ask for a review in Business Support Home at Meta.',
  ],
  REINSTATE: ['The WhatsApp Business account works again', 'Sending goes on by itself.'],
  SCHEDULE_FOR_DISABLE: [
    'Meta will disable the WhatsApp Business account',
    'Ask for a review in Business Support Home at Meta before it does.',
  ],
};

const restrictions: Record<string, string> = {
  RESTRICTED_BIZ_INITIATED_MESSAGING: 'Meta lets the business write to nobody first, only answer',
  RESTRICTED_CUSTOMER_INITIATED_MESSAGING: 'Meta lets the business answer nobody',
  RESTRICTED_ADD_PHONE_NUMBER_ACTION: 'Meta lets the business add no numbers',
};

const reasons: Record<string, string> = {
  BUSINESS_DOWNGRADE: 'The phone went back to the ordinary WhatsApp app.',
  PRIMARY_INACTIVITY: 'The phone was not used for 14 days: open the WhatsApp Business app on it.',
  COMPANION_INACTIVITY: 'The connection was not used for a long time.',
  ACCOUNT_DISCONNECTED: 'Somebody disconnected it in the app.',
  CHANGE_NUMBER: 'The phone has another number now.',
  USER_RE_REGISTERED: 'The number was registered on another phone.',
};

const leftWhy = (facts: Facts) => reasons[say(facts, 'reason')] ?? '';

const COSTS = 'Its messages cost what that category costs. If it is wrong, ask Meta for another review.';

/** What happened to a template, in words for the list of events; its own page says the rest. */
function ofTemplate(event: string, facts: Facts): Sentence {
  const name = say(facts, 'template');
  const remark = say(facts, 'remark', say(facts, 'reason', 'Nothing needs to be done.'));
  if (event === 'QUALITY') {
    return [`The quality of the template ${name} is ${say(facts, 'quality').toLowerCase()} now`, remark];
  } else if (event === 'CATEGORY') {
    return typeof facts.from === 'number'
      ? [`The template ${name} will count as ${say(facts, 'category').toLowerCase()}`, COSTS]
      : [`The template ${name} counts as ${say(facts, 'category').toLowerCase()} now`, COSTS];
  } else if (event === 'COMPONENTS') {
    return [`The text of the template ${name} was changed at Meta`, remark];
  } else {
    return [`The template ${name} is ${event.toLowerCase().replaceAll('_', ' ')}`, remark];
  }
}

/** An account event in words; one of a word that is not known is told by it. */
export function accountEventInWords(kind: string, event: string, facts: Facts): Sentence {
  if (kind === 'account' && event === 'DISABLED_UPDATE') {
    return bans[say(facts, 'state')] ?? unknown(event, facts);
  } else if (kind === 'template') {
    return ofTemplate(event, facts);
  } else if (kind === 'group') {
    return [
      `A WhatsApp group: ${event.toLowerCase().replaceAll('_', ' ')}`,
      'Groups are only listed here; messages said in them are in the conversations of who said them.',
    ];
  } else if (kind === 'error') {
    const remark = say(facts, 'remark', `code ${event}`);
    return [say(facts, 'title', `WhatsApp reports an error of this number: ${remark}`), say(facts, 'detail')];
  }
  return tellers[`${kind} ${event}`]?.(facts) ?? unknown(event, facts);
}

const unknown = (event: string, facts: Facts): Sentence => [
  `WhatsApp says: ${event.toLowerCase().replaceAll('_', ' ') || 'something has changed'}`,
  say(facts, 'remark', 'It is not known here what that asks for. Look into WhatsApp Manager.'),
];
