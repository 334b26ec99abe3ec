/** A time zone's IANA name as it is kept, or null when there is no such zone. */
export function readTimeZone(text: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
