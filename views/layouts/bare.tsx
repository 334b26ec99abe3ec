/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Display } from '#src/people/display.ts';
import { Logo } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { Document } from './document.tsx';

type Props = {
  title: string;
  display?: Display | undefined;
  isMiddle?: boolean;
  children: ComponentChildren;
};

/** A page without navigation, for somebody who is not signed in: one thing to do. */
export const Bare = ({ title, display, isMiddle = false, children }: Props) => (
  <Document isPage title={title} display={display}>
    <header class="top">
      <Logo />
      <span>{words.product}</span>
    </header>
    <main class={isMiddle ? 'bare bare--middle stack' : 'bare stack'} id="main">
      {children}
    </main>
  </Document>
);
