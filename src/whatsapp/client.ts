import type { Logger } from '#src/log.ts';
import { type BlockOutcome, blockBody, blockOutcome } from './block-users.ts';
import { createConnections } from './connections.ts';
import { inPlainWords, meantCode } from './errors.ts';
import { type Answer, createExchange } from './exchange.ts';
import type { Failure } from './failure.ts';
import { createMedia, type Media } from './media.ts';
import { isSuccess, receiptOutcome, type SendOutcome, sendOutcome, unsettled } from './outcome.ts';
import { messageBody, type Outgoing, readBody } from './outgoing.ts';
import { readOwner } from './ownership.ts';
import { PATIENCE, type Patience } from './patience.ts';
import { type PhoneData, type PhoneDataOutcome, phoneDataBody, phoneDataOutcome } from './phone-data.ts';
import { asFields, asWords } from './shape.ts';
import { createTemplates, type Templates } from './templates.ts';

export type { BlockOutcome } from './block-users.ts';
export type { Download, FilePart, Media, MediaReading, Uploaded } from './media.ts';
export { TransferFailed } from './media.ts';
export type { Refusal, SendOutcome } from './outcome.ts';
export type { Outgoing } from './outgoing.ts';
export type { PhoneData, PhoneDataOutcome } from './phone-data.ts';
export type { ListedTemplate, TemplateList } from './templates.ts';

/** What a request is made with: the number's id at Meta and its access token. */
export type Sending = { phoneNumberId: string; token: string };

export type NumberReading =
  /** `isOnPhoneApp`: the WhatsApp Business app on a phone has the number, too; null when Meta does not say it. */
  | { ok: true; displayPhone: string; verifiedName: string; isOnPhoneApp: boolean | null }
  /** `error` in whole sentences for a person; `code` is Meta's, when Meta answered. */
  | { ok: false; error: string; code: number | null };

export type WhatsApp = Media &
  Templates & {
    /** Sends once. Never repeats by itself, and never throws. */
    send(number: Sending, message: Outgoing): Promise<SendOutcome>;
    /**
     * Marks a message of the customer's, and those before it, as read. `isTyping` shows moreover that somebody writes, for
     * 25 s or until they send.
     */
    markRead(
      number: Sending,
      wamid: string,
      also?: { isTyping: boolean },
    ): Promise<Exclude<SendOutcome, { kind: 'accepted' }> | { kind: 'done' }>;
    /** Blocks or unblocks a customer on this number; only who has written in the last 24 hours can be blocked. */
    blockUser(number: Sending, user: Outgoing['to'], isBlocking: boolean): Promise<BlockOutcome>;
    /**
     * Asks the WhatsApp Business app that has this number, too, for its contacts or its history: Meta grants each once,
     * within 24 hours of connecting the number. Never repeats by itself, and never throws.
     */
    askPhone(number: Sending, what: PhoneData): Promise<PhoneDataOutcome>;
    /** Reads a number with a token: the proof that the token may speak for it. */
    readNumber(phoneNumberId: string, token: string): Promise<NumberReading>;
    /** The business portfolio that owns a business account; null when Meta does not say it to this token. */
    readPortfolio(wabaId: string, token: string): Promise<string | null>;
  };

export type WhatsAppOptions = {
  /** An origin, as a rule `https://graph.facebook.com`; nothing else is ever asked. */
  graphUrl: string;
  graphVersion: string;
  /** From the first byte to the last of one request. */
  timeoutMs?: number;
  /** How long a file may take on its way. */
  patience?: Patience;
  log: Logger;
  /** Ms that never run backwards: how long connections are reused. */
  now?: () => number;
};

const TIMEOUT_MS = 20_000;

export function createWhatsApp(options: WhatsAppOptions): WhatsApp {
  const { graphUrl, graphVersion, timeoutMs = TIMEOUT_MS, log, now = () => performance.now() } = options;
  const { patience = PATIENCE } = options;
  const { fetch } = createConnections(now);
  const exchange = createExchange({ graphUrl, timeoutMs, log, fetch });
  const address = (id: string, rest: string) => `/${graphVersion}/${encodeURIComponent(id)}${rest}`;
  const post = ({ phoneNumberId, token }: Sending, body: object) =>
    exchange({ token, method: 'POST', path: address(phoneNumberId, '/messages'), body });

  return {
    ...createMedia({ exchange, address, graphUrl, fetch, patience, log }),
    ...createTemplates({ exchange, address }),
    async send(number, message) {
      return sendOutcome(await post(number, messageBody(message)), number.token);
    },
    async markRead(number, wamid, also) {
      return receiptOutcome(await post(number, readBody(wamid, also)), number.token);
    },
    async blockUser({ phoneNumberId, token }, user, isBlocking) {
      const method = isBlocking ? 'POST' : 'DELETE';
      const path = address(phoneNumberId, '/block_users');
      return blockOutcome(await exchange({ token, method, path, body: blockBody(user) }), token);
    },
    async askPhone({ phoneNumberId, token }, what) {
      const path = address(phoneNumberId, '/smb_app_data');
      return phoneDataOutcome(
        await exchange({ token, method: 'POST', path, body: phoneDataBody(what) }),
        token,
      );
    },
    async readNumber(phoneNumberId, token) {
      const path = address(phoneNumberId, '?fields=id,display_phone_number,verified_name,is_on_biz_app');
      return readNumber(await exchange({ token, method: 'GET', path }), phoneNumberId, token);
    },
    async readPortfolio(wabaId, token) {
      const path = address(wabaId, '?fields=id,owner_business_info');
      return readOwner(await exchange({ token, method: 'GET', path }));
    },
  };
}

/** Meta names the number it speaks of: another one than was asked for proves nothing. */
function readNumber(answer: Answer | Failure, phoneNumberId: string, token: string): NumberReading {
  const number = isSuccess(answer) ? asFields(answer.json) : null;
  const displayPhone = asWords(number?.display_phone_number);
  if (displayPhone !== null && asWords(number?.id) === phoneNumberId) {
    const { is_on_biz_app: onApp, verified_name: name } = number ?? {};
    const isOnPhoneApp = typeof onApp === 'boolean' ? onApp : null;
    return { ok: true, displayPhone, verifiedName: asWords(name) ?? '', isOnPhoneApp };
  }
  const problem = unsettled(answer, token);
  if (problem.kind === 'refused') {
    const { code, subcode } = problem.error;
    const { title, whatToDo } = inPlainWords(meantCode(code, subcode));
    return { ok: false, error: `${title} ${whatToDo}`, code };
  } else {
    return { ok: false, error: `WhatsApp could not be asked about the number: ${problem.why}.`, code: null };
  }
}
