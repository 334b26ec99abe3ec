const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;
// Reserved names that never resolve, for tests of an unreachable host.
const NOWHERE = /\.(invalid|test|example)$/;

/** Makes every request that would leave this machine fail: the tests are the whole world. */
export function stayOnLoopback(): void {
  const real = globalThis.fetch;
  const guarded = (input: Parameters<typeof fetch>[0], init?: Parameters<typeof fetch>[1]) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input);
    if (!LOOPBACK.test(hostname) && !NOWHERE.test(hostname)) {
      throw new Error(`A test tried to reach ${hostname}`);
    }
    return real(input, init);
  };
  globalThis.fetch = Object.assign(guarded, { preconnect: real.preconnect });
}
