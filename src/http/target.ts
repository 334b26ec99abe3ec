/**
 * The path and query a request asks for, as they were sent. A request may come without a usable host, and then
 * its `url` is none; and what the router sees is not normalised either, so a check must not be.
 */
export function targetOf(request: Request): string {
  const target = request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
  return target.startsWith('/') ? target : `/${target}`;
}

export function pathOf(request: Request): string {
  const target = targetOf(request);
  const end = target.search(/[?#]/);
  return end === -1 ? target : target.slice(0, end);
}
