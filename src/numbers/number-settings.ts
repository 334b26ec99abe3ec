/** What an admin has chosen for a number, as `numbers.settings` holds it in JSON. */
export type NumberSettings = {
  /** Customers see that somebody writes to them; WhatsApp then also shows what they wrote as read. */
  showsTyping: boolean;
  /** Texts go with a preview of their link unless the writer says otherwise. */
  hasPreviews: boolean;
};

/** What is not chosen, or not readable, is off. */
export function readNumberSettings(stored: string): NumberSettings {
  const value = parse(stored);
  return { showsTyping: value.shows_typing === true, hasPreviews: value.has_previews === true };
}

/** The same settings with these, and with what other versions keep there. */
export function writeNumberSettings(stored: string, settings: NumberSettings): string {
  const { showsTyping, hasPreviews } = settings;
  return JSON.stringify({ ...parse(stored), shows_typing: showsTyping, has_previews: hasPreviews });
}

function parse(stored: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(stored);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
