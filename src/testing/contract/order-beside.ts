type About = { of: string; phoneNumberId: string; begin: number };

/**
 * What a fourth customer's thread gets from elsewhere: the phone app, another system. Seconds are counted from `begin`.
 */
export function besideMessages({ of, phoneNumberId, begin }: About) {
  const metadata = { display_phone_number: '15550783881', phone_number_id: phoneNumberId };
  const dora = { from: `26377500${of}`, from_user_id: `ZW.5555${of}` };
  const contacts = [{ profile: { name: 'Dora' }, wa_id: dora.from, user_id: dora.from_user_id }];
  const id = (name: string) => `wamid.${name}.${of}`;
  const text = (body: string) => ({ type: 'text', text: { body } });
  const timestamp = (second: number) => String(begin + second);

  const echo = (name: string, second: number, message: object) => {
    const to = { from: '15550783881', to: dora.from, to_user_id: dora.from_user_id };
    const echoed = { ...to, id: id(name), timestamp: timestamp(second), ...message };
    const about = { metadata, contacts: [{ wa_id: dora.from, user_id: dora.from_user_id }] };
    return { field: 'smb_message_echoes', value: { ...about, message_echoes: [echoed] } };
  };
  const standby = (standby: object) => ({ field: 'standby', value: { metadata, standby } });

  const values = [
    {
      field: 'messages',
      value: {
        metadata,
        contacts,
        messages: [{ id: id('dora'), timestamp: timestamp(60), ...dora, ...text('Hello') }],
      },
    },
    echo('echo', 61, text('Good afternoon')),
    echo('echo-edit', 62, {
      type: 'edit',
      edit: { original_message_id: id('echo'), message: text('Good afternoon, Dora') },
    }),
    {
      field: 'messages',
      value: { metadata, statuses: [{ id: id('echo'), status: 'read', timestamp: timestamp(63) }] },
    },
    echo('echo-too', 64, text('Wrong chat')),
    echo('echo-revoke', 65, { type: 'revoke', revoke: { original_message_id: id('echo-too') } }),
    standby({
      contacts,
      messages: [{ id: id('standby'), timestamp: timestamp(70), ...dora, ...text('Open on Sundays?') }],
    }),
    standby({
      message_echoes: [
        { id: id('bot'), timestamp: timestamp(71), message: { to: `+${dora.from}`, ...text('From nine.') } },
      ],
    }),
    {
      field: 'smb_app_state_sync',
      value: {
        metadata,
        state_sync: [
          {
            type: 'contact',
            contact: { full_name: 'Dora (tiles)', phone_number: dora.from, user_id: dora.from_user_id },
            action: 'add',
            metadata: { timestamp: timestamp(83) },
          },
        ],
      },
    },
  ];
  return { person: dora.from_user_id, values };
}

/** A conversation that somebody answers on the phone, and that a machine then gives to people. */
export function givenToPeople({ of, phoneNumberId, begin }: About) {
  const metadata = { display_phone_number: '15550783881', phone_number_id: phoneNumberId };
  const ed = { from: `26378600${of}`, from_user_id: `ZW.6666${of}` };
  const contacts = [{ profile: { name: 'Ed' }, wa_id: ed.from, user_id: ed.from_user_id }];
  const said = (name: string, second: number, body: string) => ({
    id: `wamid.${name}.${of}`,
    timestamp: String(begin + second),
    type: 'text',
    text: { body },
  });
  const echo = { from: '15550783881', to: ed.from, to_user_id: ed.from_user_id };
  const values = [
    {
      field: 'messages',
      value: { metadata, contacts, messages: [{ ...said('ed', 60, 'Hello'), ...ed }] },
    },
    {
      field: 'smb_message_echoes',
      value: { metadata, message_echoes: [{ ...said('eds', 61, 'Good afternoon'), ...echo }] },
    },
    {
      field: 'messaging_handovers',
      value: {
        sender: { phone_number: ed.from },
        recipient: { phone_number_id: phoneNumberId },
        type: 'control_passed',
        timestamp: String(begin + 82),
        control_passed: { previous_owner_role: 'ai_agent', new_owner_role: 'customer_service' },
      },
    },
  ];
  return { person: ed.from_user_id, values };
}
