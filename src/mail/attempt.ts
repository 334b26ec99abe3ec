import type { Services } from '#src/services.ts';
import { readAddress } from './address.ts';
import { type Claimed, claim, type Outcome, settle } from './due.ts';
import type { Letter } from './letter.ts';
import { messageIdOf } from './message-id.ts';
import type { Message, Post } from './post.ts';
import { isOver, readLetter } from './read-letter.ts';
import { concernsAll, isFinal, type Refusal, understand } from './refusal.ts';
import { renderLetter } from './render.tsx';
import type { MailSettings } from './settings.ts';
import { timeZoneFor } from './time-zone.ts';
import { nextTry } from './waits.ts';

export type AttemptParts = Pick<Services, 'control' | 'keyring' | 'now' | 'log'> & {
  settings: MailSettings;
  post: Post;
  /** Given up when the program ends: the letter waits as if the try had not been made. */
  ending: AbortSignal;
};

/** Longer than any server takes that answers at all; one that goes on sending a byte now and then is left. */
const LONGEST_MS = 60_000;

/**
 * Tries one letter once. The outcome is written after the mail server's answer, so a program that is killed in between
 * sends the letter again at its next start: at least once, never not at all.
 */
export async function attempt(parts: AttemptParts, id: number): Promise<'sent' | 'refused' | 'all-refused'> {
  const { control, log, now, ending } = parts;
  const mail = await claim(control, id);
  const refusal = mail && (await handOver(parts, mail));
  if (mail === null || (refusal !== null && ending.aborted)) {
    return 'refused';
  }
  const outcome = outcomeOf(mail, refusal, now());
  await control.write('full', [settle(control, id, outcome)]);
  const about = { mail: id, kind: mail.kind, tries: mail.tries };
  if (refusal === null) {
    log.info(about, 'a letter was handed over');
    return 'sent';
  }
  log.warn({ ...about, ...refusal, state: outcome.state }, 'a letter was not taken');
  return concernsAll(refusal) ? 'all-refused' : 'refused';
}

/** Null once the mail server has said that it has it. */
async function handOver(parts: AttemptParts, mail: Claimed): Promise<Refusal | null> {
  const { control, post, ending, now } = parts;
  const letter = readLetter(control, mail);
  if (letter !== null && isOver(letter, now())) {
    return { reason: 'expired', reply: null };
  }
  const to = readAddress(mail.recipient);
  if (to === null) {
    return { reason: 'recipient', reply: null };
  }
  const message = letter && (await compose(parts, { ...mail, recipient: to }, letter));
  if (message === null) {
    return { reason: 'unreadable', reply: null };
  }
  try {
    await post(message, AbortSignal.any([ending, AbortSignal.timeout(LONGEST_MS)]));
    return null;
  } catch (error) {
    return understand(error);
  }
}

/** One letter that cannot be put into words must not hold up those behind it. */
async function compose(parts: AttemptParts, mail: Claimed, letter: Letter): Promise<Message | null> {
  const { control, keyring, settings, log } = parts;
  const timeZone = await timeZoneFor(control, mail);
  const origin = { id: mail.id, installId: keyring.installId, from: settings.from.address };
  try {
    return { ...renderLetter(letter, timeZone), messageId: messageIdOf(origin), to: mail.recipient };
  } catch (err) {
    log.error({ mail: mail.id, kind: mail.kind, err }, 'a letter could not be put into words');
    return null;
  }
}

function outcomeOf(mail: Claimed, refusal: Refusal | null, at: number): Outcome {
  if (refusal === null) {
    return { state: 'sent', at };
  }
  const error = [refusal.reason, refusal.reply].filter(Boolean).join(' ');
  // Whoever sends a test waits for what comes of it, and tries again by hand.
  const isOnce = isFinal(refusal) || mail.kind === 'test';
  const nextAt = isOnce ? null : nextTry(mail, at);
  return nextAt === null ? { state: 'failed', at, error } : { state: 'queued', nextAt, error };
}
