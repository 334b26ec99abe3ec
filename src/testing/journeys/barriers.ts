import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Of the two forms of the checker the one that is half as long: every page that is looked at has to read it. */
const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** In the dark nothing is different but the colours. */
const checks = {
  light: { type: 'tag', values },
  dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} as const;

declare global {
  interface Window {
    axe: { run(options: RunOptions): Promise<AxeResults> };
  }
}

/** What is wrong with the page as it is now, in light and in dark: a line for each rule and element. */
export async function findBarriers(page: Page): Promise<string[]> {
  // A page that a press has led to shows its words before its styles are there.
  await page.waitForLoadState();
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(source);
  }
  return [
    ...(await look(page, 'light')),
    ...(await look(page, 'dark')),
    ...(await findLooseMistakes(page)),
    ...(await findEmptyIcons(page)),
  ];
}

/** The icons whose drawing the page does not bring along: nothing shows in their place, and nobody is told. */
function findEmptyIcons(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('use')]
      .map((icon) => icon.getAttribute('href') ?? '')
      .filter((href) => href.startsWith('#') && document.getElementById(href.slice(1)) === null)
      .map((href) => `an icon without its drawing: ${href}`),
  );
}

/** The mistakes that stand beneath a field and are not read out with it; the checker does not know of them. */
function findLooseMistakes(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.field > .wrong')]
      .filter(({ id }) => id === '' || document.querySelector(`[aria-describedby~="${id}"]`) === null)
      .map((mistake) => `not tied to its field: ${mistake.textContent}`),
  );
}

async function look(page: Page, colorScheme: keyof typeof checks): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const { type } = checks[colorScheme];
  const runOnly = { type, values: [...checks[colorScheme].values] };
  const { lines, sawText } = await page.evaluate(
    async (options) => {
      const { violations, passes } = await window.axe.run(options);
      const lines = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any, all }) => {
          const why = [...any, ...all].map(({ message }) => message).join('; ');
          return `${id} at ${target.join(' ')}: ${why}`;
        }),
      );
      return { lines, sawText: passes.some(({ id }) => id === 'color-contrast') };
      // Of what is right one element for each rule is enough: a selector for every one takes longer than the checking.
    },
    { runOnly, resultTypes: ['violations'] } satisfies RunOptions,
  );
  if (!sawText) {
    throw new Error('The checker found no text on this page.');
  }
  return lines.map((line) => `${colorScheme}: ${line}`);
}

/** The words that reach beyond the side of the page, where nobody sees them without scrolling sideways. */
export async function findCutOff(page: Page): Promise<string[]> {
  await page.waitForLoadState();
  return page.evaluate(() =>
    [...document.querySelectorAll('main *, nav *, header *')]
      .filter((element) => element.checkVisibility() && element.closest('.vh') === null)
      .filter((element) => [...element.childNodes].some((node) => node instanceof Text && node.data.trim()))
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1;
      })
      .map((element) => `${element.className}: ${element.textContent?.trim().slice(0, 60)}`),
  );
}
