/** The named world of the tests: the same people and customers everywhere, so that a test reads like a story. */
export type Person = {
  name: string;
  email: string;
  password: string;
  role: 'owner' | 'admin' | 'supervisor' | 'agent' | 'read_only';
};

export const people = {
  ada: { name: 'Ada Lungu', email: 'ada@mbare.example', password: 'quiet rivers run 41', role: 'owner' },
  bo: { name: 'Bo Sithole', email: 'bo@mbare.example', password: 'seven blue kettles', role: 'agent' },
} as const satisfies Record<string, Person>;

/** The owner of another account on the same install, who must never see anything of Ada's. */
export const stranger = {
  name: 'Zodwa Khumalo',
  email: 'zodwa@other.example',
  password: 'nothing to do here 7',
  role: 'owner',
} as const satisfies Person;

/** Customers on WhatsApp: their phone as E.164, and the name their profile shows. */
export const customers = {
  noor: { phone: '+263771234567', name: 'Noor Chipo' },
  ravi: { phone: '+27821234567', name: 'Ravi Naidoo' },
} as const;
