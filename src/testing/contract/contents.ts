import type { ContentJson } from '#src/api/content-types.ts';

const CATALOG = '194836987003835';
const text = (body: string): ContentJson => ({ kind: 'text', body });

/** What the API says that a message holds, by the name of its body in `bodies/messages`. */
export const contents: Readonly<Record<string, ContentJson>> = {
  'address-reply': {
    kind: 'address_reply',
    fields: [
      { name: 'in_pin_code', value: '400063' },
      { name: 'building_name', value: 'Cello Triumph' },
      { name: 'landmark_area', value: 'Goregaon East' },
      { name: 'address', value: 'I B Patel Road' },
      { name: 'city', value: 'Mumbai' },
      { name: 'name', value: 'Meera Iyer' },
      { name: 'phone_number', value: '+919005550105' },
      { name: 'floor_number', value: '8' },
      { name: 'state', value: 'Maharashtra' },
    ],
    lines: [
      'Meera Iyer',
      '+919005550105',
      '8 Cello Triumph',
      'I B Patel Road',
      'Goregaon East',
      'Mumbai 400063',
      'Maharashtra',
    ],
  },
  audio: { kind: 'audio', mime_type: 'audio/mpeg', voice: false },
  button: { kind: 'button', text: 'Confirm the visit', payload: 'visit-2231' },
  'button-reply': { kind: 'button_reply', title: 'Yes, deliver', id: 'deliver-yes' },
  'call-permission-granted': {
    kind: 'call_permission_reply',
    response: 'accept',
    expires_at: '2026-11-29T11:00:00.000Z',
  },
  'call-permission-refused': { kind: 'call_permission_reply', response: 'reject' },
  contacts: {
    kind: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Tatenda Phiri', first_name: 'Tatenda', last_name: 'Phiri' },
        phones: [
          { phone: '+263 77 555 0177', wa_id: '263775550177', type: 'CELL' },
          { phone: '+263 24 255 0178', type: 'WORK' },
        ],
        emails: [{ email: 'tatenda@phiriroofs.example', type: 'WORK' }],
        org: { company: 'Phiri Roofs', department: 'Estimates', title: 'Foreman' },
        addresses: [
          {
            street: '12 Simon Mazorodze Road',
            city: 'Harare',
            country: 'Zimbabwe',
            country_code: 'zw',
            type: 'WORK',
          },
        ],
        urls: [{ url: 'https://phiriroofs.example', type: 'WORK' }],
        birthday: '1988-03-09',
      },
    ],
  },
  'contacts-requested': {
    kind: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Farai' },
        phones: [{ phone: '+263775550104', wa_id: '263775550104', type: 'CELL' }],
        emails: [],
        origin: 'contact_request',
      },
    ],
  },
  document: {
    kind: 'document',
    mime_type: 'application/pdf',
    caption: 'Signed',
    filename: 'Quote 2231.pdf',
  },
  'flow-reply': {
    kind: 'form_reply',
    answers: [
      { name: 'screen_0_Your_name_0', label: 'Your name', value: 'Chipo Moyo' },
      { name: 'screen_0_Roof_type_1', label: 'Roof type', value: 'Tiles, Sheets' },
      { name: 'screen_1_Area_0.Length_m', label: 'Area › Length m', value: '12.5' },
      { name: 'screen_1_Area_0.Width_m', label: 'Area › Width m', value: '8' },
      { name: 'screen_1_Survey_wanted_1', label: 'Survey wanted', value: 'true' },
    ],
    text: 'Your name: Chipo Moyo\nRoof type: Tiles, Sheets\nArea › Length m: 12.5\nArea › Width m: 8\nSurvey wanted: true',
    flow_token: 'f-2231',
  },
  'flow-reply-invalid': { kind: 'form_reply', answers: [], text: '{"screen_0_Your_name_0": "Chipo' },
  image: {
    kind: 'image',
    mime_type: 'image/jpeg',
    caption: 'This is the corner that leaks, behind the chimney',
  },
  'image-from-post': { kind: 'image', mime_type: 'image/jpeg' },
  'interactive-without-body': { kind: 'unsupported', reason: 'not_passed_on', meta_type: 'interactive' },
  'list-reply': {
    kind: 'list_reply',
    title: 'Tuesday morning',
    description: 'Between 8 and 11',
    id: 'slot-2',
  },
  location: {
    kind: 'location',
    latitude: -17.82922,
    longitude: 31.05222,
    name: 'Mbare Musika',
    address: 'Ardbennie Road, Harare',
    url: 'https://mbaremusika.example',
  },
  order: {
    kind: 'order',
    catalog_id: CATALOG,
    text: 'Please deliver before noon',
    product_items: [
      { product_retailer_id: 'IBR-SHEET-3.6', quantity: 28, item_price: 14.5, currency: 'USD' },
      { product_retailer_id: 'RIDGE-CAP-3M', quantity: 3, item_price: 9.99, currency: 'USD' },
      { product_retailer_id: 'SCREWS-100', quantity: 2, item_price: 175, currency: 'ZWG' },
    ],
  },
  sticker: { kind: 'sticker', mime_type: 'image/webp', animated: false },
  text: text('Good morning, do you have ridge caps in charcoal?'),
  'text-forwarded': { kind: 'revoked' },
  'text-forwarded-often': text('Please share: water is off in Budiriro'),
  'text-from-ad': text('Hi! Can I get a quote for a roof?'),
  'text-in-group': text('Who brings the ladder tomorrow?'),
  'text-product-inquiry': text('Does this come in green?'),
  'text-quoting': text('These ones, I mean, in green'),
  'text-quoting-unknown': text('Is this offer still good?'),
  'text-without-contacts': text('It is me again'),
  'text-without-phone': text('Hello, a friend sent me'),
  unknown: { kind: 'unsupported', reason: 'unknown_kind', meta_type: 'hologram' },
  unsupported: { kind: 'unsupported', reason: 'not_passed_on', meta_type: 'unsupported' },
  'unsupported-edit': { kind: 'unsupported', reason: 'edit_withheld', meta_type: 'unsupported' },
  'unsupported-poll': { kind: 'unsupported', reason: 'poll', meta_type: 'unsupported' },
  'unsupported-too-big': { kind: 'unsupported', reason: 'too_big', meta_type: 'unsupported' },
  'unsupported-view-once': { kind: 'unsupported', reason: 'view_once', meta_type: 'unsupported' },
  video: { kind: 'video', mime_type: 'video/mp4', caption: 'Listen to the dripping' },
  'voice-legacy': { kind: 'audio', mime_type: 'audio/ogg; codecs=opus', voice: true },
  'voice-note': { kind: 'audio', mime_type: 'audio/ogg; codecs=opus', voice: true },
};

const referral = {
  source_type: 'ad',
  source_id: '120215552345678901',
  source_url: 'https://fb.me/4kQ2roofs',
  headline: 'A new roof before the rains',
  body: 'Free measuring in Harare and Chitungwiza until Saturday.',
  media_type: 'image',
  ctwa_clid: 'ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LE',
  welcome_message: { text: 'Hello, which roof shall we measure?' },
};

/** What the API says goes with a message, by the name of its body. All of them arrive an hour after they were said. */
export const beside: Readonly<Record<string, object>> = {
  image: { versions: 2, attachments: [{ duration_seconds: null }] },
  'image-from-post': { referral: { source_type: 'post', body: 'Ask us anything' } },
  text: {
    author: { kind: 'customer', name: 'Chipo Moyo' },
    quoted: null,
    marks: ['late'],
    group_id: null,
    referral: null,
    product: null,
    reactions: [{ emoji: '👍', direction: 'in', by: { name: 'Chipo Moyo' } }],
  },
  'text-forwarded': { text: '', marks: ['forwarded', 'late'], attachments: [] },
  'text-forwarded-often': { marks: ['frequently_forwarded', 'late'] },
  'text-from-ad': { referral },
  'text-in-group': {
    marks: ['group', 'late'],
    group_id: 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDE2',
  },
  'text-product-inquiry': { product: { product_retailer_id: 'RIDGE-CAP-3M', catalog_id: CATALOG } },
  'text-quoting': { quoted: { wamid: 'wamid.HBgMdGV4dA' }, versions: 2 },
  'text-quoting-unknown': { quoted: { id: null, wamid: 'wamid.HBgMZnJvbSBiZWZvcmU' } },
  video: { reactions: [], attachments: [{ duration_seconds: 2 }] },
  'voice-note': { attachments: [{ duration_seconds: 6.13 }] },
};
