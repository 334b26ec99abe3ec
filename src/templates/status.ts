import type { Template } from './template.ts';

/** What Meta has no longer; listed only when it is asked for. */
export const GONE = 'GONE';

export const statusOf = ({ status, goneAt }: Pick<Template, 'status' | 'goneAt'>): string =>
  goneAt === null ? status : GONE;
