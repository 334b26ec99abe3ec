const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address if a link may carry it, else undefined: no renderer stops `javascript:`. */
export function safeUrl(address: string): string | undefined {
  if (/^[/?#]/.test(address) && !/^\/[/\\]/.test(address)) {
    return address;
  }
  try {
    return allowed.has(new URL(address).protocol) ? address : undefined;
  } catch {
    return undefined;
  }
}
