import { asFragment, type Client } from '../client.ts';

/** A bubble or a line between bubbles, as somebody reads it on the page. */
export type ThreadItem = {
  /** `message-…` or `event-…`. */
  id: string;
  classes: string[];
  /** Its words in one line, those for screen readers among them, and none of its menus and buttons. The time of day is `◷`. */
  text: string;
};

/** The thread as it is opened from the list, oldest first: all of it, or the page around one message. */
export async function readThread(
  client: Client,
  conversationId: number,
  { message }: { message?: number } = {},
): Promise<ThreadItem[]> {
  const path = `/inbox/all/${conversationId}`;
  const items: ThreadItem[] = [];
  let place = message === undefined ? '' : `?message=${message}`;
  for (;;) {
    const answer = await client.get(`${path}${place}`, asFragment);
    const html = await answer.text();
    if (answer.status !== 200) {
      throw new Error(`${path} was answered ${answer.status}`);
    }
    items.unshift(...itemsIn(html));
    const [, earlier] = /class="older"[^>]*>\s*<a[^>]*href="(\?before=[^"]*)"/.exec(html) ?? [];
    if (earlier === undefined || message !== undefined) {
      return items;
    }
    place = earlier.replaceAll('&amp;', '&');
  }
}

const ITEM = /<li\b[^>]*\bid="((?:message|event)-\d+)"[^>]*>/g;

export function itemsIn(html: string): ThreadItem[] {
  return [...html.matchAll(ITEM)].map((found) => ({
    id: found[1] ?? '',
    classes: (/class="([^"]*)"/.exec(found[0])?.[1] ?? '').split(' '),
    text: plain(elementAt(html, found.index)),
  }));
}

/** The list item that begins here, with whatever lists are in it. */
function elementAt(html: string, start: number): string {
  let depth = 0;
  for (const tag of html.slice(start).matchAll(/<(\/?)li\b/g)) {
    depth += tag[1] === '' ? 1 : -1;
    if (depth === 0) {
      return html.slice(start, start + tag.index);
    }
  }
  throw new Error('A list item does not end.');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Stands for the time of day at which something was said. */
const CLOCK = '◷';

/** What a piece of a page says, in one line. */
export function plain(html: string): string {
  return html
    .replace(/<local-time[^>]*data-style="time".*?<\/local-time>/gs, CLOCK)
    .replace(/<details\b.*?<\/details>/gs, '')
    .replace(/<(?:img|audio|video)\b[^>]*\b(?:alt|aria-label)="([^"]+)"[^>]*>/g, ' [$1] ')
    .replace(/<(button|svg)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}

/** What an item says, without whose it is and when it was. */
export const said = ({ text }: ThreadItem) =>
  text
    .replace(new RegExp(`( ·)?( came late)?( ·)? ${CLOCK}`), '')
    .replace(/^[\w+@][\w+()@. -]*: /, '')
    .trim();
