/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { MessageContent } from '#src/messages/thread-message.ts';
import { words } from '../words/words.ts';

type Address = Extract<MessageContent, { kind: 'address' }>;

/** Where to deliver to, a line each. */
export const AddressTile = ({
  content: { lines },
  children,
}: {
  content: Address;
  children: ComponentChildren;
}) => (
  <>
    <p class="tile__title">{words.message.address}</p>
    <address>
      {lines.map((line, index) => (
        <p key={index} dir="auto">
          {line}
        </p>
      ))}
    </address>
    {children}
  </>
);
