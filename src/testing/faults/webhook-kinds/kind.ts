type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Fields = { [key: string]: Json };

/** Whose webhook it is, and under which name the item in it goes. */
export type Named = {
  phoneNumberId: string;
  /** Of the item: unique in a test. */
  wamid: string;
  /** Of a message that is there already. */
  earlier: string;
  /** The customer, digits only. */
  phone: string;
};

export type Kind = {
  name: string;
  field: string;
  /**
   * What its items become: a message, a reaction, the progress of another message, something that is told of a message
   * or of a person, or nothing that is shown.
   */
  is: 'message' | 'reaction' | 'status' | 'notice' | 'other';
  value(named: Named): Fields;
};

export const SECOND = '1795348800';
export const bsuid = (phone: string) => `ZW.${phone}0042`;
export const metadata = ({ phoneNumberId }: Named) => ({
  metadata: { display_phone_number: '263770100200', phone_number_id: phoneNumberId },
});
export const contact = ({ phone }: Named) => ({
  profile: { name: 'Rudo Moyo', username: 'rudo.m' },
  wa_id: phone,
  user_id: bsuid(phone),
  parent_user_id: `ZW.ENT.${phone}0042`,
});
export const sender = ({ phone }: Named) => ({ from: phone, from_user_id: bsuid(phone) });

/** The value of `messages` with one message of Rudo's. */
export function said(type: string, content: (named: Named) => Fields): Kind {
  return {
    name: type,
    field: 'messages',
    is: 'message',
    value: (named) => ({
      messaging_product: 'whatsapp',
      ...metadata(named),
      contacts: [contact(named)],
      messages: [{ ...sender(named), id: named.wamid, timestamp: SECOND, type, ...content(named) }],
    }),
  };
}

/** As `said`, of what is no message of its own. */
export function told(type: string, content: (named: Named) => Fields): Kind {
  return { ...said(type, content), is: 'notice' };
}

export function variant(name: string, kind: Kind): Kind {
  return { ...kind, name };
}

export const errors = [
  {
    code: 131051,
    title: 'Message type unknown',
    message: 'Message type unknown',
    error_data: { details: 'Not supported.' },
  },
];
