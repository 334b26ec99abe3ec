import { attach } from './en-attach.ts';
import { audit } from './en-audit.ts';
import { blocking } from './en-blocking.ts';
import { contacts } from './en-contacts.ts';
import { door } from './en-door.ts';
import { files } from './en-files.ts';
import { keys } from './en-keys.ts';
import { mail } from './en-mail.ts';
import { message } from './en-messages.ts';
import { numbers } from './en-numbers.ts';
import { operator } from './en-operator.ts';
import { pages } from './en-pages.ts';
import { people } from './en-people.ts';
import { roles } from './en-roles.ts';
import { search } from './en-search.ts';
import { sending } from './en-sending.ts';
import { settings } from './en-settings.ts';
import { templates } from './en-templates.ts';
import { pluralsOf } from './plural.ts';

const locale = 'en-GB';
const plural = pluralsOf(locale);

export const en = {
  locale,
  product: 'OonoBox',
  skip: 'Skip to the content',
  mainNavigation: 'Main',
  notices: 'Notices',
  settings: 'Settings',
  ...contacts,
  ...settings,
  ...roles,
  numbers,
  templates,
  inbox: 'Inbox',
  more: 'More',
  signOut: 'Sign out',
  signedInAs: (name: string) => `Signed in as ${name}`,
  waiting: 'waiting',
  inTitle: (count: number, title: string) => (count > 0 ? `(${count > 99 ? '99+' : count}) ${title}` : title),

  views: {
    label: 'Views of the inbox',
    mine: 'Mine',
    unassigned: 'Unassigned',
    all: 'All',
    'needs-reply': 'Needs reply',
    closing: 'Closing',
    closed: 'Closed',
    blocked: 'Blocked',
  },
  moreViews: 'More views',
  groups: {
    waiting: 'Waiting for a reply',
    waitingOrder: 'longest first',
    answered: 'Answered',
    answeredOrder: 'latest first',
    all: 'Open',
    'needs-reply': 'Waiting for a reply',
    closing: 'Window closes soon',
    closingOrder: 'least time first',
    closed: 'Closed cases',
    blocked: 'Blocked customers',
  },
  unread: 'Unread',
  moreConversations: 'More conversations',
  empty: {
    mine: ['Nobody is waiting for you', 'Conversations assigned to you show up here by themselves.'],
    unassigned: ['Nobody is waiting', 'Every open conversation has somebody. New ones show up here first.'],
    all: [
      'No open conversations',
      'Write “hello” from any phone to your WhatsApp number. It shows up here within a second.',
    ],
    'needs-reply': ['Nobody is waiting', 'Every customer has an answer.'],
    closing: ['No window closes soon', 'Customers with less than four hours left to answer are listed here.'],
    closed: [
      'Nothing closed yet',
      'A case that you close moves here, and comes back when the customer writes.',
    ],
    blocked: ['Nobody is blocked', 'Customers whom you block are listed here, to be unblocked.'],
  },
  noNumber: {
    title: 'No WhatsApp number yet',
    text: 'Customers can write as soon as one is connected. On the server, run this with the values from Meta’s App dashboard:',
    next: 'It answers with a webhook path. Enter it at Meta behind the address of this server, and go on with steps 5 and 6 of “Connect a number” in the README, which list what to subscribe to. Then write “hello” from any phone: it shows up here within a second.',
    ask: 'Customers can write as soon as an owner or admin of the account has connected one.',
    short: 'Messages arrive here once a number is connected.',
  },
  takeNext: 'See who is unassigned',
  pickTitle: 'Pick a conversation',
  pickText: 'Start at the top of the list.',
  openName: (name: string) => `Open ${name}`,

  left: {
    hours: (hours: number | string) => `${hours} h left`,
    minutes: (minutes: number | string) => `${minutes} min left`,
    exact: (hours: number | string, minutes: number | string) => `${hours} h ${minutes} min left`,
    closed: 'Closed',
  },
  dial: {
    /** Minutes of two digits. */
    hours: (hours: number | string, minutes: string) => `${hours} h ${minutes}`,
    minutes: (minutes: number) => `${minutes}`,
    unit: 'min left',
    since: 'since',
  },

  conversationWith: (name: string) => `Conversation with ${name}`,
  openedUnread: (title: string, unread: number) => (unread > 0 ? `${title}, ${unread} unread` : title),
  backTo: (view: string) => `Back to ${view}`,
  contact: 'Contact',
  backToConversation: 'Back to the conversation',
  assign: 'Assign',
  assignedTo: 'Assigned to',
  nobody: 'Nobody',
  assignToMe: 'Assign to me',
  leaveUnassigned: 'Leave it to nobody',
  closeCase: 'Close case',
  reopenCase: 'Reopen',
  moreActions: 'More actions',
  waive: 'No answer needed',
  markRead: 'Mark as read',
  caseClosed: 'Case closed',
  done: {
    closure: 'Case closed.',
    reopening: 'Case reopened.',
    waiver: 'Noted that no answer is needed.',
    assignment: 'Assignment changed.',
  },

  messagesWith: (name: string) => `Messages with ${name}`,
  earlierMessages: 'Earlier messages',
  newSince: 'New since',
  newBelow: (count: number | string) => `${count} new`,
  noMessages: 'No messages yet',

  saidBy: (name: string) => `${name}: `,
  authors: { rule: 'Rule', system: 'OonoBox', api: 'API', phone_app: 'WhatsApp app' },
  forwarded: { once: 'Forwarded', often: 'Forwarded many times' },
  late: 'came late',
  showAll: (count: number) =>
    plural(count, { one: 'Show the last character', other: 'Show the other # characters' }),
  media: {
    image: 'Photo',
    video: 'Video',
    audio: 'Sound',
    voice: 'Voice note',
    document: 'File',
    sticker: 'Sticker',
    note: 'It came before files were kept',
  },
  kinds: {
    location: 'Location',
    contacts: 'Contact',
    order: 'Order',
    interactive: 'Answer',
    call: 'Call',
    reaction: 'Reaction',
    unsupported: 'Message of another kind',
  },
  openMap: 'Open in maps',
  place: 'Place on the map',
  chose: 'Chose',
  unsupported: (type: string) =>
    `OonoBox cannot show this kind yet (${type}). It is kept as it was received, and shows up once it can.`,
  unsupportedPlain:
    'OonoBox cannot show this kind yet. It is kept as it was received, and shows up once it can.',
  reactedWith: (name: string, emoji: string) => `${name} reacted with ${emoji}`,
  removedReaction: 'Take your reaction back',
  privateNote: 'Private note',

  status: {
    received: 'Received',
    scheduled: 'Scheduled',
    queued: 'Waiting to be sent',
    sending: 'Being sent',
    unknown: 'Not known yet if it arrived',
    accepted: 'Taken by WhatsApp',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    played: 'Played',
    failed: 'Not sent',
    cancelled: 'Cancelled',
  },
  notSent: 'Not sent.',
  notSentRow: 'Not sent:',
  failedCode: (code: number) => `Meta’s code: ${code}.`,
  asksTitle: 'We don’t know if this arrived.',
  asksText:
    'The line broke while sending, and WhatsApp has said neither yes nor no. Sending again could make it arrive twice.',
  sendAgain: 'Send again',
  itArrived: 'It arrived',
  leaveIt: 'Leave it',
  cancelled: 'Cancelled before it was sent.',
  cancelSending: 'Cancel sending',

  actionsFor: 'Actions for this message',
  reply: 'Reply to this',
  reactWith: (emoji: string) => `React with ${emoji}`,
  quickReactions: ['👍', '❤️', '😂', '😮', '😢', '🙏'],

  events: {
    'case.opened': (actor: string) => `${actor} opened a case`,
    'case.closed': (actor: string) => `${actor} closed the case`,
    'case.reopened': (actor: string) => `${actor} reopened the case`,
    assigned: (actor: string, subject: string) => `${actor} assigned this to ${subject}`,
    taken: (actor: string) => `${actor} took this`,
    unassigned: (actor: string) => `${actor} left this to nobody`,
    'answer.waived': (actor: string) => `${actor} noted that no answer is needed`,
    'contact.number_changed': (actor: string, from: string | null, to: string | null) =>
      from === null || to === null
        ? `${actor} changed their phone number`
        : `${actor} changed their phone number from ${from} to ${to}`,
    'contact.id_changed': () => 'WhatsApp gave the customer a new ID; it is still the same person',
    'contact.device_changed': () =>
      'The customer may be using another phone, or have installed WhatsApp anew',
    'contact.phone_held_elsewhere': () =>
      'WhatsApp shows the customer with a phone number of a contact that somebody has kept apart from this one',
    'contact.blocked': (actor: string) => `${actor} blocked this customer`,
    'contact.unblocked': (actor: string) => `${actor} unblocked this customer`,
    'contact.block_too_late': () =>
      'WhatsApp does not block this customer: it blocks only who has written in the last 24 hours. Here they stay blocked, and what they write asks for no answer',
    'contact.block_failed': () =>
      'WhatsApp could not be asked to block this customer. Here they stay blocked; block them again for WhatsApp to be asked once more',
    'contact.unblock_failed': () =>
      'WhatsApp did not unblock this customer, perhaps because they were blocked here alone. If messages to them fail, unblock them in WhatsApp Manager',
    'contact.merged': (actor: string) => `${actor} merged two contacts: what both said is here`,
    'contact.parted': (actor: string) =>
      `${actor} undid a merge: what the other contact said is with them again`,
    'contact.removed_on_phone': () =>
      'The customer was removed from the contacts of the phone; the conversation stays here',
    'consent.given': (actor: string) => `${actor} wants to get offers again, as WhatsApp says`,
    'consent.withdrawn': (actor: string) =>
      `${actor} wants no more offers, as WhatsApp says: answers are still allowed`,
    'handover.passed': (_: string, to: string | null) =>
      to === null ? 'Another system passed the conversation on' : `The conversation was passed to ${to}`,
    'handover.taken': (_: string, to: string | null) =>
      to === null ? 'Another system took over the conversation' : `The conversation was taken over by ${to}`,
  },
  actors: { person: 'Somebody', rule: 'A rule', customer: 'The customer', system: 'OonoBox', api: 'The API' },

  presence: {
    label: 'Also here',
    viewing: (name: string) => `${name} is viewing`,
    writing: (name: string) => `${name} is writing`,
    more: (count: number) => `+${count}`,
  },
  /** Said aloud; `#` stands for the number of customers, `@` for the view. */
  wrote: { one: 'One customer wrote, in @', other: '# customers wrote, in @' },

  messageTo: (name: string) => `Message to ${name}`,
  writeTo: (name: string) => `Write to ${name}`,
  send: 'Send',
  dropQuote: 'Do not quote it',
  sendHint: 'Enter sends, Shift and Enter make a new line',
  couldNotReach: 'OonoBox could not be reached. Your text is kept here.',
  refused: 'OonoBox refused it. Your text is kept here; reload the page if it stays so.',
  retry: 'Retry',
  copyText: 'Copy',
  copied: 'Copied',
  discard: 'Discard',
  signOutUnsent:
    'Some messages or files were not sent. They are kept only in this browser. Sign out and delete them?',
  answeredMeanwhile: (name: string, ago: string) => `${name} replied ${ago} ago — send anyway?`,
  ago: {
    seconds: (seconds: number) => `${seconds} s`,
    minutes: (minutes: number) => `${minutes} min`,
    hours: (hours: number) => `${hours} h`,
    days: (days: number) => plural(days, { one: 'one day', other: '# days' }),
  },
  sendAnyway: 'Send anyway',
  keepEditing: 'Keep editing',
  sentOtherwise:
    'This draft has already been sent from another window, with other words. Send this too if it is still right.',
  draft: 'Draft:',
  draftSaved: 'Draft saved',
  otherDraft: 'You wrote something else in another window:',
  takeOther: 'Take that one',
  keepThis: 'Keep this one',
  closedAt: (name: string) => `${name}’s window closed`,
  closedWhy: (name: string) => `WhatsApp delivers only approved templates until ${name} writes again.`,
  neverOpened: (name: string) => `${name} has not written yet`,
  keptText: 'What you wrote is kept here; it was not sent.',
  readOnlyTitle: 'You may read here',
  readOnlyText: 'Your role does not include answering. An owner or admin of the account can change that.',

  closesAt: 'Closes',
  closesWhy: (name: string) =>
    `Free text can be sent until then. A new message from ${name} starts another 24 hours.`,
  windowClosed: 'Only templates',
  windowNever: 'Only templates so far',
  identities: 'Identities',
  name: 'Name',
  phone: 'Phone',
  username: 'Username',
  whatsappId: 'WhatsApp ID',
  knownSince: 'Known since',
  hiddenPhone: 'Not shared',
  line: 'Number',
  offers: { label: 'Offers', given: 'wanted, since', withdrawn: 'not wanted, since' },
  earlierCases: 'Earlier cases',
  caseFromTo: 'Closed',
  caseOpened: 'Opened',

  banners: {
    graph: ['Not Meta.', 'Messages go to the address set in OONOBOX_GRAPH_URL instead of Meta.'],
    disk: ['The disk is full.', 'You can read, but nothing can be written until there is room again.'],
    demo: ['Demo.', 'Nothing leaves this computer.'],
    slow: [
      'No live connection.',
      'New messages may be missing here until it is back. It is tried again by itself.',
    ],
    lost: [
      'That did not get through.',
      'OonoBox could not be reached. Look whether it was done, and try again.',
    ],
    signedOut: ['You have been signed out.', 'What you see here no longer changes.'],
  },
  customersPhone: 'Customer’s phone',
  startOver: 'Start over',
  everyKind: 'Every kind of message',
  signInAgain: 'Sign in again',
  ...pages,
  ...people,
  message,
  sending,
  blocking,
  mail,
  door,
  operator,
  search,
  files,
  keys,
  audit,
  attach,
};
