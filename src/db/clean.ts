/**
 * Text from outside, made safe to bind: well-formed UTF-16 and no NUL.
 * libSQL ends the whole process when it reads back invalid UTF-8, and cuts text at a NUL.
 */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
