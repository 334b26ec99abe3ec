/** @jsxImportSource preact */
import { calledName } from '../shared/name.tsx';
import { TeamMark } from '../shared/ring.tsx';
import { words } from '../words/words.ts';

export type PresentProps = { name: string; does: 'viewing' | 'writing' };

/** So many are named before the rest becomes a number. */
const NAMED = 2;

/** Stands at the composer and is filled by pushes: no live region, so it is there to be found and never speaks up. */
export const PresenceSlot = ({ conversationId }: { conversationId: number }) => (
  <div class="presence" id={`presence-${conversationId}`} />
);

/** Colleagues in the same conversation; who writes comes first. */
export function Presence({ others }: { others: readonly PresentProps[] }) {
  const inOrder = others.toSorted((a, b) => Number(b.does === 'writing') - Number(a.does === 'writing'));
  const more = inOrder.length - NAMED;
  return inOrder.length === 0 ? null : (
    <ul class="presence__who" aria-label={words.presence.label}>
      {inOrder.slice(0, NAMED).map(({ name, does }) => (
        <li key={name} data-does={does}>
          <TeamMark name={name} />
          <bdi>{words.presence[does](calledName(name))}</bdi>
        </li>
      ))}
      {more > 0 ? <li>{words.presence.more(more)}</li> : null}
    </ul>
  );
}
