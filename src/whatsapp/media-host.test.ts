import { expect, test } from 'bun:test';
import { createServer } from 'node:tls';
import { openTestLog } from '#src/testing/log.ts';
import { createConnections } from './connections.ts';
import { download, fetchFrom } from './media-download.ts';
import { httpAnswer } from './testing-server.ts';

const lookaside = (addresses: string[]) =>
  download(
    {
      graphUrl: 'https://graph.facebook.com',
      fetch: createConnections(() => performance.now()).fetch,
      patience: { silenceMs: 300, bytesPerSecond: 1_000_000 },
      log: openTestLog(),
      resolve: async () => addresses,
    },
    'EAAsecret-token',
    'https://lookaside.fbsbx.com/x',
  );

test.each([[['127.0.0.1']], [['157.240.22.35', '10.0.0.1']], [['::1']], [['::ffff:169.254.169.254']], [[]]])(
  'a media host whose name leads into this network is not followed: %j',
  async (addresses) => {
    expect(await lookaside(addresses)).toMatchObject({ ok: false, kind: 'refused-address' });
  },
);

test('a media host is asked at the address that was looked at, and only under its own certificate', async () => {
  await using host = await startMediaHost();
  const ask = (name: string, addresses: [string, ...string[]]) =>
    fetchFrom(
      new URL(`https://${name}:${host.port}/media/1?x=2`),
      addresses,
      { headers: new Headers({ authorization: 'Bearer EAAsecret-token' }) },
      MEDIA_CERTIFICATE,
    );
  // Nothing listens at the first one.
  const response = await ask('lookaside.fbsbx.com', ['127.0.0.2', '127.0.0.1']);
  expect(await response.text()).toBe('the file');
  expect(host.heads.join()).toMatch(/^GET \/media\/1\?x=2 HTTP\/1.1\r\n/);
  expect(host.heads.join()).toMatch(/\r\nhost: lookaside\.fbsbx\.com:\d+\r\n/i);

  host.heads.length = 0;
  await expect(ask('other.fbsbx.com', ['127.0.0.1'])).rejects.toThrow('ERR_TLS_CERT_ALTNAME_INVALID');
  expect(host.heads).toBeEmpty();
});

/** TLS under the name of a media host, with a certificate that only this test trusts. */
async function startMediaHost() {
  const heads: string[] = [];
  const server = createServer({ key: MEDIA_KEY, cert: MEDIA_CERTIFICATE }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      heads.push(bytes.toString('latin1'));
      socket.end(httpAnswer('the file'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    heads,
    port: typeof address === 'object' && address ? address.port : 0,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const MEDIA_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghT+Tqetpi+BNNSR+
D3MiJFZFVueV7eFzN1NlWkdkgq+hRANCAAQcbxx0kk7uS9x9jiXY3sJvqA2nkyO9
yMihrxUeNn9Rs4r93qUJEQ6ltLXLlLxRRrB0+pHuWwo3HxQMwQnfHxuG
-----END PRIVATE KEY-----`;
const MEDIA_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBsDCCAVegAwIBAgIUAhVjOfphRph8ceI5eUWIrbmJ9VUwCgYIKoZIzj0EAwIw
HjEcMBoGA1UEAwwTbG9va2FzaWRlLmZic2J4LmNvbTAeFw0yNjExMzAxMzEzNDFa
Fw0zNjExMjcxMzEzNDFaMB4xHDAaBgNVBAMME2xvb2thc2lkZS5mYnNieC5jb20w
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQcbxx0kk7uS9x9jiXY3sJvqA2nkyO9
yMihrxUeNn9Rs4r93qUJEQ6ltLXLlLxRRrB0+pHuWwo3HxQMwQnfHxuGo3MwcTAd
BgNVHQ4EFgQUKJGWOiPbnZI8k/D0H9FpSiLMB8kwHwYDVR0jBBgwFoAUKJGWOiPb
nZI8k/D0H9FpSiLMB8kwDwYDVR0TAQH/BAUwAwEB/zAeBgNVHREEFzAVghNsb29r
YXNpZGUuZmJzYnguY29tMAoGCCqGSM49BAMCA0cAMEQCIBD/dRqTjdMeMdRkquK9
KWjQSm9OVaIlafYW2g32nlecAiBY/BUplBGa3mZtHO6jHSkrnrHLXe/+wJEuTchS
2fsSQA==
-----END CERTIFICATE-----`;
