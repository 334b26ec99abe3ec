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

async function withFile(
  { services, inbox, agent, conversationId }: Desk,
  body: Record<string, unknown> & { type: string },
): Promise<object> {
  const { type } = body;
  const name = SAMPLES[type];
  if (name === undefined) {
    return {};
  }
  const { bytes, filename } = await sample(name);
  const about = body[type] as { caption?: string; voice?: boolean };
  const upload = {
    conversationId,
    name: filename,
    declared: bytes.length,
    isVoice: about.voice === true,
    mayBeSticker: true,
    body: receive(new Blob([bytes]).stream()),
  };
  const { id } = await takeFile(services, inbox, upload, agent);
  return { [type]: { id, ...(about.caption === undefined ? {} : { caption: about.caption }) } };
}
