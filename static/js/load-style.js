/** Adds a stylesheet to the page once; resolves when it is there, or cannot be had. */
export function loadStyle(href) {
  if (document.head.querySelector(`link[href="${href}"]`) !== null) {
    return Promise.resolve();
  }
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  return new Promise((resolve) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => resolve(link.remove()));
    document.head.append(link);
  });
}
