export type Encoding = 'br' | 'gzip';

/** The shortest of our encodings that an `Accept-Encoding` header takes, or null for none. */
export function encodingFor(header: string | null): Encoding | null {
  const accepted = readAccepted(header ?? '');
  const takes = (name: string) => (accepted.get(name) ?? accepted.get('*') ?? 0) > 0;
  if (takes('br')) {
    return 'br';
  } else {
    return takes('gzip') ? 'gzip' : null;
  }
}

/** `gzip;q=0.5, br` by name and weight; a weight of 0 is a refusal. */
function readAccepted(header: string): Map<string, number> {
  return new Map(
    header.split(',').map((item) => {
      const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return [name, weight === undefined ? 1 : Number(weight.slice(2)) || 0];
    }),
  );
}
