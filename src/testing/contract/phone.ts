import { describe, expect, test } from 'bun:test';
import { plain, said } from './thread-items.ts';
import type { World } from './world.ts';

const PHONE = '+263777900001';
const HOUR = 3_600_000;

export function phone(ask: () => World): void {
  describe('§7: what the phone app of a number has', () => {
    test('is asked for once, and its contacts and messages stand in the inbox', async () => {
      const world = ask();
      const { phoneNumberId, numberId } = world.second;
      const past = {
        from: 'customer',
        text: 'Is the yard open on Sunday?',
        at: world.now() - 2 * HOUR,
      } as const;
      world.simulator.putOnPhone(phoneNumberId, {
        contacts: [{ name: 'Rudo (yard)', phone: PHONE }],
        chats: [{ phone: PHONE, messages: [past] }],
      });
      const answer = await world.ada.post(`/numbers/${numberId}/phone-import`);
      expect(answer.status).toBe(303);
      await world.settled();

      const page = plain(await (await world.ada.get(`/numbers/${numberId}`)).text());
      expect(page).toContain('Contacts Asked for');
      expect(page).toContain('Messages Coming in');
      const { id, contact } = await world.conversationWith(PHONE);
      expect(contact.name).toBe('Rudo (yard)');
      expect((await world.thread(id)).map(said)).toEqual(['Is the yard open on Sunday?']);
    });
  });
}
