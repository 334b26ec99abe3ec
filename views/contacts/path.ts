/** The address of what a contact can be merged with; what is empty is left out. */
export function mergePath(
  contactId: number,
  asked: { q?: string; other?: number; done?: string } = {},
): string {
  const filled = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  const query = new URLSearchParams(filled).toString();
  return `/contacts/${contactId}/merge${query === '' ? '' : `?${query}`}`;
}
