/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { words } from '../words/words.ts';
import { drawnEach } from './drawn.ts';
import { initials } from './name.tsx';
import { hoursLeft, minutesLeft, ringDashes, type WindowStage, windowStage } from './window.ts';

type Dial = {
  stage: WindowStage;
  left: number;
  size?: 40 | 100;
  radius?: number;
  children?: ComponentChildren;
};

/** The dial of the 24 hours: one unit an hour, drawn by the server. */
export function Dial({ stage, left, size = 40, radius = 18.5, children }: Dial) {
  const circle = { cx: size / 2, cy: size / 2, r: radius, pathLength: 24 };
  return (
    <svg class="ring__dial" viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
      {children}
      <circle class="ring__track" {...circle} />
      {stage === 'closed' ? null : (
        <circle class="ring__left" {...circle} stroke-dasharray={ringDashes(left)} />
      )}
    </svg>
  );
}

/** Lists are full of them: at most one for each hundredth of an hour. */
const dialOf = drawnEach<`${WindowStage} ${number}`>((look) => {
  const [stage = 'closed', left] = look.split(' ');
  return <Dial stage={stage as WindowStage} left={Number(left)} />;
});

type RingProps = { name: string; expiresAt: number | null; now: number; children?: ComponentChildren };

/** Initials inside what is left of the window; `children` stand in for the initials. */
export function WindowRing({ name, expiresAt, now, children }: RingProps) {
  const stage = windowStage(expiresAt, now);
  return (
    <span class={`ring ring--${stage}`} data-ring={expiresAt ?? ''}>
      {dialOf(`${stage} ${hoursLeft(expiresAt, now)}`)}
      <span aria-hidden="true">{children ?? initials(name)}</span>
    </span>
  );
}

/** A member of the team: initials without a window. */
export const TeamMark = ({ name }: { name: string }) => (
  <span class="ring ring--team">
    <span aria-hidden="true">{initials(name)}</span>
  </span>
);

type WordsProps = { expiresAt: number | null; now: number; exact?: boolean };

/** The words beside the ring; the page's clock renews them. */
export function WindowWords({ expiresAt, now, exact = false }: WordsProps) {
  const stage = windowStage(expiresAt, now);
  return (
    <span class={`left left--${stage}`} data-left={expiresAt ?? ''} data-exact={exact ? '' : undefined}>
      {windowInWords(expiresAt, now, exact)}
    </span>
  );
}

export function windowInWords(expiresAt: number | null, now: number, exact = false): string {
  if (expiresAt === null || expiresAt <= now) {
    return words.left.closed;
  }
  const minutes = minutesLeft(expiresAt, now);
  if (minutes < 60) {
    return words.left.minutes(minutes);
  }
  const hours = Math.floor(minutes / 60);
  return exact ? words.left.exact(hours, minutes % 60) : words.left.hours(hours);
}
