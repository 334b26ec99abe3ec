/** "Reply to this" puts the message into the box; without a box the link works by itself. */
document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-quote-message]');
  if (link !== null && document.querySelector('compose-box form') !== null) {
    event.preventDefault();
    const message = link.closest('.msg');
    const detail = { id: message.dataset.id, author: message.dataset.name, excerpt: excerptOf(message) };
    document.dispatchEvent(new CustomEvent('oono:quote', { detail }));
  }
});

/** A quote leads to what it quotes: within this page, or to the page where that is. */
document.addEventListener('click', ({ target }) => {
  const link = target.closest('a.quote');
  if (link !== null) {
    const id = link.hash.slice('#message-'.length);
    link.search = document.getElementById(`message-${id}`) === null ? `?message=${id}` : location.search;
  }
});

/** What it says, without its time; of a file without words its kind. */
function excerptOf(message) {
  const said = message.querySelector('.text, .choice, .file__name')?.cloneNode(true);
  said?.querySelector('.msg__meta')?.remove();
  const kind = message.querySelector('[data-says]')?.dataset.says ?? '';
  return said?.textContent.trim().slice(0, 200) || kind;
}
