/** A letter as its reader's program understands it. */
export type ReadMail = {
  /** By their names in lower case, unfolded and decoded. */
  headers: ReadonlyMap<string, string>;
  /** As they came over the wire, one a line. */
  headerLines: readonly string[];
  text: string;
  html: string;
};

/** Reads what came over SMTP: headers, and the two parts that our letters have (RFC 5322, 2045, 2047). */
export function readMail(raw: string): ReadMail {
  const { head, body } = split(raw);
  const headers = headersOf(head);
  const [, boundary = ''] = /boundary="?([^";]+)/.exec(headers.get('content-type') ?? '') ?? [];
  const parts = body.split(`--${boundary}`).map((part) => split(part.replace(/^\r\n/, '')));
  const partOf = (type: string) => {
    const part = parts.find(({ head }) => headersOf(head).get('content-type')?.startsWith(type));
    return part === undefined ? '' : decode(part.body, headersOf(part.head).get('content-transfer-encoding'));
  };
  return {
    headers,
    headerLines: head.split('\r\n'),
    text: partOf('text/plain'),
    html: partOf('text/html'),
  };
}

function split(part: string): { head: string; body: string } {
  const end = part.indexOf('\r\n\r\n');
  return { head: part.slice(0, end), body: part.slice(end + 4) };
}

function headersOf(head: string): Map<string, string> {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(
    lines.map((line) => {
      const end = line.indexOf(':');
      return [line.slice(0, end).toLowerCase(), decodeWords(line.slice(end + 1).trim())];
    }),
  );
}

const decodeWords = (value: string) =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('latin1')
        : bytesOf(text.replaceAll('_', ' ')),
    )
    .replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));

function decode(body: string, encoding = '7bit'): string {
  if (encoding === 'base64') {
    return Buffer.from(body, 'base64').toString('utf8');
  } else if (encoding === 'quoted-printable') {
    return Buffer.from(bytesOf(body.replace(/=\r\n/g, '')), 'latin1').toString('utf8');
  } else {
    return body;
  }
}

const bytesOf = (quoted: string) =>
  quoted.replace(/=([\dA-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
