import { eq } from 'drizzle-orm';
import { findConversation } from '#src/conversations/conversation.ts';
import { loadSummaries } from '#src/conversations/summaries.ts';
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { findTemplate, isSendable, type Template } from './template.ts';

/** For whom a template is chosen. */
export type PickerPlace = { row: ConversationSummary; wabaId: string };

/** The conversation, for somebody who may write in it. Throws `NotFound`, `Forbidden`. */
export async function loadPickerPlace(inbox: Inbox, asked: number, viewer: Viewer): Promise<PickerPlace> {
  const { id, numberId } = await findConversation(inbox, asked, viewer);
  demand(viewer, 'messages.send');
  const [row] = await loadSummaries(inbox, [id], viewer);
  const [number] = await inbox.sql
    .select({ wabaId: numbers.wabaId })
    .from(numbers)
    .where(eq(numbers.id, numberId))
    .limit(1);
  if (!row || !number) {
    throw new NotFound(`conversation ${asked}`);
  }
  return { row, wabaId: number.wabaId };
}

/** A template that can be sent there. Throws `NotFound`. */
export async function loadChosen(inbox: Inbox, wabaId: string, id: string): Promise<Template> {
  const template = await findTemplate(inbox, { wabaId, id });
  if (template === null || !isSendable(template)) {
    throw new NotFound(`template ${id}`);
  }
  return template;
}
