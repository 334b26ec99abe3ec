import { eq } from 'drizzle-orm';
import { findConversation } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import { Invalid, Problem } from '#src/errors.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { checkGiven } from '#src/templates/check.ts';
import { fillTemplate } from '#src/templates/fill.ts';
import type { Given, GivenFile } from '#src/templates/given.ts';
import { findTemplate, isSendable, type Template } from '#src/templates/template.ts';
import type { Composed, NewMessage } from './compose.ts';
import { caseOfMessage } from './compose-case.ts';
import { refuseCollision } from './compose-collision.ts';
import { findFirstIds } from './compose-file-repeat.ts';
import { findSendableAt, type SendableFile } from './compose-files.ts';
import { findEarlier } from './compose-key.ts';
import { writingStatements } from './compose-rows.ts';
import { obstacleProblem, obstacleTo } from './outbox-obstacle.ts';
import { loadRecipients } from './outbox-subject.ts';
import { mannerOf } from './outbox-template.ts';

export type NewTemplateMessage = Pick<
  NewMessage,
  'conversationId' | 'seenId' | 'key' | 'keyOwner' | 'origin'
> & {
  template: { id: string } | { name: string; language: string };
  /** Reads what fills it, once it is known what there is to fill in. Throws `Invalid`. */
  read(template: Template): Given;
};

/**
 * Writes a message of a template and queues it, fsynced; the only kind of message that needs no open window. Repeats are
 * as in `composeMessage`. Throws `Invalid` with the keys of the template's fields, `NotFound`, `Forbidden`, and `Problem`
 * 422: `template-unknown`, `template-not-approved`, and those of `composeMessage` but `window-closed`.
 */
export function composeTemplate(
  inbox: Inbox,
  message: NewTemplateMessage,
  viewer: Viewer,
  now: number,
): Promise<Composed> {
  return inbox.turn(async (commit) => {
    const conversation = await findConversation(inbox, message.conversationId, viewer);
    demand(viewer, 'messages.send');
    const conversationId = conversation.id;
    const template = await templateFor(inbox, conversation.numberId, message.template);
    const given = await asFirstSent(inbox, message, message.read(template), viewer);
    const bodyHash = hashOf(conversationId, template, given);
    const earlier = await findEarlier(inbox, message, bodyHash, 1);
    const [first] = earlier;
    if (first !== undefined) {
      return { messageId: first, isNew: false, change: { conversationId, messages: earlier }, draft: null };
    }
    refuseUnsendable(template);
    const problems = checkGiven(template, given, now);
    if (problems.size > 0) {
      throw new Invalid(Object.fromEntries(problems));
    }
    const files = await filesOf(inbox, given, conversationId, viewer);
    const { text, content } = fillTemplate(template, given);
    const recipients = await loadRecipients(inbox, [conversationId]);
    const obstacle = obstacleTo(recipients.get(conversationId), now, mannerOf(content));
    if (obstacle) {
      throw obstacleProblem(obstacle);
    }
    if (message.seenId !== undefined) {
      await refuseCollision(inbox, conversationId, message.seenId, viewer);
    }
    const written = { id: inbox.nextId(), key: message.key, type: 'template', text, content, files };
    const { caseId, statements, events } = await caseOfMessage(inbox, conversation, viewer, now);
    const { keyOwner, origin } = message;
    const writing = { keyOwner, origin, bodyHash, quoted: null, caseId, conversation, viewer, now };
    await commit('full', [...statements, ...(await writingStatements(inbox, [written], writing))]);
    const change = { conversationId, messages: [written.id], events };
    return { messageId: written.id, isNew: true, change, draft: null };
  });
}

/** The template as the account of the conversation's number has it. */
export async function templateFor(
  inbox: Inbox,
  numberId: number,
  by: NewTemplateMessage['template'],
): Promise<Template> {
  const [number] = await inbox.sql
    .select({ wabaId: numbers.wabaId })
    .from(numbers)
    .where(eq(numbers.id, numberId))
    .limit(1);
  const template = number ? await findTemplate(inbox, { wabaId: number.wabaId, ...by }) : null;
  if (template === null) {
    const called = 'name' in by ? ` called “${by.name}” in the language “${by.language}”` : '';
    throw new Problem(
      422,
      'template-unknown',
      `This number has no template${called}.`,
      'Choose another one, or read the list of templates from Meta again if it is new.',
    );
  }
  return template;
}

function refuseUnsendable(template: Template): void {
  if (template.status !== 'APPROVED') {
    throw new Problem(
      422,
      'template-not-approved',
      'WhatsApp does not take this template at the moment.',
      `Its status is ${template.status.toLowerCase().replaceAll('_', ' ')}. Choose one that is approved.`,
    );
  } else if (!isSendable(template)) {
    throw new Problem(
      422,
      'template-not-supported',
      'This template has parts that cannot be filled in from here.',
      'Choose another one.',
    );
  }
}

async function filesOf(
  inbox: Inbox,
  { files }: Given,
  conversationId: number,
  viewer: Viewer,
): Promise<SendableFile[]> {
  const found: SendableFile[] = [];
  for (const [key, { source, as }] of files) {
    if ('fileId' in source) {
      const wanted = { id: source.fileId, as, conversationId };
      found.push(...(await findSendableAt(inbox, key, wanted, viewer)));
    }
  }
  return found;
}

/** With its files named as in the message that it repeats, if it repeats one. */
async function asFirstSent(
  inbox: Inbox,
  message: NewTemplateMessage,
  given: Given,
  viewer: Viewer,
): Promise<Given> {
  const sources = [...given.files.values()].map(({ source }) => source);
  const ids = sources.flatMap((source) => ('fileId' in source ? [source.fileId] : []));
  const first = await findFirstIds(inbox, message, ids, viewer);
  const named = (file: GivenFile): GivenFile =>
    'fileId' in file.source
      ? { ...file, source: { fileId: first.get(file.source.fileId) ?? file.source.fileId } }
      : file;
  return { ...given, files: new Map([...given.files].map(([key, file]) => [key, named(file)])) };
}

/** What makes two requests the same one. Tokens that are made for each message are not part of it. */
function hashOf(conversationId: number, { id }: Template, given: Given): string {
  const maps = [given.texts, given.files, given.payloads ?? new Map(), given.flows ?? new Map()];
  const body = JSON.stringify([conversationId, 'template', id, ...maps.map((map) => [...map].sort(byKey))]);
  return new Bun.CryptoHasher('sha256').update(body).digest('hex');
}

const byKey = ([one]: [string, unknown], [other]: [string, unknown]): number => (one < other ? -1 : 1);
