/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { safeUrl } from './safe-url.ts';

type Props = { address: string; class?: string; children: ComponentChildren };

/** A link out of the inbox made from what somebody sent; plain words when its address is not safe. */
export function SafeLink({ address, children, ...rest }: Props) {
  const href = safeUrl(address);
  return href === undefined ? (
    <span {...rest}>{children}</span>
  ) : (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" {...rest}>
      {children}
    </a>
  );
}
