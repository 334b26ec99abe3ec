import { apiClient } from './api-client.ts';
import type { Business } from './business.ts';

/** All that customers said to a business, in any conversation. */
export async function heardBy(
  { url }: { url: string },
  { apiKey }: Pick<Business, 'apiKey'>,
): Promise<string[]> {
  const api = apiClient({ url, apiKey });
  const pages = await Promise.all((await api.conversations()).map(({ id }) => api.messages(id)));
  return pages.flat().map(({ text }) => text);
}
