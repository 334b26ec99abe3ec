import type { SampleName } from './samples/samples.ts';

/** With a file, the text is its caption. */
type Line = { phone: string; name: string; text: string; file?: SampleName };

const CALLERS = {
  chipo: { phone: '+263775550101', name: 'Chipo Ncube' },
  farai: { phone: '+263775550102', name: 'Farai Sibanda' },
  grace: { phone: '+263775550103', name: 'Grace Mutasa' },
  joao: { phone: '+258845550104', name: 'João Machava' },
  lindiwe: { phone: '+27825550105', name: 'Lindiwe Dube' },
  peter: { phone: '+265995550106', name: 'Peter Banda' },
  rudo: { phone: '+263775550107', name: 'Rudo Chirwa' },
};

const SCRIPT: [who: keyof typeof CALLERS, text: string, file?: SampleName][] = [
  ['chipo', 'Good morning, are you open today?'],
  ['farai', 'Morning. How much is a bag of cement?'],
  ['joao', 'Bom dia. Têm chapas de zinco de 3 metros?'],
  ['grace', 'My delivery was promised for Saturday and nobody came.'],
  ['farai', 'I need 40 bags, with delivery to Glen View.'],
  ['lindiwe', 'Hi, do you sell paint by the litre?'],
  ['chipo', 'And do you have this tap?', 'photo'],
  ['peter', 'Hello, is the wheelbarrow on your status still there?'],
  ['rudo', 'Makadii. Mune mapombi here e 20 mm?'],
  ['grace', 'Order 1187, two doors and a frame.'],
  ['joao', 'Preciso de 24. Qual é o preço?'],
  ['lindiwe', 'White, for outside walls.'],
  ['peter', 'I can come at lunch with cash.'],
  ['farai', 'And all this. Is there a better price?', 'document'],
  ['rudo', 'Ndinoda zviviri, nema elbow mana.'],
  ['chipo', '', 'voice'],
  ['grace', 'Please, the builder is standing here waiting.'],
  ['joao', 'Entregam em Beira?'],
  ['lindiwe', 'How much does 20 litres cover?'],
  ['peter', 'Please keep one for me, name Banda.'],
  ['farai', 'I can pay by transfer this morning.'],
  ['rudo', 'Munotora EcoCash here?'],
  ['grace', 'When will it be here?'],
  ['joao', 'Obrigado, fico à espera.'],
  ['lindiwe', 'Okay, two tins please.'],
];

/** Twenty-five messages that arrive faster than one person can answer. */
export const BUSY_MONDAY: Line[] = SCRIPT.map(([who, text, file]) => ({
  ...CALLERS[who],
  text,
  ...(file ? { file } : {}),
}));
