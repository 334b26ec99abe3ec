/** What an owner is after handing over. */
export const afterwards = ['admin', 'owner'] as const;
export type Afterwards = (typeof afterwards)[number];
