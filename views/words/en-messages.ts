import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** What bubbles say besides what the customer said. */
export const message = {
  notHere: 'A message that is not here',
  elsewhere: {
    in: 'Answered by another system',
    out: 'Sent by another system',
    note: 'By another system',
  },
  anotherSystem: 'Another system',
  /** Who answers a conversation, by the roles that Meta has for programs. */
  answerers: {
    ai_agent: 'Meta’s AI agent',
    ctwa: 'the program for advertisements',
    customer_service: 'customer service',
    escalation: 'people, to look into it',
    marketing: 'the program for offers',
    utility: 'the program for notices',
  },
  inGroup: 'Said in a group; an answer goes to this person alone',
  edited: 'Edited',
  editedVersions: 'Edited: see the earlier versions',
  revoked: 'This message was deleted.',
  revokedVersions: 'What it said',

  referral: {
    ad: 'Came through an advertisement',
    post: 'Came through a post',
    other: 'Came through a link',
  },
  openSource: 'Open the source',
  welcomedWith: (text: string) => `Greeted with: ${text}`,
  aboutProduct: (product: string) => `About the product ${product}`,

  order: {
    title: (count: number) => plural(count, { one: 'Order of one product', other: 'Order of # products' }),
    product: 'Product',
    quantity: 'Quantity',
    price: 'Price',
    total: 'Total',
    unnamed: 'Product without a number',
    unknown: '—',
    more: (count: number) => plural(count, { one: 'One more product', other: '# more products' }),
  },
  form: 'Form filled in',
  question: 'Question',
  answer: 'Answer',
  address: 'Address',
  callPermission: {
    granted: 'May be called',
    until: 'until',
    always: 'May be called at any time',
    refused: 'Does not want to be called',
    automatic: 'set in WhatsApp, not for this request',
  },
  call: {
    in: {
      ringing: 'Calls now',
      answered: 'Called',
      missed: 'Missed call',
      declined: 'Call declined',
    },
    out: {
      ringing: 'Being called',
      answered: 'Was called',
      missed: 'Did not take the call',
      declined: 'Declined the call',
    },
    lasted: (minutes: number, seconds: number) =>
      minutes === 0 ? `${seconds} s` : `${minutes} min ${String(seconds).padStart(2, '0')} s`,
  },
  saveContact: 'Open as a contact',
  webPage: 'Web page of this place',

  unsupported: {
    call_permission: 'The customer answered a request to call them, but not in a way that can be read.',
    edit: 'The customer changed an earlier message, but not in a way that can be read.',
    edit_withheld: 'The customer changed an earlier message. WhatsApp does not pass on to what.',
    form: 'The customer filled in a form whose answers did not come.',
    history_media:
      'A file from before this number was connected. WhatsApp passes on those of the last 14 days, a little later.',
    id_changed: 'WhatsApp gave the customer a new identity.',
    identity_changed: 'The customer may be using another phone.',
    interactive_withheld: 'The customer tapped a button that WhatsApp does not pass on. Ask what they chose.',
    location_withheld: 'The customer shares their live location, which WhatsApp does not pass on.',
    no_type: 'A message that does not say what kind it is.',
    not_passed_on:
      'The customer sent something that WhatsApp does not pass on to businesses. Ask them to send it another way.',
    number_changed: 'The customer changed their phone number.',
    opened_chat: 'The customer opened the chat for the first time.',
    order: 'The customer sent an order without products.',
    poll: 'The customer sent a poll, which WhatsApp does not pass on to businesses. Ask them to write instead.',
    reaction: 'The customer reacted to a message, but not in a way that can be read.',
    revoke: 'The customer deleted an earlier message, without saying which.',
    too_big:
      'The customer sent a file that WhatsApp could not pass on, perhaps because it is over 100 MB. Ask for a smaller one.',
    unavailable: 'WhatsApp cannot pass this message on at the moment. It may be seen on the phone.',
    unknown_kind:
      'The customer sent a kind of message that OonoBox does not know yet. It is kept as it came.',
    unreadable: 'A message came without content that can be read. It is kept as it came.',
    view_once:
      'The customer sent a photo or video to be seen once. WhatsApp does not pass those on: ask for an ordinary one.',
  },

  history: {
    title: 'Versions of a message',
    lead: 'What the customer wrote, and how they changed it, the newest first.',
    original: 'As it was written',
    changed: 'Changed',
    deleted: 'Deleted',
    back: 'Back to the conversation',
  },
};
