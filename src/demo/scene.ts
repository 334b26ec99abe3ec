import { eq } from 'drizzle-orm';
import type { RunningServer } from '#src/cli/running-server.ts';
import { assign } from '#src/conversations/assignment.ts';
import { close } from '#src/conversations/closure.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { insertRows } from '#src/db/rows.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { composeMessage } from '#src/messages/compose.ts';
import { takeInto } from '#src/messages/file-taking.ts';
import { markRead } from '#src/messages/receipt-reading.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { indexMessages } from '#src/search/index-rows.ts';
import { newSecret } from '#src/sessions/secrets.ts';
import { type SampleName, sample } from '#src/simulator/samples/samples.ts';
import { sendSample } from '#src/simulator/samples/send-sample.ts';
import type { Customer, Simulator } from '#src/simulator/simulator.ts';
import { intakeIdle } from '#src/webhooks/intake.ts';
import { noteRow } from './note-row.ts';
import type { Agent, Happening } from './story.ts';

export type Cast = {
  server: RunningServer;
  simulator: Simulator;
  inbox: Inbox;
  agents: Record<Agent, Viewer & { kind: 'person' }>;
};

/** A story while it is played: what each side wrote last is what quotes and reactions point to. */
export type Scene = {
  customer: Customer;
  phoneNumberId: string;
  conversationId: number;
  heardId: number;
  saidWamid: string;
};

/** Lets one thing happen, as it would for real: a signed webhook, or what an agent does on a page. */
export async function play(cast: Cast, scene: Scene, happening: Happening): Promise<void> {
  const { inbox, agents, server } = cast;
  const { customer, phoneNumberId, conversationId } = scene;
  const now = server.services.now();
  switch (happening.is) {
    case 'says':
      return await hear(inbox, scene, await customer.say(phoneNumberId, happening.text));
    case 'sends':
      return await hear(inbox, scene, await customer.send(phoneNumberId, { ...happening.message }));
    case 'shows': {
      const { sample, caption } = happening;
      return await hear(inbox, scene, await sendSample(customer, phoneNumberId, sample, { caption }));
    }
    case 'reads':
      return await customer.read(phoneNumberId);
    case 'reacts':
      await customer.react(phoneNumberId, scene.saidWamid, happening.emoji);
      return;
    case 'replies':
      return await reply(cast, scene, happening);
    case 'notes':
      return await note(inbox, scene, {
        authorId: agents[happening.by].userId,
        text: happening.text,
        at: now,
      });
    case 'takes': {
      const agent = agents[happening.by];
      await look(cast, scene, agent);
      await assign(inbox, { conversationId, assigneeId: agent.userId }, agent, now);
      return;
    }
    case 'closes':
      await look(cast, scene, agents[happening.by]);
      await close(inbox, conversationId, agents[happening.by], now);
  }
}

async function note(
  inbox: Inbox,
  { heardId }: Scene,
  written: { authorId: number; text: string; at: number },
): Promise<void> {
  const [about] = await inbox.sql.select().from(messages).where(eq(messages.id, heardId)).limit(1);
  if (about) {
    const { conversationId, numberId, caseId } = about;
    const row = noteRow({ id: inbox.nextId(), conversationId, numberId, caseId, ...written });
    await inbox.write('normal', [...insertRows(messages, [row]), ...indexMessages([row])]);
  }
}

async function hear(inbox: Inbox, scene: Scene, wamid: string): Promise<void> {
  await intakeIdle(inbox);
  const [message] = await inbox.sql.select().from(messages).where(eq(messages.wamid, wamid)).limit(1);
  if (!message) {
    throw new Error(`${scene.customer.name} wrote, and it is in no conversation`);
  }
  scene.heardId = message.id;
  scene.conversationId = message.conversationId;
}

/** The agent has the conversation before their eyes, and the customer may see that. */
async function look(
  { server, inbox }: Cast,
  { conversationId, heardId }: Scene,
  agent: Viewer,
): Promise<void> {
  const { services } = server;
  if (await markRead(inbox, { conversationId, messageId: heardId }, agent, services.now())) {
    services.delivery.poke(inbox.accountId);
  }
}

/** As from the agent's own disk. */
async function attach(
  { server, inbox }: Cast,
  { conversationId }: Scene,
  name: SampleName,
  agent: Viewer,
): Promise<number> {
  const { bytes, filename } = await sample(name);
  const body = new Blob([bytes]).stream()[Symbol.asyncIterator]();
  const about = { name: filename, declared: bytes.length, isVoice: false, mayBeSticker: false };
  const { id } = await takeInto(server.services, inbox, { ...about, conversationId, body }, agent);
  return id;
}

async function reply(
  cast: Cast,
  scene: Scene,
  { by, text, quotes, isLost, sample: name }: Extract<Happening, { is: 'replies' }>,
): Promise<void> {
  const { simulator, inbox } = cast;
  const { services } = cast.server;
  const agent = cast.agents[by];
  await look(cast, scene, agent);
  simulator.trouble.undeliverable(isLost ? 1 : 0);
  await composeMessage(
    inbox,
    {
      conversationId: scene.conversationId,
      text,
      ...(name === undefined ? {} : { files: [await attach(cast, scene, name, agent)] }),
      ...(quotes ? { quotedId: scene.heardId } : {}),
      key: newSecret(),
      keyOwner: `person:${agent.userId}`,
      origin: 'inbox',
    },
    agent,
    services.now(),
  );
  services.delivery.poke(inbox.accountId);
  const body = name === undefined ? { text: { body: text } } : { image: { caption: text } };
  const sent = await simulator.waitFor(
    (message) => message.waId === scene.customer.waId && Bun.deepMatch(body, message.body),
    `the reply "${text}"`,
  );
  scene.saidWamid = sent.wamid;
}
