/** @jsxImportSource preact */
import { words } from '../words/words.ts';

export type TimeStyle = 'time' | 'short' | 'day' | 'date' | 'moment';

const shapes: Record<Exclude<TimeStyle, 'short'> | 'weekday' | 'brief', Intl.DateTimeFormatOptions> = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  moment: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  weekday: { weekday: 'short' },
  brief: { day: 'numeric', month: 'short' },
};
const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: number, shape: keyof typeof shapes, timeZone: string): string {
  const key = `${shape} ${timeZone}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = new Intl.DateTimeFormat(words.locale, { ...shapes[shape], timeZone });
    formats.set(key, known);
  }
  return known.format(at);
}

/** The calendar day of a moment there, as `2026-11-23`. */
export function dayOf(at: number, timeZone: string): string {
  const key = `key ${timeZone}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = new Intl.DateTimeFormat('en-CA', { timeZone });
    formats.set(key, known);
  }
  return known.format(at);
}

const dayMs = 86_400_000;

/** A moment in words; `short` is a time today, a weekday within the week, else a date; `day` and `moment` know today. */
export function timeInWords(at: number, style: TimeStyle, timeZone: string, now: number): string {
  if (style === 'time' || style === 'date') {
    return format(at, style, timeZone);
  }
  const isToday = dayOf(at, timeZone) === dayOf(now, timeZone);
  if (style === 'short') {
    return format(at, isToday ? 'time' : now - at < 6 * dayMs ? 'weekday' : 'brief', timeZone);
  }
  if (isToday) {
    const today = near.format(0, 'day');
    return style === 'day' ? capitalised(today) : `${today} ${format(at, 'time', timeZone)}`;
  }
  return format(at, style, timeZone);
}

const capitalised = (word: string) => word.charAt(0).toLocaleUpperCase(words.locale) + word.slice(1);

const near = new Intl.RelativeTimeFormat(words.locale, { numeric: 'auto' });

type Props = { at: number; style: TimeStyle; timeZone: string; now?: number };

/** In the account's zone, as the days are; `<local-time>` says the reader's own time when it is pointed at. */
export const LocalTime = ({ at, style, timeZone, now }: Props) => (
  <local-time datetime={toTheSecond(at)} data-style={style}>
    {timeInWords(at, style, timeZone, now ?? 0)}
  </local-time>
);

/** ISO 8601: digits that nobody is shown differ on every line, so that they cannot be compressed. */
const toTheSecond = (at: number) => `${new Date(at).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}Z`;
