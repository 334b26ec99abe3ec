/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { MessageContent } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

type Withheld = Extract<MessageContent, { kind: 'unsupported' }>;

/** A message that cannot be shown as itself: why, and what can be done. */
export const UnsupportedTile = ({
  content,
  children,
}: {
  content: Withheld;
  children: ComponentChildren;
}) => (
  <>
    <Icon name="box" small />
    <span dir="auto">{inWords(content)}</span>
    {children}
  </>
);

function inWords({ why, metaType }: Withheld): string {
  if (why !== undefined && why !== 'unknown_kind') {
    return words.message.unsupported[why];
  }
  return metaType === undefined ? words.unsupportedPlain : words.unsupported(metaType);
}
