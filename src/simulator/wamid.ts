/** A message id in the form Meta gives it: base64 over the customer's number and a random part. */
export function createWamid(waId: string, direction: 'inbound' | 'outbound'): string {
  const number = Buffer.from(waId, 'ascii');
  const unique = Buffer.from(crypto.getRandomValues(new Uint8Array(9)))
    .toString('hex')
    .toUpperCase();
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, number.length]),
    number,
    Buffer.from([0x15, 0x02, 0x00, direction === 'inbound' ? 0x12 : 0x11, 0x18, unique.length]),
    Buffer.from(unique, 'ascii'),
    Buffer.from([0x00]),
  ]);
  return `wamid.${bytes.toString('base64')}`;
}
