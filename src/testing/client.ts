import { request } from 'node:http';

/** Talks to the server as a browser does: same origin, its cookie, and redirects left for the test to look at. */
export type Client = {
  /** `name=value`, or null for somebody who is not signed in. */
  cookie: string | null;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Posts a form, as a plain page does. */
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  /** Sends a request of any other method, with nothing in it. */
  send(method: string, path: string): Promise<Response>;
  /** Asks for a WebSocket and returns the status: 101 when it was granted. It is closed again at once. */
  upgrade(path: string, headers?: Record<string, string>): Promise<number>;
};

export function createClient(url: string, cookie: string | null = null): Client {
  const own = { origin: url, 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) };
  const ask = (path: string, init: RequestInit, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { ...init, redirect: 'manual', headers: { ...own, ...headers } });
  return {
    cookie,
    get: (path, headers) => ask(path, {}, headers),
    post: (path, fields = {}, headers) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields) }, headers),
    send: (method, path) => ask(path, { method }),
    upgrade: (path, headers) => askForSocket(`${url}${path}`, { ...own, ...headers }),
  };
}

function askForSocket(address: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(address, {
      headers: {
        ...headers,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    });
    asked.on('upgrade', (_, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.on('response', (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Headers that htmx sends with a request for a part of the page. */
export const asFragment = { 'hx-request': 'true' } as const;
