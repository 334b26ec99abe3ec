/** @jsxImportSource preact */
import type { Standing } from '#src/operator/standing.ts';
import { sizeInWords, spanInWords } from '../shared/measure.ts';
import { words } from '../words/words.ts';

/** What one looks for first, well or not. */
export function KeyFigures({ memory, disk, sockets, uptimeSeconds, version }: Standing['figures']) {
  const { figures } = words.operator;
  const shown = [
    [figures.memory, sizeInWords(memory.rss), figures.memoryNote(sizeInWords(memory.limit))],
    [
      figures.disk,
      disk === null ? '–' : sizeInWords(disk.free),
      disk === null ? figures.diskUnknown : figures.diskNote(sizeInWords(disk.total)),
    ],
    [figures.tabs, String(sockets), figures.tabsNote],
    [figures.uptime, spanInWords(uptimeSeconds * 1000), figures.uptimeNote(version)],
  ] as const;
  return (
    <dl class="figures">
      {shown.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          <dd>{note}</dd>
        </div>
      ))}
    </dl>
  );
}
