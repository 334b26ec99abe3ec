import { FOREIGN_ATTRIBUTE, FOREIGN_ELEMENT } from './hostile-values.ts';

/** What no page of ours holds: where there is some, somebody's text has become markup. */
export async function foreignMarkup(html: string): Promise<string[]> {
  const found: string[] = [];
  const rewriter = new HTMLRewriter().on('*', {
    element(element) {
      const names = [...element.attributes].map(([name]) => name);
      const isOwnScript = element.tagName !== 'script' || names.includes('src');
      const leads = element.getAttribute('href') ?? element.getAttribute('action') ?? '/';
      if (
        element.tagName === FOREIGN_ELEMENT ||
        element.tagName === 'hx-partial' ||
        names.some((name) => name === FOREIGN_ATTRIBUTE || /^(hx-)?on/.test(name)) ||
        !isOwnScript ||
        /^\s*(javascript|data):/i.test(leads)
      ) {
        found.push(`<${element.tagName} ${names.join(' ')}>`);
      }
    },
  });
  await rewriter.transform(new Response(html)).text();
  return found;
}

/** The same, asked of a page in a browser; to be run there. */
export function foreignInPage([element, attribute]: readonly [string, string]): string[] {
  const found = [
    ...document.querySelectorAll(`${element}, [${attribute}], [onerror], [onload], [onfocus], hx-partial`),
  ];
  return [
    ...found.map(({ outerHTML }) => outerHTML.slice(0, 200)),
    ...('hostile' in window ? ['a script ran'] : []),
  ];
}
