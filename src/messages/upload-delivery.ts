import type { FileRow } from '#src/attachments/load-files.ts';
import { VOICE_MIME } from '#src/attachments/upload-kind.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { DamagedFile, MissingFile, StorageFull, StorageUnavailable } from '#src/errors.ts';
import { createAlarm } from './delivery-alarm.ts';
import { createBreaker } from './delivery-breaker.ts';
import type { DeliveryParts } from './delivery-post.ts';
import { createRounds } from './delivery-rounds.ts';
import { readSender } from './outbox-sender.ts';
import type { Settled } from './outcome-settle.ts';
import { findUploads, waitsForUploads } from './upload-due.ts';
import type { UploadOutcome } from './upload-outcome.ts';
import { createUploadRests } from './upload-rest.ts';
import { settleUpload, type UploadTry } from './upload-settle.ts';

/** Gives Meta the files that a number's messages wait for. */
export type UploadWorker = {
  /** There may be something to do. */
  ask(): void;
  isBusy(): boolean;
  /** Resolves when nothing is on its way and nothing more can be done now. */
  idle(): Promise<void>;
  /** Breaks off what is on its way: it is begun anew at the next start. */
  stop(): void;
};

type Place = { accountId: number; numberId: number };
type Course = {
  /** The clock of the number's waits. */
  span: () => number;
  /** Until when Meta has asked for silence, by that clock. */
  heldUntil: () => number;
  /** A file is there: its message can be claimed. */
  uploaded: () => void;
  settled: (settled: readonly Settled[]) => void;
};

const AT_ONCE = 2;
const AFTER_TROUBLE_MS = 5_000;

export function createUploadWorker(parts: DeliveryParts, place: Place, course: Course): UploadWorker {
  const { accounts, live, log, now, phase } = parts;
  const { accountId, numberId } = place;
  const about = { account: accountId, number: numberId };
  const { span } = course;
  // Of its own: a file that never gets through must not hold back what needs none.
  const breaker = createBreaker();
  const underWay = new Map<number, Promise<void>>();
  const stopping = new AbortController();
  const rounds = createRounds(round, (error) => trouble(error, 'a round of uploads failed'));
  const alarm = createAlarm(span, rounds.ask);
  /** After trouble with a file: it is due still, and would be tried again and again. */
  const rests = createUploadRests();
  /** After trouble of ours with all of them. */
  let restsUntil = 0;

  async function round(): Promise<void> {
    const at = span();
    const silentUntil = Math.max(course.heldUntil(), restsUntil);
    const held = Math.max(silentUntil, breaker.readyAt());
    const limit = Math.min(AT_ONCE - underWay.size, breaker.allowance(at, underWay.size));
    if (phase.draining || limit < 1 || at < silentUntil) {
      alarm.setFor(held > at ? held : null);
      return;
    }
    alarm.setFor(rests.nextEnd(at));
    await accounts.use(accountId, async (inbox) => {
      if (!waitsForUploads(inbox, numberId)) {
        return;
      }
      const except = [...underWay.keys(), ...rests.resting(at)];
      const due = await findUploads(inbox, { numberId, now: now(), limit, except });
      const sender = due.length > 0 ? await readSender(inbox, numberId) : null;
      for (const one of sender ? due : []) {
        track(one.row.id, sender ? upload({ ...one, sender }) : Promise.resolve());
      }
    });
  }

  function track(id: number, work: Promise<void>): void {
    const tracked = work
      .catch((error) => trouble(error, 'an upload went wrong'))
      .finally(() => {
        underWay.delete(id);
        rounds.ask();
      });
    underWay.set(id, tracked);
  }

  /** The account stays open as long as it takes. */
  function upload(one: UploadTry): Promise<void> {
    return accounts.use(accountId, async (inbox) => {
      const outcome = await giveOrRest(inbox, one);
      if (outcome === null || stopping.signal.aborted) {
        return;
      }
      breaker.note(outcome.kind !== 'not-sent' && outcome.kind !== 'unknown', span());
      const settled = await settleUpload(inbox, one, outcome, { now: now(), random: Math.random });
      if (settled === null) {
        course.uploaded();
      } else {
        await live.publish(inbox, [settled.change]);
        course.settled([settled]);
      }
    });
  }

  /** Null when the file could not be read, and rests. Throws what concerns all files. */
  async function giveOrRest(inbox: Inbox, one: UploadTry): Promise<UploadOutcome | null> {
    const { id } = one.row;
    try {
      const outcome = await give(parts, inbox, one, stopping.signal);
      rests.forget(id);
      return outcome;
    } catch (error) {
      const isOfAll = error instanceof StorageUnavailable || error instanceof StorageFull;
      if (isOfAll || !rests.begin(id, span())) {
        throw error;
      }
      log.error({ ...about, message: id, err: error }, 'the file of a message could not be read');
      return null;
    }
  }

  function trouble(error: unknown, what: string): void {
    log.error({ ...about, err: error }, what);
    restsUntil = span() + AFTER_TROUBLE_MS;
    alarm.setFor(restsUntil);
  }

  return {
    ask: rounds.ask,
    isBusy: () => rounds.isBusy() || underWay.size > 0,
    async idle() {
      do {
        await Promise.all([rounds.idle(), ...underWay.values()]);
      } while (rounds.isBusy() || underWay.size > 0);
    },
    stop() {
      alarm.cancel();
      rounds.stop();
      stopping.abort();
    },
  };
}

/** One try, streamed from the vault. Throws when the file cannot be read now; that it never can be is an outcome. */
async function give(
  { vault, whatsapp }: DeliveryParts,
  inbox: Inbox,
  { file, sender }: UploadTry,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  if (!file || file.path === null || file.wrappedKey === null || file.bytes === null) {
    return { kind: 'unreadable' };
  }
  const { id, path, wrappedKey, bytes } = file;
  try {
    const body = vault.read(inbox, { id, path, wrappedKey, bytes });
    const answer = await whatsapp.upload(sender, { ...atMeta(file), bytes, body }, signal);
    return answer.ok ? { kind: 'uploaded', mediaId: answer.mediaId } : answer.outcome;
  } catch (error) {
    if (error instanceof DamagedFile || error instanceof MissingFile) {
      return { kind: 'unreadable' };
    }
    throw error;
  }
}

/** The ending that Meta expects of each kind of file that is shown or played: it goes by that. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
};

/** Ogg is taken only with its codec named. What the customer sees as a document's name is in the message. */
function atMeta({ mime, name }: FileRow): { mime: string; name: string } {
  const ending = ENDINGS[mime.split(';')[0] ?? ''];
  return {
    mime: mime === 'audio/ogg' ? VOICE_MIME : mime,
    name: ending === undefined ? (name ?? 'file') : `file.${ending}`,
  };
}
