import { attachedTo } from '../media/attached.ts';
import { findInThread, type PhoneMessage, type Thread } from '../threads.ts';
import { words } from '../words.ts';
import type { World } from '../world.ts';
import type { Shown } from './bubble.tsx';

export type Day = { key: string; name: string; messages: Shown[] };

/** The thread cut into days, with the ends of each run of messages from one side marked. */
export function intoDays(world: World, thread: Thread): Day[] {
  const { timeZone } = world;
  const now = world.now();
  const calendar = openCalendar(timeZone);
  const days: Day[] = [];
  for (const message of thread.messages.toSorted((a, b) => a.at - b.at)) {
    const key = calendar.key(message.at);
    const today = days.at(-1);
    if (today?.key === key) {
      today.messages.push(show(world, thread, message, calendar));
    } else {
      days.push({
        key,
        name: dayName(message.at, now, calendar),
        messages: [show(world, thread, message, calendar)],
      });
    }
  }
  for (const { messages } of days) {
    messages.forEach((message, index) => {
      message.first = messages[index - 1]?.from !== message.from;
      message.last = messages[index + 1]?.from !== message.from;
    });
  }
  return days;
}

function show(world: World, thread: Thread, message: PhoneMessage, { clock }: Calendar): Shown {
  const quoted = message.quote === null ? null : (findInThread(thread, message.quote)?.text ?? words.gone);
  const attached = attachedTo(world, message);
  return { ...message, attached, clock: clock(message.at), first: false, last: false, quoted };
}

const DAY_MS = 24 * 60 * 60 * 1000;

function dayName(at: number, now: number, { key, name }: Calendar): string {
  if (key(at) === key(now)) {
    return words.today;
  }
  return key(at) === key(now - DAY_MS) ? words.yesterday : name(at);
}

/** Days and hours as a phone in this zone shows them. */
type Calendar = Record<'key' | 'name' | 'clock', (at: number) => string>;

function openCalendar(timeZone: string): Calendar {
  const format = (locale: string, options: Intl.DateTimeFormatOptions) => {
    const { format } = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    return (at: number) => format(at);
  };
  return {
    key: format('en-CA', {}),
    name: format('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }),
    clock: format('en-GB', { hour: '2-digit', minute: '2-digit' }),
  };
}
