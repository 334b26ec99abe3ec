import type { Fields } from '../fields.ts';
import type { NewTemplate } from './store.ts';

const picture = { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::b2ZmZXI='] } };

const card = (words: string): Fields => ({
  components: [
    picture,
    { type: 'BODY', text: words, example: { body_text: [['US$ 89']] } },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Keep one for me' },
        {
          type: 'URL',
          text: 'See it',
          url: 'https://mbare.example/p/{{1}}',
          example: ['https://mbare.example/p/drill'],
        },
      ],
    },
  ],
});

/** Those that advertise. */
export const offerSamples: readonly NewTemplate[] = [
  {
    name: 'november_offers',
    category: 'MARKETING',
    quality: 'GREEN',
    components: [
      picture,
      {
        type: 'LIMITED_TIME_OFFER',
        limited_time_offer: { text: 'Paint week', has_expiration: true },
      },
      {
        type: 'BODY',
        text: 'Hello {{1}}, this week every tin of paint costs {{2}} less. Show the code at the till.',
        example: { body_text: [['Tendai', '20 %']] },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'COPY_CODE', example: ['PAINT20'], text: 'Copy offer code' },
          {
            type: 'URL',
            text: 'See the colours',
            url: 'https://mbare.example/paint?from={{1}}',
            example: ['https://mbare.example/paint?from=whatsapp'],
          },
        ],
      },
    ],
  },
  {
    name: 'new_arrivals',
    category: 'MARKETING',
    components: [
      {
        type: 'BODY',
        text: 'New on our shelves, {{1}}:',
        example: { body_text: [['Tendai']] },
      },
      { type: 'CAROUSEL', cards: [card('Cordless drill, {{1}}'), card('Pressure washer, {{1}}')] },
    ],
  },
];
