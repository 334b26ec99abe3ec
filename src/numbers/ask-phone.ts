import { and, eq } from 'drizzle-orm';
import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { phoneImportSteps, phoneImports } from '#src/db/schema/inbox/index.ts';
import { Problem } from '#src/errors.ts';
import { readSender } from '#src/messages/outbox-sender.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { PhoneDataOutcome, Sending, WhatsApp } from '#src/whatsapp/client.ts';
import { loadPhoneImports, notePhoneApp } from './phone-app.ts';
import {
  ASKED_BEFORE,
  afterAskedBefore,
  isGranted,
  mayAsk,
  type PhoneImport,
  type PhoneImportStep,
} from './phone-import.ts';
import { findStanding } from './standing.ts';

type Parts = { inbox: Inbox; whatsapp: Pick<WhatsApp, 'askPhone' | 'readNumber'>; now: () => number };
type Wanted = {
  numberId: number;
  /** Also what may have been asked for already, without an answer that arrived. */
  isKnowing: boolean;
};

/**
 * Asks the phone of a number for its contacts, then for its history, each once: that it is asked for is written down
 * before. After anything else than a grant the next step waits. What comes of it comes by webhooks. Throws `NotFound`,
 * `Forbidden`, and `Problem` 422 when the number is paused or on no phone.
 */
export async function askPhone(parts: Parts, wanted: Wanted, viewer: Viewer): Promise<void> {
  const { inbox, whatsapp, now } = parts;
  demand(viewer, 'settings.manage');
  const sender = await findPhone(parts, wanted.numberId);
  for (const step of phoneImportSteps) {
    const begun = await beginAsking(inbox, step, wanted, viewer, now());
    if (begun !== null) {
      const outcome = await whatsapp.askPhone(sender, step);
      await settleAsking(inbox, { numberId: wanted.numberId, step, ...begun }, outcome, now());
    }
    const known = await loadStep(inbox, wanted.numberId, step);
    if (known === undefined || !isGranted(known)) {
      return;
    }
  }
}

/** The number as it asks, once Meta has said that a phone has it, too, or does not say. */
async function findPhone({ inbox, whatsapp }: Parts, numberId: number): Promise<Sending> {
  const { isOnPhoneApp } = await findStanding(inbox, numberId);
  const sender = await readSender(inbox, numberId);
  if (sender === null) {
    throw new Problem(
      422,
      'number-paused',
      'The number is paused.',
      'Nothing was asked of its phone. Settle first what the number is paused for, then ask again.',
    );
  }
  const read = isOnPhoneApp ? null : await whatsapp.readNumber(sender.phoneNumberId, sender.token);
  if (read && !read.ok) {
    throw new Problem(422, 'number-unread', 'Nothing was asked of the phone.', read.error);
  }
  await inbox.write('full', notePhoneApp(inbox, numberId, read?.isOnPhoneApp ?? null));
  if (read?.isOnPhoneApp === false) {
    throw new Problem(
      422,
      'not-on-a-phone',
      'This number is not in the WhatsApp Business app of any phone.',
      'So there is nothing to bring in. If it should be: connect the app to the Business Platform on the phone, then ask within 24 hours.',
    );
  }
  return sender;
}

/** Writes down that it is asked for, if it may be, and gives what was known before; null when it may not. */
function beginAsking(
  inbox: Inbox,
  step: PhoneImportStep,
  { numberId, isKnowing }: Wanted,
  viewer: Viewer,
  now: number,
): Promise<{ before: PhoneImport | undefined } | null> {
  return inbox.turn(async (commit) => {
    const before = await loadStep(inbox, numberId, step);
    const may = mayAsk(before, now);
    if (may === 'no' || (may === 'knowingly' && !isKnowing)) {
      return null;
    }
    const row = { state: 'asked' as const, askedAt: now, errorCode: null };
    await commit('full', [
      inbox.sql
        .insert(phoneImports)
        .values({ numberId, step, ...row })
        .onConflictDoUpdate({ target: [phoneImports.numberId, phoneImports.step], set: row }),
      noted(inbox, { numberId, step, actor: viewer, at: now, action: 'number.phone_asked' }),
    ]);
    return { before };
  });
}

/** What was not sent was not asked for: its row goes. */
function settleAsking(
  inbox: Inbox,
  { numberId, step, before }: { numberId: number; step: PhoneImportStep; before: PhoneImport | undefined },
  outcome: PhoneDataOutcome,
  now: number,
): Promise<void> {
  const isThis = and(eq(phoneImports.numberId, numberId), eq(phoneImports.step, step));
  const after = settled(outcome, before);
  return inbox.write('full', [
    after === null
      ? inbox.sql.delete(phoneImports).where(isThis)
      : inbox.sql.update(phoneImports).set(after).where(isThis),
    noted(inbox, {
      numberId,
      step,
      actor: { kind: 'system' },
      at: now,
      action: 'number.phone_answered',
      data: {
        outcome: after?.state ?? 'not_sent',
        ...(outcome.kind === 'refused' ? { code: outcome.error.code } : {}),
      },
    }),
  ]);
}

function settled(
  outcome: PhoneDataOutcome,
  before: PhoneImport | undefined,
): Pick<PhoneImport, 'state' | 'errorCode'> | null {
  switch (outcome.kind) {
    case 'done':
      return { state: 'taken', errorCode: null };
    case 'refused':
      return outcome.error.code === ASKED_BEFORE
        ? afterAskedBefore(before)
        : { state: 'refused', errorCode: outcome.error.code };
    case 'unknown':
      return { state: 'unknown', errorCode: null };
    case 'not-sent':
      return null;
  }
}

type Noted = {
  numberId: number;
  step: PhoneImportStep;
  actor: Actor;
  at: number;
  action: string;
  data?: Record<string, unknown>;
};

const noted = (inbox: Inbox, { numberId, step, actor, at, action, data = {} }: Noted) =>
  auditRow(inbox, { at, actor, action, object: `number:${numberId}`, data: { step, ...data } });

async function loadStep(
  inbox: Inbox,
  numberId: number,
  step: PhoneImportStep,
): Promise<PhoneImport | undefined> {
  return (await loadPhoneImports(inbox, numberId)).find((one) => one.step === step);
}
