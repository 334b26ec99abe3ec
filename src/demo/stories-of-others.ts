import { closes, hours, reacts, reads, replies, type Story, says, sends, shows, takes } from './story.ts';

const site = {
  type: 'location',
  location: { latitude: -17.8617, longitude: 31.0297, name: 'Plot 14', address: 'Ardbennie Road, Harare' },
};

/** Conversations of the second agent, of nobody yet, and closed ones. */
export const storiesOfOthers: readonly Story[] = [
  {
    who: 'joao',
    happenings: [
      says(hours(1, 30), 'Olá, têm tinta branca de 20 litros?'),
      takes(hours(1, 25), 'tendai'),
      replies(hours(1, 24), 'tendai', 'Olá João! Temos, a 38 dólares a lata.'),
      reads(hours(1, 20)),
      says(58, 'Óptimo. Guardem duas para mim, passo amanhã de manhã.'),
    ],
  },
  {
    who: 'ruth',
    happenings: [
      says(hours(3, 30), 'Hello, we need six loads of river sand at our site.'),
      takes(hours(3, 25), 'tendai'),
      replies(
        hours(3, 24),
        'tendai',
        'Hello Ruth. Please send us where it is, then I can price the delivery.',
      ),
      sends(hours(3, 10), site),
      replies(hours(3, 2), 'tendai', 'Thank you. US$35 a load, delivered on Wednesday.'),
      reads(hours(2, 58)),
      reacts(hours(2, 57), '👍'),
    ],
  },
  {
    who: 'tatenda',
    happenings: [says(26, 'Mhoroi, mune maroofing sheets here?'), says(25, 'Ndoda e 3 metre, 12 chete.')],
  },
  {
    who: 'celia',
    happenings: [
      says(hours(1, 41), 'Olá.'),
      shows(hours(1, 40), 'photo', 'Precisamos de quatro torneiras iguais a esta'),
    ],
  },
  {
    who: 'maria',
    happenings: [says(hours(20, 50), 'Estão abertos ao sábado? Preciso de fechaduras para três portas.')],
  },
  {
    who: 'simba',
    happenings: [
      says(hours(26), 'The drill I bought last week has stopped working. What about the guarantee?'),
    ],
  },
  {
    who: 'blessing',
    happenings: [
      says(hours(27), 'What time do you close?'),
      takes(hours(26, 55), 'tendai'),
      replies(hours(26, 54), 'tendai', 'At five, Blessing. On Saturdays at one.'),
      reads(hours(26, 50)),
      says(hours(26, 48), 'Thanks!'),
      closes(hours(26, 40), 'tendai'),
    ],
  },
  {
    who: 'kudzai',
    happenings: [
      says(hours(7), 'Makadii. Mari ye ladder inoita marii?'),
      takes(hours(6, 55), 'tendai'),
      replies(hours(6, 53), 'tendai', 'Makadii Kudzai. Ye 3 metre i US$45, ye 6 metre i US$80.'),
      reads(hours(6, 40)),
      says(hours(6, 38), 'Ndatenda, ndichatora ye 3 metre nhasi.'),
      shows(hours(6, 37), 'sticker'),
      closes(hours(6, 10), 'tendai'),
    ],
  },
];
