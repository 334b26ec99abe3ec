/**
 * What an error asks for, as the specification's §9 has it. `again`: it passes, and the message goes by itself · `once`: one
 * more try · `rest`: not before something has rested, however often · `nothing`: it is final · `admin`: somebody has to act,
 * and the queue waits for them.
 */
type Asks = 'again' | 'once' | 'rest' | 'nothing' | 'admin';

/** What waits or pauses with the message. */
type Concerns = 'message' | 'customer' | 'number' | 'account';

export type Refusal = {
  code: number;
  subcode?: number;
  asks: Asks;
  concerns: Concerns;
  /** Words by which a person knows this error from another. */
  says: string;
};

const DOWN = 'WhatsApp is not available at the moment.';
const BUSY = 'WhatsApp asks this business to slow down.';
const FAULTY = 'WhatsApp could not make sense of the message.';
const TOKEN = 'WhatsApp no longer accepts this number’s access token.';
const PERMISSION = 'The access token may not send with this number.';
const REGISTRATION = 'The number is not registered with WhatsApp as it should be.';
const RESTRICTED = 'Meta has restricted this WhatsApp Business account.';
const NO_MARKETING = 'WhatsApp takes no marketing messages from this business at present.';

const row = (asks: Asks, concerns: Concerns, says: string, ...codes: number[]): Refusal[] =>
  codes.map((code) => ({ code, asks, concerns, says }));
const final = (code: number, says: string) => row('nothing', 'message', says, code);

/** Every code that a message is refused with; the last one stands for those that Meta has not written down. */
export const refusals: readonly Refusal[] = [
  ...row('again', 'message', DOWN, 2, 131016, 133004),
  ...row('again', 'number', BUSY, 130429),
  ...row('again', 'number', DOWN, 131057),
  ...row('once', 'message', DOWN, 1, 131000),
  ...row('rest', 'customer', 'Too many messages went to this customer in a short time.', 131056),
  ...row('rest', 'number', BUSY, 131048),
  ...row('rest', 'account', BUSY, 4, 17, 613, 80007, 131064, 132069, 134101),
  ...row('admin', 'number', TOKEN, 0, 190),
  ...row('admin', 'number', PERMISSION, 3, 10, 33, 200, 250, 299, 131005),
  { code: 100, subcode: 33, asks: 'admin', concerns: 'number', says: PERMISSION },
  ...row(
    'admin',
    'number',
    'This is a test number, and the customer is not on its list of recipients.',
    131030,
  ),
  ...row('admin', 'number', REGISTRATION, 131037, 131045, 133000, 133005, 133006, 133008, 133009, 133010),
  ...row('admin', 'number', REGISTRATION, 133015, 133016),
  ...row('admin', 'account', RESTRICTED, 368, 131031),
  ...row(
    'admin',
    'account',
    'Meta has a problem with the payment method of this WhatsApp Business account.',
    131042,
  ),
  ...row('nothing', 'message', NO_MARKETING, 131063, 134102),
  ...row('admin', 'account', 'The terms of service for payments are not accepted.', 134011),
  ...row('nothing', 'message', FAULTY, 100, 131008, 131009, 131051, 131055, 135000),
  ...final(131047, 'More than 24 hours have passed since the customer last wrote. Send an approved template'),
  ...final(130403, 'You have blocked this customer.'),
  ...final(130472, 'as part of an experiment.'),
  ...final(130497, 'does not let this business write to customers in that country.'),
  ...final(131021, 'The customer’s number is the number it was to be sent from.'),
  ...final(131026, 'WhatsApp cannot deliver to this customer.'),
  ...final(131049, 'because the customer gets many like it. Wait at least a day'),
  ...final(131050, 'The customer has stopped marketing messages from you.'),
  ...final(131052, 'WhatsApp could not pass the file on.'),
  ...final(131053, 'WhatsApp could not use the file.'),
  ...final(131062, 'needs the customer’s phone number'),
  ...final(132000, 'The template takes another number of values.'),
  ...final(132001, 'WhatsApp has no such approved template in this language.'),
  ...final(132005, 'With these values the template’s text is too long.'),
  ...final(132007, 'WhatsApp found something in the template that its rules forbid.'),
  ...final(132012, 'A value of the template is of the wrong kind.'),
  ...final(132015, 'WhatsApp has paused this template'),
  ...final(132016, 'WhatsApp has disabled this template for good.'),
  ...final(132018, 'WhatsApp did not accept a value of the template.'),
  ...final(132068, 'The form behind the template’s button is blocked.'),
  ...final(134100, 'This marketing message was not accepted as it was sent.'),
  ...final(137000, 'WhatsApp is not sure that this is still the same customer.'),
  ...final(424242, 'WhatsApp refused the message.'),
];

/** The codes of requests that this program does not make: what stands of them is what a report would say. */
export const onlyReported: readonly Refusal[] = [
  ...row('nothing', 'message', 'for a reason that has to do with calls.', 138000, 138001, 138013),
  ...final(139100, 'WhatsApp did not block or unblock everybody it was asked to.'),
  ...row(
    'nothing',
    'message',
    'WhatsApp did not take this username.',
    147001,
    147002,
    147003,
    147004,
    147005,
  ),
  ...row('admin', 'number', 'phone app can no longer be brought over.', 2593107, 2593108),
];

/** After these what is known of the account's templates is out of date. */
export const ofTemplates = [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018];

/** Codes that another access token may mend; the rest is settled at Meta, and the number is tried again. */
export const ofToken = [0, 3, 10, 190, 200, 250, 299, 131005];
