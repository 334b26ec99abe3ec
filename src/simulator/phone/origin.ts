/**
 * The phone has no sign-in, so any site that the same browser has open could try to speak through it.
 * Forms are taken only from its own page, and pages are given only under the address it was started on:
 * another name that leads here is DNS rebinding.
 */
export function fromThisPage(request: Request, host: string): boolean {
  const { hostname, host: own } = new URL(request.url);
  if (!['127.0.0.1', 'localhost', '[::1]', host, `[${host}]`].includes(hostname)) {
    return false;
  }
  if (request.method === 'GET') {
    return true;
  }
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  return site === null ? origin === null || URL.parse(origin)?.host === own : site === 'same-origin';
}
