import sharp from 'sharp';
import { putFile, type TestFile } from '#src/attachments/testing.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import type { MessageContent } from '#src/messages/thread-message.ts';
import { sample } from '#src/simulator/samples/samples.ts';
import type { Box } from '../box.ts';
import { customers } from '../people.ts';

type Media = Extract<MessageContent, { kind: 'media' }>;
type Said = Pick<Media, 'media' | 'voice'> & {
  name: string;
  text?: string;
  file: TestFile;
  /** It is ours: how far it got, and the name of the message it answers. */
  ours?: { status: 'read' | 'played'; quotes: string };
};

/** Where the conversation is, and the ids of its messages by name. */
export type ShownFiles = { path: string; ids: Record<string, number> };

/** One conversation with a file of every kind and in every state, each a second after the one before. */
export async function fillWithFiles(box: Box): Promise<ShownFiles> {
  const { simulator, number, settled, inbox, services, userIds } = box;
  const noor = simulator.customer(customers.noor.phone, customers.noor);
  await noor.say(number.phoneNumberId, 'The tap in the yard leaks, and I have more to show.');
  await settled();
  const talk = await everyFile();
  return inbox(async (opened) => {
    const { sql: db } = opened;
    const [first] = await db.select().from(messages).limit(1);
    if (!first) {
      throw new Error('nobody wrote');
    }
    const ids: Record<string, number> = {};
    for (const [index, { name, media, voice, text = '', file, ours }] of talk.entries()) {
      const id = opened.nextId();
      const at = first.orderedAt + (index + 1) * 1_000;
      const content = JSON.stringify({ kind: 'media', media, voice, mime: file.mime ?? '' });
      const said = { type: media, text, content, orderedAt: at, arrivedAt: at };
      const answer = ours && {
        direction: 'out' as const,
        authorKind: 'person' as const,
        authorId: userIds.ada,
        status: ours.status,
        quotedId: ids[ours.quotes] ?? null,
      };
      await opened.write('normal', [
        db.insert(messages).values({ ...first, id, wamid: `wamid.${id}`, ...said, ...answer }),
      ]);
      await putFile(opened, services.vault, { ...file, messageId: id });
      ids[name] = id;
    }
    return { path: `/inbox/unassigned/${first.conversationId}`, ids };
  });
}

async function everyFile(): Promise<Said[]> {
  const photo = await pictured('photo');
  const tanks = await pictured('poster');
  const voice = { plain: (await sample('voice')).bytes };
  const video = { plain: (await sample('video')).bytes, thumbnail: tanks.thumbnail };
  const document = { plain: (await sample('document')).bytes, name: 'materials.pdf' };
  const script = {
    plain: Buffer.from('<script>alert(1)</script>'),
    mime: 'image/jpeg',
    name: '../../inv\u202Egpj.exe\u200B\r\n<b>.js',
  };
  return [
    { name: 'photo', media: 'image', text: 'This is where it drips.', file: photo },
    { name: 'voice', media: 'audio', voice: true, file: { ...voice, duration: 6_140 } },
    { name: 'next voice', media: 'audio', voice: true, file: voice },
    { name: 'video', media: 'video', file: video },
    { name: 'document', media: 'document', text: 'The list from my builder', file: document },
    { name: 'sticker', media: 'sticker', file: await pictured('sticker') },
    { name: 'script', media: 'document', file: script },
    { name: 'named photo', media: 'document', file: { ...tanks, name: 'roof, north side.jpg' } },
    { name: 'no small picture', media: 'image', file: { plain: photo.plain } },
    ...absentFiles,
    { name: 'ours', media: 'image', file: tanks, ours: { status: 'read', quotes: 'photo' } },
    {
      name: 'our voice',
      media: 'audio',
      voice: true,
      file: { ...voice, duration: 6_140 },
      ours: { status: 'played', quotes: 'voice' },
    },
  ];
}

const absentFiles: Said[] = [
  { name: 'waiting', media: 'image', file: { state: 'waiting', mime: 'image/jpeg', bytes: 245_760 } },
  { name: 'fetching', media: 'audio', voice: true, file: { state: 'fetching', mime: 'audio/ogg' } },
  {
    name: 'failed',
    media: 'image',
    text: 'And the meter',
    file: {
      state: 'failed',
      error: JSON.stringify({
        title: 'WhatsApp no longer has this file.',
        detail: 'It was asked for during 7 days. Ask the customer to send it again.',
      }),
    },
  },
  {
    name: 'refused',
    media: 'video',
    file: {
      state: 'refused',
      error: JSON.stringify({ title: 'It is larger than 100 MB.', detail: 'Ask for a link to it.' }),
    },
  },
  { name: 'erased', media: 'image', file: { state: 'erased' } },
];

/** A sample with its measures and its small picture. */
async function pictured(name: 'photo' | 'poster' | 'sticker') {
  const plain = (await sample(name)).bytes;
  const { width, height } = await sharp(plain).metadata();
  const small = sharp(plain).resize(240, 240, { fit: 'inside', withoutEnlargement: true });
  return { plain, width, height, thumbnail: await small.webp().toBuffer() };
}
