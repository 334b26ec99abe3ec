import type { Fields } from '../fields.ts';
import { offerSamples } from './samples-offers.ts';
import type { NewTemplate } from './store.ts';

const text = (words: string, ...samples: string[]): Fields => ({
  type: 'BODY',
  text: words,
  ...(samples.length === 0 ? {} : { example: { body_text: [samples] } }),
});
const buttons = (...list: Fields[]): Fields => ({ type: 'BUTTONS', buttons: list });
const reply = (words: string): Fields => ({ type: 'QUICK_REPLY', text: words });
const footer = { type: 'FOOTER', text: 'Mbare Hardware, Ardbennie Road' };

/** The templates of a hardware shop: every kind of part, and every fate a template can have. */
export const sampleTemplates: readonly NewTemplate[] = [
  {
    name: 'order_ready',
    quality: 'GREEN',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Order {{1}} is ready', example: { header_text: ['MH-1180'] } },
      text(
        'Hello {{1}}, your order is packed and waits for you at {{2}}. We are open until {{3}}.',
        'Tendai',
        'Ardbennie Road',
        '17:00',
      ),
      footer,
      buttons(reply('I am on my way'), reply('Please deliver it')),
    ],
  },
  {
    name: 'quote_follow_up',
    parameterFormat: 'NAMED',
    quality: 'GREEN',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'About your quote' },
      {
        type: 'BODY',
        text: 'Hello {{first_name}}, there is news on quote {{quote_number}}: {{news}}. Reply here and we carry on.',
        example: {
          body_text_named_params: [
            { param_name: 'first_name', example: 'Tendai' },
            { param_name: 'quote_number', example: 'MH-2291' },
            { param_name: 'news', example: 'the cement is back in stock' },
          ],
        },
      },
      footer,
      buttons(reply('Go ahead'), reply('Call me')),
    ],
  },
  {
    name: 'delivery_today',
    quality: 'YELLOW',
    components: [
      { type: 'HEADER', format: 'LOCATION' },
      text(
        'Hello {{1}}, our lorry comes today between {{2}}. The driver calls before.',
        'Tendai',
        '14:00 and 16:00',
      ),
      buttons(
        {
          type: 'URL',
          text: 'Follow the lorry',
          url: 'https://mbare.example/track/{{1}}',
          example: ['https://mbare.example/track/MH-1180'],
        },
        { type: 'PHONE_NUMBER', text: 'Call the driver', phone_number: '+26386001234' },
      ),
    ],
  },
  {
    name: 'entrega_hoje',
    language: 'pt_BR',
    components: [
      text('Olá {{1}}, a sua encomenda chega hoje entre {{2}}.', 'Tendai', '14:00 e 16:00'),
      { type: 'FOOTER', text: 'Mbare Hardware' },
    ],
  },
  {
    name: 'invoice_sent',
    components: [
      { type: 'HEADER', format: 'DOCUMENT', example: { header_handle: ['4::aW52b2ljZQ=='] } },
      text(
        'Hello {{1}}, here is the invoice for order {{2}}. Thank you for buying from us.',
        'Tendai',
        'MH-1180',
      ),
      footer,
    ],
  },
  {
    name: 'delivery_survey',
    components: [
      text('Thank you for your order, {{1}}. How did the delivery go?', 'Tendai'),
      buttons({ type: 'FLOW', text: 'Tell us', flow_id: '883300000000001', navigate_screen: 'RATE' }),
    ],
  },
  {
    name: 'login_code',
    category: 'AUTHENTICATION',
    components: [
      text('*{{1}}* is your code for the trade counter. Tell it to nobody.', '482913'),
      { type: 'FOOTER', text: 'This code expires in 10 minutes.' },
      buttons({
        type: 'URL',
        text: 'Copy code',
        url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}',
        example: ['https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp482913'],
      }),
    ],
  },
  ...offerSamples,
  {
    name: 'holiday_hours',
    status: 'PENDING',
    components: [text('We are closed from {{1}} to {{2}}.', '24 December', '2 January')],
  },
  {
    name: 'win_back',
    category: 'MARKETING',
    previousCategory: 'UTILITY',
    status: 'REJECTED',
    rejectedReason: 'TAG_CONTENT_MISMATCH',
    components: [
      text('We have not seen you for a while, {{1}}. Everything for your next build is here.', 'Tendai'),
    ],
  },
  {
    name: 'loyalty_points',
    category: 'MARKETING',
    status: 'PAUSED',
    quality: 'RED',
    components: [text('{{1}}, you have {{2}} points. Come and spend them.', 'Tendai', '240')],
  },
];
