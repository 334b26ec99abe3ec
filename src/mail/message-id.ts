type Origin = { id: number; installId: string; from: string };

/**
 * Names a letter, the same at every try: delivery is at least once, since the mail server's answer can be lost after it
 * has taken a letter, and by this name mail programs recognise the second copy. The domain is the sender's, as filters
 * of spam expect.
 */
export const messageIdOf = ({ id, installId, from }: Origin): string =>
  `<${id}.${installId}@${domainOf(from)}>`;

/** A domain may be written in any script; here it has the form that the DNS knows. */
function domainOf(address: string): string {
  const url = `http://${address.slice(address.lastIndexOf('@') + 1)}`;
  return URL.canParse(url) ? new URL(url).hostname : 'oonobox.invalid';
}
