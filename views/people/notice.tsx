/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';

type Props = {
  title: string;
  text: string;
  display?: Display | undefined;
  /** What to do next. */
  children: ComponentChildren;
};

/** One thing said to somebody who is not signed in, with the next step. */
export const Notice = ({ title, text, display, children }: Props) => (
  <Bare title={title} display={display} isMiddle>
    <div>
      <h1 class="title">{title}</h1>
      <p class="small">{text}</p>
    </div>
    <p class="bar">{children}</p>
  </Bare>
);
