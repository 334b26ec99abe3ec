import fc from 'fast-check';
import { hostileTexts, megabyte, text, value } from './hostile-values.ts';
import { isLong } from './long.ts';
import { shuffled } from './shuffled.ts';
import { everyPlace, everySpoiling, type Spoiling } from './spoil.ts';
import { kinds } from './webhook-kinds/all.ts';
import type { Kind } from './webhook-kinds/kind.ts';

const SEED = 20_261_122;
const SAMPLE = isLong ? Number.POSITIVE_INFINITY : 1_000;

export const shownKinds = kinds.filter(({ is }) => is === 'message');

/** Everything hostile in every place of every webhook; in the short form a sample, always the same one. */
export function theSample(): Spoiling[] {
  return [...mixed(everySpoiling(kinds)).slice(0, SAMPLE), ...plainlyShown(), ...megabytes()];
}

/** What a browser would take for markup, in messages. */
export function theMarkup(): Spoiling[] {
  const markup = everySpoiling(shownKinds).filter(
    ({ hostile, as }) => as === 'value' && hostile.text?.includes('<'),
  );
  return mixed(markup).slice(0, 300);
}

/** Conversations to look at. */
export function visitedKinds(): Kind[] {
  return isLong ? shownKinds : mixed(shownKinds).slice(0, 8);
}

/** Twenty changes, each with random text or random JSON in a place of its own. */
export function arbitrarySpoilings() {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }).map((given) => text('random text', given)),
    fc
      .json({ maxDepth: 5 })
      .filter((json) => !json.startsWith('"'))
      .map((json) => value('random JSON', json)),
  );
  const spoiling = fc
    .record({ place: fc.constantFrom(...everyPlace(kinds)), hostile })
    .map((given): Spoiling => ({ ...given.place, as: 'value', hostile: given.hostile }));
  return fc.array(spoiling, { minLength: 20, maxLength: 20 });
}

export function mixed<T>(list: readonly T[]): T[] {
  return shuffled(list, SEED);
}

/** Every text where people are sure to see it, whatever else the sample holds. */
function plainlyShown(): Spoiling[] {
  const shown = [
    'body',
    'name',
    'username',
    'caption',
    'filename',
    'title',
    'description',
    'formatted_name',
    'emoji',
  ];
  const places = shown.map((name) => everyPlace(kinds).find(({ path }) => path.at(-1) === name));
  return places.flatMap((place) =>
    place ? hostileTexts.map((hostile) => ({ ...place, as: 'value' as const, hostile })) : [],
  );
}

/** A megabyte once for every name that a place has anywhere; a few of them in the short form. */
function megabytes(): Spoiling[] {
  const byName = new Map(everyPlace(kinds).map((place) => [place.path.at(-1), place]));
  const places = [...byName.values()].filter(({ path }) => typeof path.at(-1) === 'string');
  const chosen = isLong ? places : mixed(places).slice(0, 6);
  return chosen.map((place) => ({ ...place, as: 'value', hostile: megabyte }));
}
