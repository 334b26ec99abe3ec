import { tokensOf } from './fold.ts';
import type { Extent, Piece } from './found.ts';
import type { Term } from './parse-query.ts';

/** As much of a body is in the index. */
const INDEXED = 4096;

type Span = { start: number; end: number };

/** One line of a text round the first place where a term stands in it, with every term marked. */
export function excerptOf(text: string, terms: readonly Term[], extent: Extent): Piece[] {
  const indexed = text.slice(0, INDEXED * 2);
  const hits = hitsIn(indexed, terms);
  const { start, end } = windowOf(indexed, hits[0]?.start ?? 0, extent);
  const within = hits.filter((hit) => hit.start >= start && hit.end <= end);
  const pieces: Piece[] = [{ text: start > 0 ? '…' : '', isHit: false }];
  let at = start;
  for (const hit of within) {
    pieces.push({ text: indexed.slice(at, hit.start), isHit: false });
    pieces.push({ text: indexed.slice(hit.start, hit.end), isHit: true });
    at = hit.end;
  }
  pieces.push({ text: indexed.slice(at, end), isHit: false });
  pieces.push({ text: end < text.length ? '…' : '', isHit: false });
  return tidy(pieces);
}

/** Where the terms stand, first to last, none inside another. */
function hitsIn(text: string, terms: readonly Term[]): Span[] {
  const tokens = tokensOf(text);
  const hits: Span[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const found = terms.find((term) => standsAt(tokens, at, term));
    const first = tokens[at];
    const last = tokens[at + (found?.words.length ?? 1) - 1];
    if (found && first && last) {
      hits.push({ start: first.start, end: last.end });
      at += found.words.length - 1;
    }
  }
  return hits;
}

function standsAt(tokens: readonly { folded: string }[], at: number, { words, isPrefix }: Term): boolean {
  return words.every((word, index) => {
    const folded = tokens[at + index]?.folded;
    const mayGoOn = isPrefix && index === words.length - 1;
    return folded !== undefined && (mayGoOn ? folded.startsWith(word) : folded === word);
  });
}

/** From a little before the hit, at the beginnings and ends of words where there are any near. */
function windowOf(text: string, hit: number, { length, before }: Extent): Span {
  const start = hit <= before ? 0 : onBoundary(text, hit - before, hit);
  const last = Math.min(text.length, start + length);
  const space = text.lastIndexOf(' ', last);
  const end = last === text.length || space <= hit + before ? last : space;
  return { start, end: isInsidePair(text, end) ? end - 1 : end };
}

function onBoundary(text: string, from: number, until: number): number {
  const space = text.slice(from, until).search(/\s/);
  return space === -1 ? from + (isInsidePair(text, from) ? 1 : 0) : from + space + 1;
}

/** Whether a character of two halves would be cut there. */
function isInsidePair(text: string, at: number): boolean {
  return /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) && at < text.length;
}

/** One line, without pieces that are empty. */
function tidy(pieces: readonly Piece[]): Piece[] {
  return pieces
    .map(({ text, isHit }) => ({ text: text.replace(/\s+/g, ' '), isHit }))
    .filter(({ text }) => text !== '');
}
