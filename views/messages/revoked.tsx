/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

/** In place of what its sender deleted. */
export const RevokedTile = ({ children }: { children: ComponentChildren }) => (
  <>
    <Icon name="close" small />
    <span>{words.message.revoked}</span>
    {children}
  </>
);
