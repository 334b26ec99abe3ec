import { words } from '../words/words.ts';

const UNIT = 1024;
const whole = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 1 });

/** A number of bytes for people: `96 MB`, `1.5 GB`. */
export function sizeInWords(bytes: number): string {
  const { units } = words.operator;
  const power = bytes < UNIT ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / UNIT ** power;
  return `${(value < 10 ? tenths : whole).format(value)} ${units[power] ?? ''}`;
}

/** How long something has lasted, in its largest unit: `3 s`, `4 min`, `2 h`, `5 days`. */
export function spanInWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) {
    return words.ago.seconds(seconds);
  } else if (seconds < 3_600) {
    return words.ago.minutes(Math.floor(seconds / 60));
  } else {
    return seconds < 86_400
      ? words.ago.hours(Math.floor(seconds / 3_600))
      : words.ago.days(Math.floor(seconds / 86_400));
  }
}

/** A short delay: `12 ms`, and from a second on `1.5 s`. */
export function delayInWords(seconds: number): string {
  return seconds < 1
    ? words.operator.milliseconds(Math.ceil(seconds * 1000))
    : `${tenths.format(seconds)} ${words.operator.seconds}`;
}
