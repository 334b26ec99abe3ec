import type { VNode } from 'preact';
import { jsxTemplate } from 'preact/jsx-runtime';
import { renderToString } from 'preact-render-to-string';

// Half of a page looks the same whoever asks for it. Such parts are drawn by their own components, but once: to walk
// through their elements again, trying a few patterns on each attribute, was a fifth of the time that drawing took.

/** Shapes of pictures need no end tag, and a page has some hundred of them. */
const drawnAs = (node: VNode) => renderToString(node).replace(/><\/(?:path|circle|rect|use)>/g, '/>');

/** A component of what looks the same wherever it stands. `draw` is asked when it is first needed. */
export function drawnOnce(draw: () => VNode): () => VNode {
  let html: string | undefined;
  return () => {
    html ??= drawnAs(draw());
    return jsxTemplate([html]);
  };
}

/** The same of what has a few variants. What a customer wrote is never one: every variant is kept for good. */
export function drawnEach<Variant extends string>(draw: (variant: Variant) => VNode): (of: Variant) => VNode {
  const drawn = new Map<Variant, string>();
  return (variant) => {
    const html = drawn.get(variant) ?? drawnAs(draw(variant));
    drawn.set(variant, html);
    return jsxTemplate([html]);
  };
}

/** Stands for an id while a part is drawn; no word of ours has it. */
const ANY_ID = '\uE000';

/** The same of what differs by an id, in as many places as it likes, and has a few variants besides. */
export function drawnFor<Variant extends string>(
  draw: (variant: Variant, id: string) => VNode,
): (of: Variant, id: number) => VNode {
  const drawn = new Map<Variant, string[]>();
  return (variant, id) => {
    const pieces = drawn.get(variant) ?? drawnAs(draw(variant, ANY_ID)).split(ANY_ID);
    drawn.set(variant, pieces);
    return jsxTemplate([pieces.join(String(id))]);
  };
}
