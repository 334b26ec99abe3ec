import { findInThread, type PhoneMessage, type Thread } from '../threads.ts';
import { words } from '../words.ts';
import type { Shown } from './bubble.tsx';

export type Day = { key: string; name: string; messages: Shown[] };

const LONG = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** The thread cut into days, with the ends of each run of messages from one side marked. */
export function intoDays(thread: Thread, now: number): Day[] {
  const days: Day[] = [];
  for (const message of thread.messages.toSorted((a, b) => a.at - b.at)) {
    const key = dayKey(message.at);
    const today = days.at(-1);
    if (today?.key === key) {
      today.messages.push(show(thread, message));
    } else {
      days.push({ key, name: dayName(message.at, now), messages: [show(thread, message)] });
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

function show(thread: Thread, message: PhoneMessage): Shown {
  const quoted = message.quote === null ? null : (findInThread(thread, message.quote)?.text ?? words.gone);
  return { ...message, first: false, last: false, quoted };
}

function dayName(at: number, now: number): string {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayKey(at) === dayKey(now)) {
    return words.today;
  }
  return dayKey(at) === dayKey(yesterday.getTime()) ? words.yesterday : LONG.format(at);
}

function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
