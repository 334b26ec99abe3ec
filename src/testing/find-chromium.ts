const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ON_MACOS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of an installed Chromium or Chrome. Throws when there is none. */
export async function findChromium(): Promise<string> {
  for (const name of NAMES) {
    const path = Bun.which(name);
    if (path) {
      return path;
    }
  }
  for (const path of ON_MACOS) {
    if (await Bun.file(path).exists()) {
      return path;
    }
  }
  throw new Error('No Chromium or Google Chrome was found: install one, then run the tests again.');
}

/** Chromium without windows, in which opening a page takes a fifth of the work; null when it is not installed. */
export function findHeadlessShell(): string | null {
  return Bun.which('chromium-headless-shell') ?? Bun.which('chrome-headless-shell');
}

if (import.meta.main) {
  await Bun.write(Bun.stdout, `${await findChromium()}\n`);
}
