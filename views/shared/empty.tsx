/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

type Props = { title: string; text: string; level?: 'h2' | 'h3'; children?: ComponentChildren };

/** Nothing to show: what that means, and the next step. */
export const Empty = ({ title, text, level: Heading = 'h3', children }: Props) => (
  <div class="empty">
    <Heading>{title}</Heading>
    <p>{text}</p>
    {children === undefined ? null : <p class="bar">{children}</p>}
  </div>
);
