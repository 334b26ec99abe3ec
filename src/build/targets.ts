/** A machine that an executable is built for. All need glibc: libSQL's add-on is not sound on musl. */
export type Target = {
  name: string;
  bun: Bun.Build.CompileTarget;
  /** The package of Bun's runtime, in `runtimes/`. */
  runtime: string;
  cpu: 'x64' | 'arm64';
};

export const targets: readonly Target[] = [
  // Old processors too: Bun's package named "baseline" is the same file, which needs SSE4.2 and looks for AVX2 itself.
  { name: 'linux-x64', bun: 'bun-linux-x64', runtime: '@oven/bun-linux-x64', cpu: 'x64' },
  { name: 'linux-arm64', bun: 'bun-linux-arm64', runtime: '@oven/bun-linux-aarch64', cpu: 'arm64' },
];

/** The target that is this machine; null where there is none. */
export function ownTarget(platform: string = process.platform, cpu: string = process.arch): Target | null {
  return (platform === 'linux' && targets.find((target) => target.cpu === cpu)) || null;
}
