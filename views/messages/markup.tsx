/** @jsxImportSource preact */
import type { VNode } from 'preact';
import { SafeLink } from '../shared/safe-link.tsx';

type Node = string | VNode;
type Mark = '*' | '_' | '~';
type Frame = { mark: Mark | ''; nodes: Node[] };

const block = /```([\s\S]*?)```/;
const address = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"'`]+/gi;
const wordish = /[\p{L}\p{N}]/u;

/**
 * WhatsApp's markup as elements: *bold*, _italic_, ~struck~, ```mono```, and links. What is not
 * closed on its line stays as it was typed. One pass, so that a hostile text costs no more than its length.
 */
export function markUp(text: string): Node[] {
  const nodes: Node[] = [];
  for (const [index, part] of text.split(block).entries()) {
    if (index % 2 === 1) {
      nodes.push(<code>{part}</code>);
    } else if (part !== '') {
      for (const node of markLines(part)) {
        nodes.push(node);
      }
    }
  }
  return nodes;
}

/** The words alone, for where there is no room for more. */
export const withoutMarks = (text: string): string => markUp(text).map(wordsOf).join('');

const wordsOf = (node: Node): string =>
  typeof node === 'string' ? node : [node.props.children as Node | Node[]].flat().map(wordsOf).join('');

function markLines(text: string): Node[] {
  const frames: Frame[] = [{ mark: '', nodes: [] }];
  let from = 0;
  for (const match of text.matchAll(address)) {
    scan(text, from, match.index, frames);
    const whole = withoutTail(match[0]);
    add(frames, <SafeLink address={whole}>{whole}</SafeLink>);
    from = match.index + whole.length;
  }
  scan(text, from, text.length, frames);
  collapse(frames, 1);
  return frames[0]?.nodes ?? [];
}

/** Reads text[from, to) and opens, closes or drops marks on the way. */
function scan(text: string, from: number, to: number, frames: Frame[]) {
  let plainFrom = from;
  for (let at = from; at < to; at += 1) {
    const sign = text[at];
    if (sign === '\n') {
      if (frames.length > 1) {
        add(frames, text.slice(plainFrom, at));
        collapse(frames, 1);
        plainFrom = at;
      }
    } else if (sign === '*' || sign === '_' || sign === '~') {
      const opened = frames.findIndex((frame) => frame.mark === sign);
      if (opened > 0 ? closes(text, at) : opens(text, at)) {
        add(frames, text.slice(plainFrom, at));
        plainFrom = at + 1;
        if (opened > 0) {
          close(frames, opened);
        } else {
          frames.push({ mark: sign, nodes: [] });
        }
      }
    }
  }
  add(frames, text.slice(plainFrom, to));
}

const opens = (text: string, at: number) =>
  !wordish.test(text[at - 1] ?? '') && /\S/.test(text[at + 1] ?? ' ') && text[at + 1] !== text[at];

const closes = (text: string, at: number) =>
  /\S/.test(text[at - 1] ?? ' ') && text[at - 1] !== text[at] && !wordish.test(text[at + 1] ?? '');

function close(frames: Frame[], opened: number) {
  collapse(frames, opened + 1);
  const frame = frames.pop();
  if (frame !== undefined) {
    add(frames, element(frame));
  }
}

/** Gives the marks from `depth` up, which nothing closed, back as text. */
function collapse(frames: Frame[], depth: number) {
  while (frames.length > depth) {
    const frame = frames.pop();
    add(frames, frame?.mark ?? '');
    for (const node of frame?.nodes ?? []) {
      add(frames, node);
    }
  }
}

function add(frames: Frame[], node: Node) {
  if (node !== '') {
    frames.at(-1)?.nodes.push(node);
  }
}

function element({ mark, nodes }: Frame): VNode {
  if (mark === '*') {
    return <b>{nodes}</b>;
  }
  return mark === '_' ? <i>{nodes}</i> : <s>{nodes}</s>;
}

/** A full stop or bracket after an address belongs to the sentence. */
function withoutTail(found: string): string {
  let end = found.length;
  while (end > 0 && '.,;:!?)]}*_~'.includes(found[end - 1] ?? '')) {
    end -= 1;
  }
  return found.slice(0, end);
}
