import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** What can be sent besides text and files. */
export const sending = {
  menu: 'More to send',
  preview: 'Preview of the link',
  kinds: {
    location: 'Location',
    contacts: 'Contact',
    button: 'Reply buttons',
    list: 'List to choose from',
    cta_url: 'Link as a button',
    location_request_message: 'Ask for their location',
    request_contact_info: 'Ask for their phone number',
  },
  explained: {
    location: 'The customer gets a map of it. Coordinates are in every map app: press long on a place.',
    contacts: 'The customer can save the contact or write to it.',
    button: 'The customer answers with a tap on one of up to three buttons.',
    list: 'The customer opens a list of up to ten rows and chooses one.',
    cta_url: 'The customer opens an address with a tap.',
    location_request_message: 'The customer sends where they are with a tap.',
    request_contact_info: 'The customer shares their phone number with a tap, if they wish to.',
  },
  to: (name: string) => `To ${name}.`,
  send: 'Send',
  sendTo: (kind: string, name: string) => `${kind} to ${name}`,
  back: 'Back to the conversation',
  cancel: 'Cancel',
  answering: (name: string) => `In answer to ${name}`,
  answeredMeanwhile: (name: string) =>
    name === ''
      ? 'Somebody else has answered meanwhile. Send it again if it is still right.'
      : `${name} has answered meanwhile. Send it again if it is still right.`,
  sentOtherwise:
    'This form has already been sent from another window, filled in otherwise. Send this too if it is still right.',
  fields: {
    latitude: 'Latitude',
    longitude: 'Longitude',
    placeName: 'Name of the place',
    address: 'Address',
    text: 'Text',
    header: 'Heading',
    headings: { none: 'None', text: 'Text', file: 'Picture, video or document' },
    headingText: 'Text of the heading',
    headingFile: 'File of the heading',
    headingFileHelp:
      'A picture (JPEG or PNG) of at most 5 MB, a video (MP4 or 3GP) of at most 16 MB, or a document of at most 100 MB.',
    footer: 'Last line',
    buttonTitle: (place: number) => `Button ${place}`,
    listButton: 'Button that opens the list',
    row: (place: number) => `Row ${place}`,
    rowTitle: 'Title',
    rowDescription: 'Description',
    sectionTitle: 'Heading above this row',
    moreRows: 'More rows',
    linkLabel: 'Label of the button',
    url: 'Address of the link',
    contactName: 'Name',
    contactPhone: 'Phone number',
    contactEmail: 'E-mail address',
    contactCompany: 'Company',
    fromInbox: 'A contact of this inbox',
    typed: 'Or somebody else',
    search: 'Search contacts',
    find: 'Find',
    nobodyFound: 'Nobody was found.',
  },
  atMost: (count: number) => `At most ${count.toLocaleString('en-GB')} characters`,
  settings: {
    link: 'Receipts, typing, previews',
    lead: 'What customers learn besides what is written to them.',
    done: 'Saved.',
    save: 'Save',
    receipts: 'Customers see that they were read',
    policies: {
      opened: ['When somebody opens the conversation', 'Two blue ticks at the customer’s, at once.'],
      answered: ['With the answer', 'Nobody learns that they were read and not answered.'],
      never: ['Never', 'Customers do not see whether they were read.'],
    },
    more: 'Besides',
    typing: [
      'Show that somebody writes',
      'WhatsApp marks messages as read with it, so it needs read receipts on opening.',
    ],
    previews: [
      'Preview of links',
      'Texts go with a preview of their first link, unless their writer says otherwise.',
    ],
  },
  paused: {
    title: 'This number sends nothing at present.',
    token:
      'WhatsApp does not accept its access token any more. What you write waits, and goes out once an admin has given the number a new one.',
    other: 'What you write waits, and goes out once an admin has settled it.',
    settle: 'What can be done',
  },
  buttons: 'Buttons for the customer',
  toChooseFrom: (count: number) => plural(count, { one: 'one choice', other: '# choices' }),
  asksLocation: 'Asks for their location',
  asksContact: 'Asks for their phone number',
};
