/**
 * `Content-Disposition` as of RFC 6266: the name in plain ASCII for old programs and, where that is not all of it,
 * in UTF-8 as of RFC 8187. Nothing in a name ends the header or its quotes.
 */
export function disposition(how: 'inline' | 'attachment', name: string): string {
  // Some browsers read `%41` in the plain form as a letter.
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
  const full = plain === name ? '' : `; filename*=UTF-8''${encoded(name)}`;
  return `${how}; filename="${plain}"${full}`;
}

/** The characters that RFC 8187 leaves as they are are fewer than those `encodeURIComponent` does. */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
