import { templateWords } from './error-words-templates.ts';

/**
 * `title` says what happened, `whatToDo` what comes next; whole sentences, for the person who wrote the message.
 * `whenFailed` stands instead of `whatToDo` where a message no longer waits for what passes by itself.
 */
export type ErrorWords = { title: string; whatToDo: string; whenFailed?: string };

const TOKEN: ErrorWords = {
  title: 'WhatsApp no longer accepts this number’s access token.',
  whatToDo: 'Ask an admin to give the number a new access token. Messages wait until then.',
  whenFailed: 'Ask an admin to give the number a new access token, then send the message again.',
};
const PERMISSION: ErrorWords = {
  title: 'The access token may not send with this number.',
  whatToDo: 'Ask an admin to assign the app and its permissions to the number in Meta’s Business settings.',
};
const BUSY: ErrorWords = {
  title: 'WhatsApp asks this business to slow down.',
  whatToDo: 'Nothing: the message waits and goes out by itself.',
  whenFailed: 'Wait an hour, then send the message again.',
};
const DOWN: ErrorWords = {
  title: 'WhatsApp is not available at the moment.',
  whatToDo: 'Nothing: the message is tried again by itself. If it fails in the end, send it again later.',
  whenFailed: 'Send the message again later.',
};
const FAULTY: ErrorWords = {
  title: 'WhatsApp could not make sense of the message.',
  whatToDo: 'Change the message and send it again. If it keeps failing, tell whoever looks after OonoBox.',
};
const REGISTRATION: ErrorWords = {
  title: 'The number is not registered with WhatsApp as it should be.',
  whatToDo: 'Ask an admin to register the number again in WhatsApp Manager. Messages wait until then.',
  whenFailed: 'Ask an admin to register the number again in WhatsApp Manager, then send the message again.',
};
const ACCOUNT: ErrorWords = {
  title: 'Meta has restricted this WhatsApp Business account.',
  whatToDo: 'Ask an admin to look at Account quality in Meta’s Business settings. Messages wait until then.',
  whenFailed:
    'Ask an admin to look at Account quality in Meta’s Business settings, then send the message again.',
};
const MARKETING: ErrorWords = {
  title: 'WhatsApp takes no marketing messages from this business at present.',
  whatToDo: 'Ask an admin to check the marketing settings of the account in WhatsApp Manager.',
};

export const CALL_WORDS: ErrorWords = {
  title: 'WhatsApp refused this for a reason that has to do with calls.',
  whatToDo: 'Write to the customer instead. An admin finds the settings of calls in WhatsApp Manager.',
};
const USERNAME: ErrorWords = {
  title: 'WhatsApp did not take this username.',
  whatToDo: 'Ask an admin to choose another one in WhatsApp Manager.',
};
const PHONE_APP: ErrorWords = {
  title: 'The contacts and chats of the phone app can no longer be brought over.',
  whatToDo:
    'It can be done once, within 24 hours of connecting the number. Ask an admin to disconnect the number and connect it again.',
};

export const OTHER_WORDS: ErrorWords = {
  title: 'WhatsApp refused the message.',
  whatToDo: 'Try again later. If it keeps failing, tell whoever looks after OonoBox the code.',
};
export const PERMISSION_WORDS = PERMISSION;

export const ERROR_WORDS: ReadonlyMap<number, ErrorWords> = new Map([
  ...spread([0, 190], TOKEN),
  ...spread([3, 10, 33, 131005], PERMISSION),
  ...spread([4, 17, 613, 80007, 130429, 131048, 131064, 132069, 134101], BUSY),
  ...spread([1, 2, 131000, 131016, 131057, 133004], DOWN),
  ...spread([100, 131008, 131009, 131051, 131055, 135000], FAULTY),
  ...templateWords,
  ...spread([131037, 131045, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016], REGISTRATION),
  ...spread([368, 131031], ACCOUNT),
  ...spread([131063, 134102], MARKETING),
  ...spread([147001, 147002, 147003, 147004, 147005], USERNAME),
  ...spread([2593107, 2593108], PHONE_APP),
  ...entry(
    130403,
    'You have blocked this customer.',
    'Unblock the customer, then send the message again. Who is blocked at WhatsApp alone has to be blocked here first.',
  ),
  ...entry(
    130472,
    'WhatsApp holds this message back as part of an experiment.',
    'Write to the customer once they have written to you.',
  ),
  ...entry(
    130497,
    'WhatsApp does not let this business write to customers in that country.',
    'Reach the customer in another way.',
  ),
  ...entry(
    131021,
    'The customer’s number is the number it was to be sent from.',
    'Choose another customer or another number.',
  ),
  ...entry(
    131026,
    'WhatsApp cannot deliver to this customer.',
    'They may not use WhatsApp, use an old version of it, or not accept messages from you. Reach them in another way.',
  ),
  ...entry(
    131030,
    'This is a test number, and the customer is not on its list of recipients.',
    'Ask an admin to add the customer’s number to the list in Meta’s app dashboard.',
  ),
  ...entry(
    131042,
    'Meta has a problem with the payment method of this WhatsApp Business account.',
    'Ask an admin to check billing in WhatsApp Manager. Messages wait until then.',
    'Ask an admin to check billing in WhatsApp Manager, then send the message again.',
  ),
  ...entry(
    131047,
    'More than 24 hours have passed since the customer last wrote.',
    'Send an approved template, or wait until the customer writes again.',
  ),
  ...entry(
    131049,
    'WhatsApp chose not to deliver this message, because the customer gets many like it.',
    'Wait at least a day before writing to them of your own accord again.',
  ),
  ...entry(
    131050,
    'The customer has stopped marketing messages from you.',
    'Do not send them marketing. You may still answer when they write.',
  ),
  ...entry(
    131052,
    'WhatsApp could not pass the file on.',
    'Ask the customer to send it again, smaller or in another format.',
  ),
  ...entry(131053, 'WhatsApp could not use the file.', 'Check its format and size, then send it again.'),
  ...entry(
    131056,
    'Too many messages went to this customer in a short time.',
    'Nothing: the message waits and goes out by itself.',
    'Wait a few minutes, then send the message again.',
  ),
  ...entry(
    131062,
    'This kind of message needs the customer’s phone number, which WhatsApp does not share.',
    'Ask the customer for their number, or send another kind of message.',
  ),
  ...entry(
    134100,
    'This marketing message was not accepted as it was sent.',
    'Ask an admin to check the marketing settings of the account in WhatsApp Manager.',
  ),
  ...entry(
    134011,
    'The terms of service for payments are not accepted.',
    'Ask an admin to accept them in WhatsApp Manager.',
  ),
  ...entry(
    137000,
    'WhatsApp is not sure that this is still the same customer.',
    'Make sure whom you write to, then send the message again.',
  ),
  ...entry(
    139100,
    'WhatsApp did not block or unblock everybody it was asked to.',
    'WhatsApp lets a business block only people who have written in the last 24 hours. Try it again once they write.',
  ),
]);

function spread(codes: number[], words: ErrorWords): [number, ErrorWords][] {
  return codes.map((code) => [code, words]);
}

function entry(code: number, title: string, whatToDo: string, whenFailed?: string): [number, ErrorWords][] {
  return [[code, { title, whatToDo, ...(whenFailed === undefined ? {} : { whenFailed }) }]];
}
