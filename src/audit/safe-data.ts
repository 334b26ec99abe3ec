/** Names under which a secret, or what a customer wrote, could only stand by mistake. */
const NEVER_SHOWN =
  /secret|token|password|passphrase|hash|cookie|credential|recovery|^key$|^(text|body|message|content|caption|snippet|raw)$/i;

const LONGEST = 2_000;
export const HIDDEN = '•••';

/**
 * What a row's data comes to when it is shown. Whoever writes a row leaves secrets and customers' words out of it;
 * should one forget that, this stands between them and the page.
 */
export function safeData(text: string): Record<string, unknown> {
  const data = parse(text);
  return isRecord(data) ? safeRecord(data) : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function safeRecord(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      NEVER_SHOWN.test(name) && typeof value !== 'boolean' && value !== null ? HIDDEN : safe(value),
    ]),
  );
}

function safe(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(safe);
  } else if (isRecord(value)) {
    return safeRecord(value);
  } else {
    return typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  }
}
