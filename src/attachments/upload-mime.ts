const OLD_OFFICE: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
};
const NEW_OFFICE: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};
/** What the bytes of an office file show, which are those of any container of their time. */
const CONTAINERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'application/x-cfb': OLD_OFFICE,
  'application/zip': NEW_OFFICE,
};

/**
 * The MIME type that a document is sent under: what its bytes show; a name decides only between the office formats that
 * share a container. What shows nothing is text when it reads as text, whatever it may be for a browser.
 */
export function documentMime(sniffed: string | null, name: string, head: Uint8Array): string {
  if (sniffed === null) {
    return isText(head) ? 'text/plain' : 'application/octet-stream';
  }
  return CONTAINERS[sniffed]?.[extensionOf(name)] ?? sniffed;
}

/** In lower case, without the dot; '' for none. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** A character may be cut in two where the head ends. */
function isText(head: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }).includes('\0');
  } catch {
    return false;
  }
}
