import { hours, loses, notes, reads, replies, type Story, says, takes } from './story.ts';

/** Conversations of the third and fourth agent, and of the deliveries' number. */
export const storiesOfTheTeam: readonly Story[] = [
  {
    who: 'peter',
    happenings: [
      says(hours(23, 22), 'Can I still bring the compressor back? It is too loud for the neighbours.'),
      takes(hours(23, 10), 'farai'),
      notes(hours(23, 8), 'farai', 'Bought on the 3rd, so the 14 days are over. @Rudo, do we take it back?'),
    ],
  },
  {
    who: 'grace',
    happenings: [
      says(hours(4, 10), 'How much is the cheapest steel window, 1.2 by 1.5?'),
      takes(hours(4, 2), 'farai'),
      loses(hours(4), 'farai', 'US$48 Grace, with the burglar bars US$71. We have nine here.'),
    ],
  },
  {
    who: 'asha',
    happenings: [
      says(hours(2, 50), 'Habari, mna vigae vya bafuni?'),
      takes(hours(2, 44), 'amina'),
      replies(hours(2, 43), 'amina', 'Nzuri Asha. Vipo, vyeupe na vya bluu, dola 11 kwa mita ya mraba.'),
      reads(hours(2, 40)),
      says(hours(1, 15), 'Nahitaji mita kumi na mbili za bluu. Mnaleta lini?'),
    ],
  },
  {
    who: 'otieno',
    happenings: [
      says(hours(6, 20), 'Habari ya asubuhi. Je, bei ya saruji imepanda?'),
      takes(hours(6, 12), 'amina'),
      replies(hours(6, 11), 'amina', 'Hapana Juma, bado ni dola 11.50 kwa mfuko.'),
      reads(hours(6, 5)),
    ],
  },
  {
    who: 'memory',
    on: 'deliveries',
    happenings: [
      says(48, 'Mhoroi, mota yasimuka here?'),
      takes(45, 'amina'),
      replies(44, 'amina', 'Mhoro Memory. Yasimuka, ichasvika na three.'),
      says(14, 'Ndiri kunze kwegedhi, handisati ndaiona.'),
    ],
  },
  {
    who: 'carlos',
    on: 'deliveries',
    happenings: [says(33, 'Bom dia. A mangueira já saiu da Beira?')],
  },
];
