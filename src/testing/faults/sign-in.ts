import type { Person } from '../people.ts';

/** A person at the pages of a running program, as a browser without JavaScript would be. */
export type Visitor = {
  get(path: string): Promise<Response>;
  /** Sends a form; redirects are not followed. */
  post(path: string, form: Record<string, string>): Promise<Response>;
};

export async function signIn(url: string, { email, password }: Person): Promise<Visitor> {
  const post = (path: string, form: Record<string, string>, cookie = '') =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { origin: url, cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
  const response = await post('/login', { email, password });
  const cookie = response.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  if (response.status !== 303 || cookie === '') {
    throw new Error(`Signing in as ${email} answered ${response.status}`);
  }
  return {
    get: (path) => fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' }),
    post: (path, form) => post(path, form, cookie),
  };
}
