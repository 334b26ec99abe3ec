import type { Config } from '#src/config.ts';
import { isHttps } from '#src/http/headers.ts';

export const themes = ['system', 'light', 'dark'] as const;
export const densities = ['auto', 'comfortable', 'compact'] as const;

/** How pages look to somebody in this browser; `system` and `auto` leave it to the device. */
export type Display = { theme: (typeof themes)[number]; density: (typeof densities)[number] };

export const plainDisplay: Display = { theme: 'system', density: 'auto' };

const NAME = 'oono-display';
const YEAR_S = 365 * 24 * 60 * 60;

/** What was chosen in the browser that sends this; what is unknown counts as not chosen. */
export function readDisplay(request: Request): Display {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const chosen = pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1) ?? '';
  const [theme, density] = chosen.split('.');
  return {
    theme: themes.find((known) => known === theme) ?? plainDisplay.theme,
    density: densities.find((known) => known === density) ?? plainDisplay.density,
  };
}

/** The Set-Cookie value that keeps the choice; it says nothing about the person, so that it outlives a sign-out. */
export function displayCookie({ theme, density }: Display, config: Pick<Config, 'url'>): string {
  const secure = isHttps(config) ? '; Secure' : '';
  return `${NAME}=${theme}.${density}; Path=/; Max-Age=${YEAR_S}; HttpOnly; SameSite=Lax${secure}`;
}
