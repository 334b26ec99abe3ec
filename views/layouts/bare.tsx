/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { Logo } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { Document } from './document.tsx';

/** A page without navigation, for somebody who is not signed in: one thing to do. */
export const Bare = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <Document title={title}>
    <header class="top">
      <Logo />
      <span>{words.product}</span>
    </header>
    <main class="bare stack" id="main">
      {children}
    </main>
  </Document>
);
