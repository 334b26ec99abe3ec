import type { Random } from './random.ts';

/** Everyday words of customers in four languages; the earlier ones are said more often. */
const vocabularies = [
  'the you I is my to have please when can order price hello morning delivery today tomorrow cement roof paint thank payment still waiting number address house street open late invoice receipt available colour size big small bring change broken help truck driver Saturday need twenty bags sheets timber nails quote deposit balance transfer school',
  'ndinoda mhoro makadii ndeipi mari nhasi mangwana kuuya chikafu imba nyumba simende marata misumari yangu yako zvakanaka ndatenda maita basa mutengo wakadii ndiri kuda kubhadhara motokari mutyairi mugwagwa rini sei chii vana chikoro mvura hapana ndokumbirawo zuva mangwanani manheru tisvike pano apo',
  'bom dia quero preço por favor obrigado quanto custa entrega hoje amanhã casa rua cimento tinta telhado número pedido pagamento ainda espero fatura recibo aberto tarde cor tamanho grande pequeno trazer trocar avariado ajuda motorista sábado preciso vinte sacos chapas madeira pregos orçamento depósito saldo escola',
  'habari naomba bei gani leo kesho nyumba saruji rangi bati misumari asante sana malipo bado nasubiri namba anwani barabara wazi kuchelewa ankara risiti ipo ukubwa kubwa ndogo leta badilisha imeharibika msaada gari dereva jumamosi nahitaji ishirini mifuko mbao amana salio shule tafadhali sawa karibu',
].map((words) => words.split(' ') as [string, ...string[]]) as [
  [string, ...string[]],
  ...[string, ...string[]][],
];

/** Every word that is said. */
export const words = vocabularies.flat() as [string, ...string[]];

const SHORTEST = 40;
const LONGEST = 200;

/** What a customer writes: 40 to 200 characters in one language. */
export function sentence(random: Random): string {
  const words = random.pick(vocabularies);
  const length = SHORTEST + random.below(LONGEST - SHORTEST - 20);
  let said = word(words, random);
  while (said.length < length) {
    said += ` ${word(words, random)}`;
  }
  return said;
}

/** As in real talk, few words are said often. */
function word(words: readonly [string, ...string[]], random: Random): string {
  return words[Math.floor(random.next() ** 2 * words.length)] ?? words[0];
}

const firstNames =
  'Noor Tendai Rudo Farai Chipo Amina Juma Neema Baraka João Marta Luísa Paulo Thabo Lerato Sipho Grace Peter Ruth Samuel Ifeoma Chidi Wanjiru Otieno Fatima Hassan Zanele Kofi Abena Tatenda'.split(
    ' ',
  ) as [string, ...string[]];
const lastNames =
  'Moyo Chipo Sithole Ncube Banda Phiri Dube Mwangi Otieno Hassan Juma Silva Santos Macamo Tembe Khumalo Naidoo Okafor Mensah Nkosi Mutasa Chirwa Zulu Mbeki Sousa Cossa Kamau Njoroge Ali Marange'.split(
    ' ',
  ) as [string, ...string[]];

export function personName(random: Random): string {
  return `${random.pick(firstNames)} ${random.pick(lastNames)}`;
}
