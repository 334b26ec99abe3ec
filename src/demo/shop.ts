import type { BusinessNumber } from './connect-number.ts';
import type { Agent } from './story.ts';

/** The invented shop. Its e-mail addresses end in a name that can never exist. */
export const shop = { name: 'Mbare Hardware', timeZone: 'Africa/Harare' } as const;

export const number: BusinessNumber = {
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
  displayPhone: '+263 77 000 0100',
  verifiedName: shop.name,
};

export const agents = {
  rudo: { name: 'Rudo Moyo', email: 'rudo@mbare-hardware.example' },
  tendai: { name: 'Tendai Dube', email: 'tendai@mbare-hardware.example' },
} as const satisfies Record<Agent, { name: string; email: string }>;
