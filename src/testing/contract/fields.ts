import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { plain, said } from './thread-items.ts';
import type { Looked, World } from './world.ts';

/** What the number's page says of a field that is about a number or the business account. */
const events: Readonly<Record<string, string>> = {
  'account_alerts-flat': 'Look at this: Meta needs to know more before the business may write to more people',
  'account_alerts-nested': 'For information: The business is an official business account',
  'account_review_update-approved': 'Good: Meta approved the WhatsApp Business account',
  'account_review_update-deferred':
    'For information: Meta takes longer to review the WhatsApp Business account',
  'account_review_update-pending': 'For information: Meta is reviewing the WhatsApp Business account',
  'account_review_update-rejected': 'To do: Meta refused the WhatsApp Business account in its review',
  'account_update-ad-account': 'For information: An ad account was linked',
  'account_update-app-installed': 'Good: The app was given access to the WhatsApp Business account',
  'account_update-app-uninstalled': 'To do: The app was removed from the WhatsApp Business account',
  'account_update-ban-announced': 'To do: Meta will disable the WhatsApp Business account',
  'account_update-certification': 'For information: The certification by a partner has changed',
  'account_update-country': 'For information: Meta takes the business to be in ZW',
  'account_update-deleted': 'To do: The WhatsApp Business account was deleted',
  'account_update-disabled': 'To do: Meta disabled the WhatsApp Business account',
  'account_update-international': 'For information: International prices for codes apply now',
  'account_update-offboarded': 'To do: This number was taken off the Cloud API on its phone',
  'account_update-partner-added': 'Good: The WhatsApp Business account was shared with the app',
  'account_update-partner-removed': 'To do: The app lost its access to the WhatsApp Business account',
  'account_update-reconnected': 'Good: This number is connected to the Cloud API again',
  'account_update-reinstated': 'Good: The WhatsApp Business account works again',
  'account_update-restriction': 'To do: Meta lets the business add no numbers',
  'account_update-terms': 'For information: The terms of the Marketing Messages API were accepted',
  'account_update-unheard-of': 'For information: WhatsApp says: moon landed',
  'account_update-violation': 'To do: Meta says that its policies were violated: SPAM',
  'account_update-volume-tier': 'For information: Messages cost another price, since many were sent',
  business_capability_update: 'It counts for all its numbers together, of which there may be 20',
  'business_capability_update-tier': 'It counts for all its numbers together, of which there may be 2.',
  'business_username_updates-approved': 'Good: Customers can find this number as @mbarehardware',
  'business_username_updates-deleted': 'For information: This number has no username any more',
  'business_username_updates-reserved': 'For information: The username @mbarehardware is reserved',
  group_lifecycle_update: 'For information: A WhatsApp group: group create',
  group_participants_update: 'For information: A WhatsApp group: group participants add',
  group_settings_update: 'For information: A WhatsApp group: group settings update',
  group_status_update: 'For information: A WhatsApp group: group suspend',
  'history-chunk': 'History of the phone The last 90 days',
  'history-end': '100 % here: 5 messages',
  'history-declined': 'Look at this: The history of the phone was not shared',
  message_template_components_update: 'The text of the template roof_ready was changed at Meta',
  message_template_quality_update: 'The quality of the template roof_ready is yellow now',
  'message_template_status_update-approved': 'The template roof_ready is approved',
  'message_template_status_update-disabled': 'The template roof_ready is disabled',
  'message_template_status_update-paused': 'The template roof_ready is paused',
  'message_template_status_update-rejected': 'The template roof_ready is rejected',
  'phone_number_name_update-approved': 'Good: The name “Mbare Hardware” was approved',
  'phone_number_name_update-rejected': 'Look at this: The name “Best Roofs in Town” was refused',
  'phone_number_quality_update-flagged': 'To do: Meta rates the quality of this number as low',
  'phone_number_quality_update-throughput': 'Good: It can send more messages a second',
  'phone_number_quality_update-upgrade': 'Good: It may write to more new people a day: 2,000',
  'security-pin-changed': 'Look at this: The PIN of this number was changed',
  'security-pin-reset': 'To do: Somebody asked to reset the PIN of this number',
  'template_category_update-announced': 'The template roof_ready will count as marketing',
  'template_category_update-done': 'The template roof_ready counts as marketing now',
};

/** What stands in a conversation of a field that is about a customer. */
const threads: Readonly<Record<string, string>> = {
  'calls-connect': 'Missed call',
  'calls-connect-outgoing': 'Declined the call',
  'calls-status-rejected': 'Declined the call',
  'calls-terminate-answered': 'Called · 3 min 15 s',
  'calls-terminate-missed': 'Missed call',
  'history-media':
    'Photo WhatsApp does not hand over this file at the moment. Either the number’s access token may not read it, which an admin can mend, or WhatsApp has lost it. It is asked for again for 7 days; if it is urgent, ask the customer to send it again. This one',
  'messaging_handovers-passed':
    'The conversation was passed to customer service Chipo wants to know about opening hours and a discount.',
  'messaging_handovers-taken': 'The conversation was taken over by Meta’s AI agent',
  'smb_app_state_sync-add':
    'The customer was removed from the contacts of the phone; the conversation stays here',
  'smb_app_state_sync-remove':
    'The customer was removed from the contacts of the phone; the conversation stays here',
  'smb_message_echoes-edit': 'WhatsApp app The charcoal ones are here, I put four aside. Edited Sent',
  'smb_message_echoes-text': 'WhatsApp app The charcoal ones are here, I put four aside. Edited Sent',
  'smb_message_echoes-image': 'WhatsApp app This message was deleted. Sent',
  'smb_message_echoes-revoke': 'WhatsApp app This message was deleted. Sent',
  'smb_message_echoes-without-phone': 'WhatsApp app Good evening Farai Sent',
  'standby-echo': 'Another system Sent by another system On Sundays we open at nine. Delivered',
  'standby-echo-buttons':
    'Another system Sent by another system Sundays Shall we keep a place for you? We open at nine Yes, please No, thanks Sent',
  'standby-echo-template': 'Another system Sent by another system roof_ready Chipo Friday Sent',
  'standby-message': 'Answered by another system When do you open on Sundays?',
  'standby-status': 'Another system Sent by another system On Sundays we open at nine. Delivered',
  user_id_update: 'WhatsApp gave the customer a new ID; it is still the same person',
  'user_preferences-resume': 'The customer wants to get offers again, as WhatsApp says',
  'user_preferences-signup': 'The customer wants to get offers again, as WhatsApp says',
  'user_preferences-stop': 'The customer wants no more offers, as WhatsApp says: answers are still allowed',
  'user_preferences-without-phone':
    'The customer wants no more offers, as WhatsApp says: answers are still allowed',
};

/** What changes nothing here: counted on the page of all numbers. */
const counted = [
  'account_settings_update',
  'automatic_events',
  'business_status_update',
  'flows',
  'message_echoes',
  'partner_solutions',
  'payment_configuration_update',
  'template_correct_category_detection',
  'tracking_events',
];

export function fields(ask: () => World): void {
  describe('§3: what Meta says beside messages', () => {
    const bodies = readBodies('fields');
    let world: World;
    let looked: Looked[];

    beforeAll(async () => {
      world = ask();
      const own = world.number.displayPhone.replace(/\D/g, '');
      for (const { field, value } of bodies) {
        await world.post([
          { field, value: JSON.parse(JSON.stringify(value).replaceAll('15550783881', own)) },
        ]);
      }
      await world.settled();
      await world.services.fetching.idle();
      looked = await world.look();
    });
    // What Meta said of the account has paused its numbers, until an admin connects them again.
    afterAll(() => world.reconnect());

    test('every body has its row', () => {
      const rows = [...Object.keys(events), ...Object.keys(threads), ...counted];
      expect(bodies.map(({ name }) => name)).toEqual(rows.toSorted());
    });

    test('what is about the number or the account stands on the number’s page', async () => {
      const shown = await wholePage(world, `/numbers/${world.number.numberId}`);
      expect(Object.entries(events).filter(([, text]) => !shown.includes(text))).toEqual([]);
    });

    test('what a restriction forbids stands with the numbers, until when', async () => {
      expect(await wholePage(world, '/numbers')).toContain('Meta lets this business write first to nobody');
    });

    test('what is about a customer stands in their conversation', () => {
      const shown = looked.flatMap(({ items }) => items.map(said));
      expect(Object.entries(threads).filter(([, text]) => !shown.includes(text))).toEqual([]);
    });

    test('the API tells calls, and what was said elsewhere or before, by what they are', () => {
      const messages = looked.flatMap((one) => one.messages);
      const named = Object.fromEntries(messages.map((message) => [message.wamid, message]));
      expect(named).toMatchObject({
        'wacid.HBgMYW5zd2VyZWQ': {
          content: { kind: 'call', direction: 'in', outcome: 'answered', duration_seconds: 195 },
        },
        'wacid.HBgMb3V0Z29pbmc': { content: { kind: 'call', direction: 'out', outcome: 'declined' } },
        'wamid.ZWNoby10ZXh0': { author: { kind: 'phone_app' }, marks: ['phone_app'], versions: 2 },
        'wamid.c3RhbmRieS1pbg': { author: { kind: 'customer' }, marks: ['other_system', 'late'] },
        'wamid.c3RhbmRieS1vdXQ': { author: { kind: 'system' }, marks: ['other_system'] },
        'wamid.cGFzdC01': { author: { kind: 'customer' }, marks: ['history'] },
        'wamid.cGFzdC02': { author: { kind: 'phone_app' }, marks: ['phone_app', 'history'] },
      });
    });

    test('what is not needed is counted', async () => {
      const shown = await wholePage(world, '/numbers');
      expect(counted.filter((field) => !shown.includes(`${field} once`))).toEqual([]);
    });

    test('nothing is left that could not be taken in', async () => {
      expect(await wholePage(world, '/settings/journal')).toContain('Everything was taken in');
    });
  });
}

/** What a page says in its main part, with the pages that it is continued on. */
export async function wholePage({ ada }: World, path: string): Promise<string> {
  const html = await (await ada.get(path)).text();
  const [main = ''] = /<main.*<\/main>/s.exec(html) ?? [];
  const [, more] = /href="([^"]*\?(?:cursor|before)=[^"]*)"/.exec(main) ?? [];
  const rest = more === undefined ? '' : await wholePage({ ada } as World, more.replaceAll('&amp;', '&'));
  return `${plain(main)} ${rest}`;
}
