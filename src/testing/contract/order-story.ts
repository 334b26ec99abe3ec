import { besideMessages, givenToPeople } from './order-beside.ts';

/** What five customers do within two minutes, one webhook's value each; every run tells it of people of its own. */
export type Story = {
  /** What both say first, and are answered; each by the digits of their phone number. */
  hellos: { phone: string; value: object }[];
  values: { field: string; value: object }[];
  /** Who they are at the end, by BSUID. */
  people: string[];
  /** Takes out of a text what is this run's own. */
  plain(text: string): string;
};

type Told = {
  /** Tells the runs apart. */
  run: number;
  phoneNumberId: string;
  /** Unix seconds at which the customer says hello, and at which the rest begins. */
  hello: number;
  begin: number;
  /** The wamids of what the business answered to the hellos. */
  answers: readonly string[];
};

export function storyOf({
  run,
  phoneNumberId,
  hello,
  begin,
  answers: [answer = '', other = ''],
}: Told): Story {
  const of = String(run).padStart(4, '0');
  const beside = besideMessages({ of, phoneNumberId, begin });
  const given = givenToPeople({ of, phoneNumberId, begin });
  const metadata = { display_phone_number: '15550783881', phone_number_id: phoneNumberId };
  const anna = { from: `26377100${of}`, from_user_id: `ZW.1111${of}` };
  const annaNow = { from: `26371200${of}`, from_user_id: `ZW.2222${of}` };
  const ben = { from_user_id: `ZW.3333${of}` };
  const benToo = { ...ben, from: `26377300${of}` };
  const cleo = { from: `26377400${of}`, from_user_id: `ZW.4444${of}` };
  const idOf = (name: string) => `wamid.${name}.${of}`;

  const contact = (who: { from?: string; from_user_id: string }, name: string, username?: string) => ({
    profile: { name, ...(username ? { username } : {}) },
    ...(who.from ? { wa_id: who.from } : {}),
    user_id: who.from_user_id,
  });
  const said = (name: string, second: number, message: object, who: object, contacts: object[]) => ({
    metadata,
    contacts,
    messages: [{ id: idOf(name), timestamp: String(begin + second), ...who, ...message }],
  });
  const byAnna = (name: string, second: number, message: object) =>
    said(name, second, message, anna, [contact(anna, 'Anna')]);
  const text = (body: string) => ({ type: 'text', text: { body } });
  const edit = (target: string, body: string) => ({
    type: 'edit',
    edit: { original_message_id: idOf(target), message: text(body) },
  });
  const reaction = (target: string, emoji?: string) => ({
    type: 'reaction',
    reaction: { message_id: target, ...(emoji === undefined ? {} : { emoji }) },
  });
  const status = (word: string, second: number, more: object = {}) => ({
    metadata,
    statuses: [
      { id: answer, status: word, timestamp: String(begin + second), recipient_id: anna.from, ...more },
    ],
  });
  const cleosStatus = (word: string, second: number, more: object = {}) => ({
    metadata,
    statuses: [{ id: other, status: word, timestamp: String(begin + second), ...more }],
  });
  const annaWants = (value: string, second: number) => {
    const category = { category: 'marketing_messages', value, timestamp: begin + second };
    const preference = { wa_id: anna.from, user_id: anna.from_user_id, ...category };
    return { field: 'user_preferences', value: { metadata, user_preferences: [preference] } };
  };
  const call = (name: string, second: number, more: object) => ({
    field: 'calls',
    value: {
      metadata,
      contacts: [contact(anna, 'Anna')],
      calls: [
        {
          id: `wacid.${name}.${of}`,
          from: anna.from,
          to: '15550783881',
          direction: 'USER_INITIATED',
          timestamp: String(begin + second),
          ...more,
        },
      ],
    },
  });

  const values = [
    byAnna('first', 1, text('Do you have cement?')),
    byAnna('second', 2, { ...text('And sand?'), context: { from: '15550783881', id: idOf('first') } }),
    byAnna('third', 3, text('Never mind')),
    byAnna('edit-1', 4, edit('first', 'Do you have cement, fifty bags?')),
    byAnna('edit-2', 5, edit('first', 'Do you have cement, sixty bags?')),
    byAnna('revoke', 6, { type: 'revoke', revoke: { original_message_id: idOf('third') } }),
    byAnna('edit-3', 7, edit('third', 'Never mind it')),
    byAnna('heart', 8, reaction(answer, '❤️')),
    byAnna('thumb', 9, reaction(answer, '👍')),
    byAnna('own', 10, reaction(idOf('second'), '😂')),
    byAnna('own-removed', 11, reaction(idOf('second'))),
    byAnna('poll', 12, { type: 'unsupported', unsupported: { type: 'poll' }, errors: [{ code: 131051 }] }),
    byAnna('quoting-nothing', 13, { ...text('As before'), context: { id: idOf('never-sent') } }),
    status('failed', 14, { errors: [{ code: 131026, title: 'Undeliverable' }] }),
    status('sent', 15, {
      recipient_user_id: anna.from_user_id,
      pricing: { type: 'regular', category: 'service' },
    }),
    status('delivered', 16, { recipient_user_id: anna.from_user_id }),
    status('read', 17, { recipient_user_id: anna.from_user_id }),
    status('warned', 18),
    cleosStatus('sent', 14),
    cleosStatus('failed', 15, { errors: [{ code: 131026, title: 'Undeliverable' }] }),
    cleosStatus('delivered', 16),
    {
      metadata,
      messages: [
        {
          id: idOf('changed'),
          timestamp: String(begin + 40),
          from: anna.from,
          type: 'system',
          system: {
            type: 'user_changed_number',
            body: 'Anna changed her number',
            wa_id: annaNow.from,
            user_id: annaNow.from_user_id,
            previous_user_id: anna.from_user_id,
          },
        },
      ],
    },
    said('after', 41, text('This is my new number'), annaNow, [contact(annaNow, 'Anna')]),
    said('ben', 50, text('Hello'), ben, [contact(ben, 'Ben', `ben.${of}`)]),
    said('ben-group', 51, { ...text('In a group'), group_id: 'Z3JvdXA' }, ben, [
      contact(ben, 'Ben', `ben.${of}`),
    ]),
    said('ben-phone', 52, text('Here is my number'), benToo, [contact(benToo, 'Ben', `ben.${of}`)]),
  ].map((value) => ({ field: 'messages', value }));

  return {
    hellos: [anna, cleo].map((who) => ({
      phone: who.from,
      value: {
        metadata,
        contacts: [contact(who, who === anna ? 'Anna' : 'Cleo')],
        messages: [
          { id: idOf(`hello-${who.from}`), timestamp: String(hello), ...who, ...text('Good morning') },
        ],
      },
    })),
    values: [
      ...values,
      ...beside.values,
      ...given.values,
      annaWants('stop', 18),
      annaWants('resume', 19),
      call('missed', 20, { event: 'connect' }),
      call('missed', 24, { event: 'terminate', status: 'FAILED' }),
      call('answered', 30, { event: 'connect' }),
      call('answered', 38, { event: 'terminate', status: 'COMPLETED', duration: 8 }),
    ],
    people: [annaNow.from_user_id, ben.from_user_id, cleo.from_user_id, beside.person, given.person],
    plain: (text) => text.replaceAll(of, '####').replace(/(\+263 7\d \d00 )\d{4}/g, '$1####'),
  };
}
