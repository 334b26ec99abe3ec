/** `/` leads to the search box; what shows hits there while somebody types is loaded when they come to it. */
const fields = 'input, textarea, select, [contenteditable]';
const box = () => document.querySelector('search-box');

document.addEventListener('focusin', ({ target }) => {
  const { script } = target.closest('search-box:not(:defined)')?.dataset ?? {};
  if (script !== undefined) {
    // Until it is here, and where it does not come, Enter leads to the page.
    import(script).catch(() => null);
  }
});

/** From anywhere but where one types. */
document.addEventListener('keydown', (event) => {
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
  const field = box()?.querySelector('input');
  if (event.key === '/' && isPlain && !event.target.closest?.(fields) && field?.checkVisibility()) {
    event.preventDefault();
    box().from = document.activeElement;
    field.select();
  }
});
