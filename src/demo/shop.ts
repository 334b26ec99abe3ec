import type { BusinessNumber } from './connect-number.ts';
import type { Agent } from './story.ts';

/** The invented shop. Its e-mail addresses end in a name that can never exist. */
export const shop = { name: 'Mbare Hardware', timeZone: 'Africa/Harare' } as const;

const wabaId = '102290129340398';

/** The counter, and the yard that the trucks leave from. */
export const numbers = {
  sales: {
    phoneNumberId: '106540352242922',
    wabaId,
    displayPhone: '+263 77 000 0100',
    verifiedName: shop.name,
  },
  deliveries: {
    phoneNumberId: '106540352242933',
    wabaId,
    displayPhone: '+263 77 000 0200',
    verifiedName: 'Mbare Yard',
  },
} as const satisfies Record<string, BusinessNumber>;

export type NumberName = keyof typeof numbers;

export const isNumberName = (name: string): name is NumberName => name in numbers;

/** The first is the owner, and the one the demonstration signs in. */
export const agents = {
  rudo: { name: 'Rudo Moyo', email: 'rudo@mbare-hardware.example' },
  tendai: { name: 'Tendai Dube', email: 'tendai@mbare-hardware.example' },
  farai: { name: 'Farai Ncube', email: 'farai@mbare-hardware.example' },
  amina: { name: 'Amina Juma', email: 'amina@mbare-hardware.example' },
} as const satisfies Record<Agent, { name: string; email: string }>;

export const isAgent = (name: string): name is Agent => name in agents;
