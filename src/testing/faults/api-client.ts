import { setTimeout as pause } from 'node:timers/promises';
import type { Install } from './install.ts';

export type ApiConversation = { id: number; contact: { phone: string | null }; unanswered: boolean };
export type ApiMessage = {
  id: number;
  wamid: string | null;
  direction: 'in' | 'out';
  text: string;
  status: string;
};

/** The API as an integrator calls it. A refused connection throws, as it would for them. */
export function apiClient({ url, apiKey }: Pick<Install, 'url' | 'apiKey'>) {
  const get = async (path: string) => {
    const response = await patiently(() =>
      fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${apiKey}` } }),
    );
    if (!response.ok) {
      throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
    }
    return await response.json();
  };

  async function all<T>(path: string, cursorName: string): Promise<T[]> {
    const found: T[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { data: T[]; next: string | null } = await get(
        `${path}?limit=100${cursor && `&${cursorName}=${cursor}`}`,
      );
      found.push(...page.data);
      cursor = page.next;
    }
    return found;
  }

  return {
    conversations: () => all<ApiConversation>('/conversations', 'cursor'),
    messages: (id: number) => all<ApiMessage>(`/conversations/${id}/messages`, 'before'),
    newestMessages: (id: number) => get(`/conversations/${id}/messages?limit=100`),
    /** The status code of the answer. */
    async send(conversationId: number, text: string, key: string): Promise<number> {
      const response = await patiently(() =>
        fetch(`${url}/api/v1/conversations/${conversationId}/messages`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${apiKey}`,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify({ type: 'text', text: { body: text } }),
        }),
      );
      await response.arrayBuffer();
      return response.status;
    },
  };
}

/** Asks again after as long as the server says when it was asked too often. */
async function patiently(ask: () => Promise<Response>): Promise<Response> {
  const response = await ask();
  if (response.status !== 429) {
    return response;
  }
  await response.arrayBuffer();
  await pause(Number(response.headers.get('retry-after')) * 1000);
  return await patiently(ask);
}

export type ApiClient = ReturnType<typeof apiClient>;
