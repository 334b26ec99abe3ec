import { type Run, touch } from '#src/webhooks/run.ts';

type Noted = Omit<Run['made']['events'][number], 'id' | 'data'> & { data?: Record<string, unknown> };

/** Notes in a run that something happened in a conversation. */
export function noteEvent(run: Run, { data = {}, ...event }: Noted): void {
  const id = run.nextId();
  run.made.events.push({ id, ...event, data: JSON.stringify(data) });
  touch(run, event.conversationId, { event: id });
}

/** Whether it stands in the conversation already, or in one that was merged with it: what is told twice is noted once. */
export function isNoted(run: Run, conversationId: number, kind: string, at: number): boolean {
  const parts = run.conversations.group(conversationId).map(({ id }) => id);
  return parts.some(
    (id) =>
      run.isNoted(id, kind, at) ||
      run.made.events.some((event) => event.conversationId === id && event.kind === kind && event.at === at),
  );
}
