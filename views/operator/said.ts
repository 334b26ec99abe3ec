import type { Finding } from '#src/operator/judge.ts';
import { delayInWords, sizeInWords, spanInWords } from '../shared/measure.ts';
import { words } from '../words/words.ts';

const { operator } = words;

/** One finding in words: its name, how it stands if that needs a word, what it means, and what to do. */
export type Said = { title: string; note?: string; text: string; todo?: string };

export function sayFinding(finding: Finding): Said {
  const todo = todoOf(finding);
  return { ...say(finding), ...(todo === null ? {} : { todo }) };
}

function say(finding: Finding): Said {
  switch (finding.about) {
    case 'intake':
      return finding.age === null
        ? operator.intake.none()
        : operator.intake.some(finding.pending, spanInWords(finding.age));
    case 'failed':
    case 'paused':
      return finding.count === 0
        ? operator[finding.about].none()
        : operator[finding.about].some(finding.count);
    case 'sends':
    case 'files':
      return sayWaiting(finding);
    case 'unknown':
      return finding.asked === 0
        ? operator.unknown.none(finding.unasked)
        : operator.unknown.some(finding.asked);
    case 'businesses':
      return operator.businesses(finding.count, finding.open);
    case 'closed':
      return sayClosed(finding);
    case 'more-closed':
      return operator.moreClosed(finding.count);
    case 'unrouted':
      return operator.unrouted(finding.count);
    default:
      return sayServer(finding);
  }
}

type Of<About extends Finding['about']> = Finding & { about: About };

function sayWaiting({ about, waiting, age, state }: Of<'sends' | 'files'>): Said {
  if (waiting === 0) {
    return operator[about].none();
  }
  return age === null || state === 'fine'
    ? operator[about].some(waiting)
    : operator[about].late(waiting, spanInWords(age));
}

function sayClosed({ closed: { name, reason, code } }: Of<'closed'>): Said {
  const { note, reasons } = operator.closed;
  const why = code === null || reason !== 'other' ? '' : ` ${code}.`;
  return { title: name, note, text: `${reasons[reason]}${why}` };
}

function sayServer(finding: Of<'memory' | 'disk' | 'wal' | 'loop' | 'crash'>): Said {
  const isFine = finding.state === 'fine';
  switch (finding.about) {
    case 'memory': {
      const sizes = [sizeInWords(finding.rss), sizeInWords(finding.limit)] as const;
      return isFine ? operator.memory.fine(...sizes) : operator.memory.over(...sizes);
    }
    case 'disk':
      if (finding.free === null) {
        return operator.disk.unknown();
      }
      return isFine
        ? operator.disk.fine(sizeInWords(finding.free), sizeInWords(finding.total))
        : operator.disk.low(sizeInWords(finding.free));
    case 'wal':
      return isFine
        ? operator.wal.fine(sizeInWords(finding.all))
        : operator.wal.large(sizeInWords(finding.largest));
    case 'loop':
      return isFine
        ? operator.loop.fine(delayInWords(finding.max))
        : operator.loop.slow(delayInWords(finding.p99), delayInWords(finding.max));
    case 'crash':
      return sayCrash(finding);
  }
}

function sayCrash({ pickUp }: Of<'crash'>): Said {
  if (pickUp === null) {
    return operator.crash.none();
  }
  const { found } = operator.crash;
  const removed = pickUp.unfinishedAccounts + pickUp.folders + pickUp.files;
  const sentences = [
    pickUp.accounts > 0 && found.accounts(pickUp.accounts),
    pickUp.unavailable > 0 && found.unavailable(pickUp.unavailable),
    pickUp.takenIn > 0 && found.takenIn(pickUp.takenIn),
    pickUp.setAside > 0 && found.setAside(pickUp.setAside),
    pickUp.parked > 0 && found.parked(pickUp.parked),
    pickUp.unknown > 0 && found.unknown(pickUp.unknown),
    removed > 0 && found.removed(removed),
  ];
  return { title: operator.crash.some, text: sentences.filter((one) => one !== false).join(' ') };
}

/** What to do beyond what the words say already. */
function todoOf(finding: Finding): string | null {
  const { about, state } = finding;
  if (about === 'closed') {
    return finding.parked === 0 ? null : operator.closed.parked(finding.parked);
  }
  const hasTodo = about === 'intake' || about === 'sends' || about === 'files' || about === 'crash';
  return state !== 'fine' && hasTodo ? operator[about].todo : null;
}
