import { readNewMessage } from '#src/api/new-message.ts';
import { takeFile } from '#src/attachments/upload.ts';
import { receive } from '#src/attachments/upload-body.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { composeMessage } from '#src/messages/compose.ts';
import { composeTemplate } from '#src/messages/compose-template.ts';
import { react } from '#src/messages/reaction.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { newSecret } from '#src/sessions/secrets.ts';
import { type SampleName, sample } from '#src/simulator/samples/samples.ts';
import { written } from './written.ts';

/** The sample that goes as each kind of file. */
const SAMPLES: Readonly<Record<string, SampleName>> = {
  image: 'poster',
  video: 'video',
  audio: 'voice',
  document: 'document',
  sticker: 'sticker',
};

type Desk = { services: Services; inbox: Inbox; agent: Viewer & { kind: 'person' }; conversationId: number };

/** The agent answers with a message of every kind, and reacts to what the customer said first. */
export async function answerEveryKind(desk: Desk, firstHeardId: number): Promise<void> {
  const { services, inbox, agent, conversationId } = desk;
  await react(inbox, { messageId: firstHeardId, emoji: '🙏' }, agent, services.now());
  for (const { context, ...body } of written) {
    const message = readNewMessage({
      ...body,
      ...(await withFile(desk, body)),
      ...(context === undefined ? {} : { reply_to: firstHeardId }),
    } as Parameters<typeof readNewMessage>[0]);
    const keyOwner = `person:${agent.userId}` as const;
    const about = { conversationId, key: newSecret(), keyOwner, origin: 'inbox' as const };
    await ('read' in message
      ? composeTemplate(inbox, { ...about, ...message }, agent, services.now())
      : composeMessage(inbox, { ...about, ...message }, agent, services.now()));
  }
  services.delivery.poke(inbox.accountId);
}

async function withFile(desk: Desk, body: Record<string, unknown> & { type: string }): Promise<object> {
  const { type } = body;
  if (type === 'template' || type === 'interactive') {
    return { [type]: await withFiles(desk, body[type]) };
  }
  const name = SAMPLES[type];
  if (name === undefined) {
    return {};
  }
  const about = body[type] as { caption?: string; voice?: boolean };
  const id = await putSample(desk, name, about.voice === true);
  return { [type]: { id, ...(about.caption === undefined ? {} : { caption: about.caption }) } };
}

/** A sample for each file that a template or a message to be tapped begins with. */
async function withFiles(desk: Desk, content: unknown): Promise<unknown> {
  let text = JSON.stringify(content);
  for (const [named, kind] of text.matchAll(/"(image|video|document)":\{"id":"\d+"/g)) {
    const id = await putSample(desk, SAMPLES[kind ?? ''] ?? 'document', false);
    text = text.replace(named, `"${kind}":{"id":${id}`);
  }
  return JSON.parse(text);
}

async function putSample(desk: Desk, name: SampleName, isVoice: boolean): Promise<number> {
  const { services, inbox, agent, conversationId } = desk;
  const { bytes, filename } = await sample(name);
  const upload = {
    conversationId,
    name: filename,
    declared: bytes.length,
    isVoice,
    mayBeSticker: true,
    body: receive(new Blob([bytes]).stream()),
  };
  return (await takeFile(services, inbox, upload, agent)).id;
}
