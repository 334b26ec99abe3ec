import type { AskedAudit } from '#src/audit/filter.ts';

export const noFilter: AskedAudit = { by: '', kind: '', object: '', from: '', to: '' };

/** The address of the trail, or of a download of it; what is empty is left out. */
export function auditPath(
  asked: Partial<AskedAudit> & { cursor?: string },
  end: '' | '.csv' | '.json' = '',
): string {
  const filled = Object.entries(asked).filter(([, value]) => value !== '');
  const query = new URLSearchParams(filled).toString();
  return `/settings/audit${end}${query === '' ? '' : `?${query}`}`;
}

export const filtersSet = (asked: AskedAudit): number =>
  Object.values(asked).filter((value) => value !== '').length;
