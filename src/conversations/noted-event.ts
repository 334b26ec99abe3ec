import { type Run, touch } from '#src/webhooks/run.ts';

type Noted = Omit<Run['made']['events'][number], 'id' | 'data'> & { data?: Record<string, unknown> };

/** Notes in a run that something happened in a conversation. */
export function noteEvent(run: Run, { data = {}, ...event }: Noted): void {
  const id = run.nextId();
  run.made.events.push({ id, ...event, data: JSON.stringify(data) });
  touch(run, event.conversationId, { event: id });
}
