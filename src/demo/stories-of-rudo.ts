import {
  hours,
  notes,
  quotes,
  reads,
  replies,
  repliesWith,
  type Story,
  says,
  shows,
  takes,
} from './story.ts';

/** Conversations of the person who opens the demonstration. The first waits longest, and its window closes soon. */
export const storiesOfRudo: readonly Story[] = [
  {
    who: 'nomvula',
    happenings: [
      says(hours(29), 'Hello. I ordered a 150 litre geyser for my mother in Highfield.'),
      takes(hours(28, 50), 'rudo'),
      replies(
        hours(28, 49),
        'rudo',
        'Hello Nomvula. It is on the truck from Bulawayo and should be here tomorrow.',
      ),
      reads(hours(28, 40)),
      notes(hours(22), 'tendai', 'The truck broke down in Kwekwe. Nobody has told her yet.'),
      says(hours(21, 35), 'She has waited at home all day and nobody came.'),
      says(hours(21, 33), 'When will it be delivered, please?'),
    ],
  },
  {
    who: 'chipo',
    happenings: [
      says(55, 'Hello, do you have 50 kg cement in stock?'),
      takes(52, 'rudo'),
      replies(51, 'rudo', 'Hello Chipo. Yes, at US$11.50 a bag. How many do you need?'),
      reads(50),
      shows(31, 'photo', 'This is in our yard'),
      shows(30, 'voice'),
      replies(27, 'rudo', 'A washer is enough, Chipo. US$0.50, I will put one with your order.'),
      reads(26),
      says(12, '20 bags. Do you deliver to Highfield?'),
      says(9, 'And can I pay with EcoCash?'),
    ],
  },
  {
    who: 'brian',
    happenings: [
      says(hours(2, 20), 'Is the 2.5 mm twin cable sold by the metre?'),
      takes(hours(2, 15), 'rudo'),
      quotes(hours(2, 14), 'rudo', 'By the metre or in rolls of 100. A metre is US$0.80, a roll US$68.'),
      reads(hours(2, 5)),
      shows(hours(2, 2), 'document', 'And this is for the next house'),
      says(hours(2, 1), 'A roll then. I will send my brother Munashe.'),
      replies(hours(1, 58), 'rudo', 'It is at the counter under your name. We are open until five.'),
      reads(hours(1, 50)),
    ],
  },
  {
    who: 'tariro',
    happenings: [
      says(hours(9, 30), 'Mhoroi. Pane here mapombi e PVC 110 mm?'),
      takes(hours(9, 20), 'rudo'),
      replies(hours(9, 18), 'rudo', 'Mhoroi Tariro. Ariko, pombi imwe chete iri 6 metre, US$14.'),
      says(hours(9, 10), 'Ndatenda, ndichauya mangwana mangwanani.'),
      replies(hours(9, 6), 'rudo', 'Zvakanaka, tinovhura na seven.'),
      reads(hours(8, 55)),
    ],
  },
  {
    who: 'kagiso',
    happenings: [
      says(hours(5, 40), 'Hi, do you send paint to Francistown?'),
      takes(hours(5, 30), 'rudo'),
      replies(
        hours(5, 28),
        'rudo',
        'Hi Kagiso. Yes, every Thursday with the bus. 20 litres cost US$6 to send.',
      ),
      says(hours(5, 26), 'Good. And do you have water tanks?'),
      repliesWith(hours(5, 22), 'rudo', 'poster', 'These. 1,000 litres are US$120.'),
    ],
  },
  {
    who: 'thabo',
    happenings: [
      says(hours(31), 'Do you still have the steel door I looked at on Saturday?'),
      takes(hours(30, 50), 'rudo'),
      replies(hours(30, 45), 'rudo', 'It is still here, Thabo. Shall we keep it for you?'),
      reads(hours(30, 30)),
      says(hours(30, 20), 'Let me measure again and come back to you.'),
      replies(hours(30, 15), 'rudo', 'No problem, take your time.'),
      reads(hours(30, 10)),
    ],
  },
];
