import type { Profile } from '#src/simulator/people.ts';

/** Everybody who writes to the shop: a phone of an invented range and the name on it. */
const regulars = {
  chipo: ['+263770000101', 'Chipo Marufu'],
  tatenda: ['+263770000102', 'Tatenda Gumbo'],
  joao: ['+258840000103', 'João Macuácua'],
  brian: ['+263770000104', 'Brian Zhou'],
  nomvula: ['+27820000105', 'Nomvula Dlamini'],
  blessing: ['+260970000106', 'Blessing Phiri'],
  kudzai: ['+263770000107', 'Kudzai Mutasa'],
  maria: ['+258840000108', 'Maria Langa'],
  thabo: ['+27820000109', 'Thabo Nkosi'],
  simba: ['+263770000110', 'Simba Chari'],
  ruth: ['+260970000111', 'Ruth Banda'],
  celia: ['+258840000112', 'Célia Mondlane'],
  kagiso: ['+267710000113', 'Kagiso Molefe'],
  tariro: ['+263770000114', 'Tariro Chuma'],
  asha: ['+255710000115', 'Asha Mwinyi'],
  otieno: ['+254710000116', 'Juma Otieno'],
  grace: ['+263770000117', 'Grace Sithole'],
  peter: ['+263770000118', 'Peter Hove'],
  memory: ['+263770000119', 'Memory Chikafu'],
  carlos: ['+258840000120', 'Carlos Nhaca'],
  tapiwa: ['+263770000121', 'Tapiwa Hungwe'],
  nyasha: ['+263770000122', 'Nyasha Gwatidzo'],
  rumbi: ['+263770000123', 'Rumbidzai Mhere'],
  tonderai: ['+263770000124', 'Tonderai Nyoni'],
  precious: ['+263770000125', 'Precious Ndlovu'],
  innocent: ['+263770000126', 'Innocent Mapfumo'],
  shingai: ['+263770000127', 'Shingai Magaya'],
  vimbai: ['+263770000128', 'Vimbai Chinyoka'],
  lovemore: ['+263770000129', 'Lovemore Tshuma'],
  sibongile: ['+27820000130', 'Sibongile Khumalo'],
  pedro: ['+258840000131', 'Pedro Sitoe'],
  amelia: ['+258840000132', 'Amélia Chissano'],
  armando: ['+258840000133', 'Armando Cossa'],
  fatima: ['+258840000134', 'Fátima Nhantumbo'],
  baraka: ['+255710000135', 'Baraka Mushi'],
  zawadi: ['+255710000136', 'Zawadi Kimaro'],
  wanjiku: ['+254710000137', 'Wanjiku Kamau'],
  hamisi: ['+255710000138', 'Hamisi Salum'],
  mwansa: ['+260970000139', 'Mwansa Mulenga'],
  lerato: ['+27820000140', 'Lerato Mokoena'],
} as const;

/** Those who have written to one of the two numbers only. */
const others = {
  edmore: ['+263770000141', 'Edmore Gutu'],
  patience: ['+260970000142', 'Patience Zulu'],
  godfrey: ['+263770000143', 'Godfrey Marume'],
  loveness: ['+260970000144', 'Loveness Chirwa'],
  kelvin: ['+263770000145', 'Kelvin Muleya'],
  sarah: ['+263770000146', 'Sarah Makoni'],
  ishmael: ['+263770000147', 'Ishmael Bvute'],
  palesa: ['+27820000148', 'Palesa Mahlangu'],
  clever: ['+263770000149', 'Clever Mudenda'],
  naledi: ['+267710000150', 'Naledi Tau'],
  oliver: ['+265990000151', 'Oliver Kachale'],
  judith: ['+263770000152', 'Judith Mazarura'],
  bongani: ['+27820000153', 'Bongani Mthembu'],
  esther: ['+260970000154', 'Esther Tembo'],
  wellington: ['+263770000155', 'Wellington Paradza'],
  miriam: ['+263770000156', 'Miriam Chauke'],
  tsitsi: ['+263770000157', 'Tsitsi Murape'],
  farisai: ['+263770000158', 'Farisai Muchena'],
  takudzwa: ['+263770000159', 'Takudzwa Mavhunga'],
  chenai: ['+263770000160', 'Chenai Zvobgo'],
  munashe: ['+263770000161', 'Munashe Goredema'],
  rutendo: ['+263770000162', 'Rutendo Shumba'],
  tinashe: ['+263770000163', 'Tinashe Mukanya'],
  ratidzo: ['+263770000164', 'Ratidzo Mushonga'],
  gamuchirai: ['+263770000165', 'Gamuchirai Nhongo'],
  anesu: ['+263770000166', 'Anesu Jera'],
  helder: ['+258840000167', 'Hélder Tembe'],
  graca: ['+258840000168', 'Graça Muianga'],
  nelson: ['+258840000169', 'Nelson Bila'],
  ines: ['+258840000170', 'Inês Matsinhe'],
  abdul: ['+258840000171', 'Abdul Remane'],
  rosa: ['+258840000172', 'Rosa Cumbane'],
  zito: ['+258840000173', 'Zito Machel'],
  luisa: ['+258840000174', 'Luísa Guambe'],
  neema: ['+255710000175', 'Neema Lyimo'],
  omari: ['+255710000176', 'Omari Hassan'],
  akinyi: ['+254710000177', 'Akinyi Odhiambo'],
  rehema: ['+255710000178', 'Rehema Mwakyusa'],
  kipchoge: ['+254710000179', 'Kiprono Rotich'],
  salma: ['+255710000180', 'Salma Ngoma'],
} as const;

const everybody: Readonly<Record<string, readonly [phone: string, name: string]>> = {
  ...regulars,
  ...others,
};

/** Those who show the business a username instead of their phone. */
const discreet: Readonly<Record<string, Profile>> = {
  kagiso: { username: 'kagiso.builds', hidePhone: true },
  naledi: { username: 'naledi_tau', hidePhone: true },
};

/** A customer by the name the stories use. Throws for one nobody has invented. */
export function customerNamed(who: string): { phone: string; profile: Profile } {
  const known = everybody[who];
  if (!known) {
    throw new Error(`no customer is called ${who}`);
  }
  const [phone, name] = known;
  return { phone, profile: { name, ...discreet[who] } };
}
