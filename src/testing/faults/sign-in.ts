import { type Client, createClient } from '../client.ts';
import type { Person } from '../people.ts';

/** A person at the pages of a running program, let in by their password. */
export async function signIn(url: string, { email, password }: Person): Promise<Client> {
  const response = await createClient(url).post('/login', { email, password });
  const cookie = response.headers.getSetCookie().map((set) => set.split(';')[0]);
  if (response.status !== 303 || cookie.length === 0) {
    throw new Error(`Signing in as ${email} answered ${response.status}`);
  }
  return createClient(url, cookie.join('; '));
}
