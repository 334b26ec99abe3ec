/** @jsxImportSource preact */
import type { Collision } from '#src/messages/compose-collision.ts';
import { words } from '../words/words.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

type Props = { collision: Collision; now: number };

/** Somebody else has answered since this was begun. Asked once: the form has seen that answer now. */
export const CollisionQuestion = ({ collision, now }: Props) => (
  <div class="composer__asks" role="alert" data-question={collision.messageId}>
    <p>{words.answeredMeanwhile(authorOf(collision), agoInWords(now - collision.at))}</p>
    <p class="bar">
      <button class="btn btn--primary" type="submit">
        {words.sendAnyway}
      </button>
      <a class="btn" href="#text" data-keep-editing="">
        {words.keepEditing}
      </a>
    </p>
  </div>
);

function authorOf({ author }: Collision): string {
  return author.kind === 'person' ? author.name || words.actors.person : words.authors[author.kind];
}

function agoInWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < minute) {
    return words.ago.seconds(seconds);
  } else if (seconds < hour) {
    return words.ago.minutes(Math.floor(seconds / minute));
  } else if (seconds < day) {
    return words.ago.hours(Math.floor(seconds / hour));
  } else {
    return words.ago.days(Math.floor(seconds / day));
  }
}

/** Shown by script when the same person has typed on elsewhere what this box does not hold. */
export const OtherDraft = () => (
  <div class="composer__asks" role="status" data-other-draft="" hidden>
    <p>
      {words.otherDraft} <q dir="auto" />
    </p>
    <p class="bar">
      <button class="btn" type="button" data-take-other="">
        {words.takeOther}
      </button>
      <button class="btn" type="button" data-keep-own="">
        {words.keepThis}
      </button>
    </p>
  </div>
);
