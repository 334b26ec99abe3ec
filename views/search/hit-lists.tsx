/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Found } from '#src/search/found.ts';
import { words } from '../words/words.ts';
import { ContactHit, type HitContext, MessageHit } from './hits.tsx';

type Props = {
  found: Found;
  context: HitContext;
  /** Beside the headings. */
  besideContacts?: ComponentChildren;
  besideMessages?: ComponentChildren;
  /** `h2` on the page, `h3` in the box, whose page has a heading of its own. */
  level: 'h2' | 'h3';
};

/** Contacts, then messages, each where there are any. */
export const HitLists = ({ found, context, besideContacts, besideMessages, level }: Props) => (
  <>
    {found.contacts.length === 0 ? null : (
      <HitList name="contacts" level={level} beside={besideContacts}>
        {found.contacts.map((one) => (
          <ContactHit key={one.conversation.id} found={one} context={context} />
        ))}
      </HitList>
    )}
    {found.messages.length === 0 ? null : (
      <HitList name="messages" level={level} beside={besideMessages}>
        {found.messages.map((one) => (
          <MessageHit key={one.id} found={one} context={context} />
        ))}
      </HitList>
    )}
  </>
);

type ListProps = {
  name: 'contacts' | 'messages';
  level: Props['level'];
  beside: ComponentChildren;
  children: ComponentChildren;
};

const HitList = ({ name, level: Heading, beside, children }: ListProps) => (
  <section class="hits" aria-labelledby={`found-${name}`}>
    <div class="hits__head">
      <Heading class="group__name" id={`found-${name}`}>
        {words.search[name]}
      </Heading>
      {beside}
    </div>
    <ul>{children}</ul>
  </section>
);
