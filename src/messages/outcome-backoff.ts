/** Waits that grow: `first` ms, then `factor` times as long after each try, at most `longest`. */
export type BackOff = { first: number; factor: number; longest: number };

/** How long to wait after `tries` earlier waits: between half and all of the grown wait, so that crowds spread out. */
export function backOff({ first, factor, longest }: BackOff, tries: number, random: () => number): number {
  const grown = Math.min(longest, first * factor ** tries);
  return Math.round(grown / 2 + (grown / 2) * random());
}
