/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { words } from '../words/words.ts';
import { markUp } from './markup.tsx';

const longest = 3_000;
const shownOfLong = 1_500;

/** What somebody wrote, in their own direction. A very long text is folded, never cut. */
export function MessageText({ text, children }: { text: string; children?: ComponentChildren }) {
  if (text.length <= longest) {
    return (
      <p class="text" dir="auto">
        {markUp(text)}
        {children}
      </p>
    );
  }
  const at = foldPoint(text);
  return (
    <>
      <p class="text" dir="auto">
        {markUp(text.slice(0, at))}
      </p>
      <details class="rest">
        <summary>{words.showAll(text.length - at)}</summary>
        <p class="text" dir="auto">
          {markUp(text.slice(at))}
        </p>
      </details>
      {children}
    </>
  );
}

/** After a space near the middle of what is shown, else between two whole characters. */
function foldPoint(text: string): number {
  const space = text.lastIndexOf(' ', shownOfLong);
  if (space > shownOfLong - 200) {
    return space + 1;
  }
  const isInsidePair = /[\uD800-\uDBFF]/.test(text[shownOfLong - 1] ?? '');
  return isInsidePair ? shownOfLong + 1 : shownOfLong;
}
