/** What a browser says of itself, as far as people recognise it by; null where it says nothing known. */
export type Device = { browser: string | null; system: string | null };

// Most browsers also claim to be those further down; the first that fits is the one.
const browsers: readonly [name: string, token: RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|OPT|Opera)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bVersion\/[\d.]+.*\bSafari\//],
];

const systems: readonly [name: string, token: RegExp][] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac(?:intosh| OS X)\b/],
  ['Linux', /\b(?:Linux|X11)\b/],
];

/** The browser and the device that a User-Agent header names. It is a claim, good enough to recognise one's own. */
export function describeAgent(agent: string | null): Device {
  const named = (list: typeof browsers) => list.find(([, token]) => token.test(agent ?? ''))?.[0] ?? null;
  return { browser: named(browsers), system: named(systems) };
}
