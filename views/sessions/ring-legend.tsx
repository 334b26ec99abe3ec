/** @jsxImportSource preact */
import { WindowRing, windowInWords } from '../shared/ring.tsx';
import { ringDashes } from '../shared/window.ts';
import { words } from '../words/words.ts';

const hour = 3_600_000;
const examples: readonly [string, number | null][] = [
  ['Nyasha Mutasa', 18 * hour],
  ['Tendai Moyo', 3.2 * hour],
  ['Sipho Dlamini', 0.6 * hour],
  ['Rumbidzai Zhou', null],
];

/** Twenty-four ticks inside the dial, a longer one every six hours. */
const ticks = Array.from({ length: 24 }, (_, index) => {
  const angle = (index * Math.PI) / 12;
  const point = (radius: number) =>
    `${(50 + radius * Math.sin(angle)).toFixed(2)} ${(50 - radius * Math.cos(angle)).toFixed(2)}`;
  return `M${point(41.5)}L${point(index % 6 === 0 ? 38.5 : 40)}`;
}).join('');

/** Beside the door: how the one ornament of the inbox is read. */
export const RingLegend = () => (
  <aside class="door__ring" aria-label={words.signIn.ring}>
    <svg class="ring--open" viewBox="0 0 100 100" role="img" aria-label={words.signIn.ringLabel}>
      <path class="dial__ticks" d={ticks} />
      <g transform="rotate(-90 50 50)">
        <circle class="ring__track" cx="50" cy="50" r="46.5" />
        <circle
          class="ring__left"
          cx="50"
          cy="50"
          r="46.5"
          pathLength={24}
          stroke-dasharray={ringDashes(18)}
        />
      </g>
      <text class="big" x="50" y="53.5">
        {words.signIn.ringBig}
      </text>
      <text x="50" y="61.5">
        {words.signIn.ringSmall}
      </text>
    </svg>
    <p class="small">{words.signIn.ringText}</p>
    <ul class="legend">
      {examples.map(([name, left]) => (
        <li key={name}>
          <WindowRing name={name} expiresAt={left} now={0} />
          {windowInWords(left, 0)}
        </li>
      ))}
    </ul>
  </aside>
);
