/** The template picker is loaded when somebody wants it, and in place of a box that is closed. */
async function pick(link, isAsked) {
  try {
    const { open } = await import(link.dataset.picker);
    await open(link, isAsked);
  } catch {
    if (isAsked) {
      location.assign(link.href);
    }
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-picker]');
  if (link !== null && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    void pick(link, true);
  }
});

document.addEventListener('oono:compose', ({ detail: box }) => {
  const link = box.querySelector('.shut [data-picker]');
  if (link !== null) {
    // What the page is for comes first.
    setTimeout(() => link.isConnected && pick(link, false), 200);
  }
});
