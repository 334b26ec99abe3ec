/** @jsxImportSource preact */
import type { Piece } from '#src/search/found.ts';

/** A piece of what was said, with what was searched for marked. */
export const Excerpt = ({ pieces }: { pieces: readonly Piece[] }) => (
  <>{pieces.map(({ text, isHit }, index) => (isHit ? <mark key={index}>{text}</mark> : text))}</>
);
