import { conversations } from '#src/db/schema/inbox/index.ts';
import type { Box } from '../box.ts';
import type { Client } from '../client.ts';
import { customers } from '../people.ts';

const HOUR = 60 * 60 * 1000;

/** The paths of conversations that look different. */
export type Shown = { open: string; closedWindow: string; closedCase: string };

/** One conversation with every kind of message and outcome, one whose window is over, and one that is done. */
export async function fillShownShop(box: Box, ada: Client): Promise<Shown> {
  const { simulator, number, settled } = box;
  const id = number.phoneNumberId;
  const noor = simulator.customer(customers.noor.phone, customers.noor);
  const hello = await noor.say(id, 'Good morning! See https://example.com/cement *now*');
  await noor.say(id, 'Do you have cement?', { quote: hello });
  await noor.send(id, { type: 'location', location: { latitude: -17.82, longitude: 31.05, name: 'Mbare' } });
  await noor.send(id, {
    type: 'contacts',
    contacts: [{ name: { formatted_name: 'Tendai Moyo' }, phones: [{ phone: '+263771111111' }] }],
  });
  await noor.send(id, {
    type: 'image',
    image: { id: '900001', mime_type: 'image/jpeg', caption: 'This one' },
  });
  await noor.send(id, {
    type: 'document',
    document: { id: '900002', mime_type: 'application/pdf', filename: 'a.pdf' },
  });
  await noor.send(id, { type: 'audio', audio: { id: '900003', mime_type: 'audio/ogg', voice: true } });
  await noor.send(id, { type: 'unsupported', errors: [{ code: 131051, title: 'Unsupported' }] });
  await settled();
  const open = await conversationOf(box, 0);

  await simulator.customer(customers.ravi.phone, customers.ravi).say(id, 'Is the drill back?', {
    at: Date.now() - 30 * HOUR,
  });
  await settled();
  const closedWindow = await conversationOf(box, 1);
  await simulator.customer('+263771234599', { name: 'Rufaro Banda' }).say(id, 'Thank you!');
  await settled();
  const closedCase = await conversationOf(box, 2);
  await ada.post(`/conversations/${closedCase}/closure`);

  simulator.trouble.undeliverable(1);
  await ada.post(`/conversations/${open}/messages`, { text: 'This one did not arrive.', key: 'failed' });
  await box.services.delivery.idle();
  await settled();
  await ada.post(`/conversations/${open}/messages`, { text: 'Yes, twenty bags.', key: 'arrived' });
  await box.services.delivery.idle();
  await settled();
  const [sent] = simulator.sent.filter(({ type }) => type === 'text').slice(-1);
  await noor.react(id, sent?.wamid ?? '', '👍');
  await ada.post(`/conversations/${open}/assignment`, { assignee: String(box.userIds.ada) });
  await settled();
  return {
    open: `/inbox/mine/${open}`,
    closedWindow: `/inbox/unassigned/${closedWindow}`,
    closedCase: `/inbox/closed/${closedCase}`,
  };
}

/** The id of the conversation that was begun as number `index`. */
async function conversationOf({ inbox }: Box, index: number): Promise<number> {
  const rows = await inbox(({ sql: db }) => db.select({ id: conversations.id }).from(conversations));
  return rows.map(({ id }) => id).toSorted((a, b) => a - b)[index] ?? 0;
}
