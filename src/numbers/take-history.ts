import type { Statement } from '#src/db/database.ts';
import { insertRows } from '#src/db/rows.ts';
import { historyChunks } from '#src/db/schema/inbox/index.ts';
import { type Arrival, hearFrom, type Run } from '#src/webhooks/run.ts';
import type { Update } from '#src/whatsapp/updates.ts';

/** Takes note of a piece of a phone's history: how far the import has got is read off the pieces that are here. */
export function takeHistoryChunk(
  run: Run,
  update: Extract<Update, { kind: 'history-chunk' }>,
  arrival: Arrival,
): void {
  const { phase, chunkOrder, progress, messages } = update;
  const { id: numberId } = hearFrom(run, update.phoneNumberId, arrival);
  run.made.historyChunks.push({ numberId, phase, chunkOrder, progress, messages, at: arrival.at });
}

export function historyStatements({ made }: Run): Statement[] {
  return insertRows(historyChunks, made.historyChunks, COME_AGAIN);
}

/** A piece that comes once more, since the phone was asked anew, shows that the import goes on. */
const COME_AGAIN = `on conflict (number_id, phase, chunk_order) do update
  set at = excluded.at where excluded.at > history_chunks.at`;
