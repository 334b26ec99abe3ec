let said = '';

/** The newest message of the customer that is in front of somebody has been read. */
function sayRead() {
  const thread = document.querySelector('message-thread');
  const message = [...(thread?.querySelectorAll('.msg--in') ?? [])].at(-1)?.dataset.id;
  const isSeen = !document.hidden && thread?.checkVisibility() && thread.isAtEnd?.();
  if (isSeen && message !== undefined && message !== said) {
    const detail = { conversation: Number(thread.dataset.id), message: Number(message) };
    said = message;
    document.dispatchEvent(new CustomEvent('oono:say', { detail: { do: 'read', ...detail } }));
    document.dispatchEvent(new CustomEvent('oono:read', { detail }));
  }
}

/** A new connection may have lost what was said on the old one. */
document.addEventListener('oono:connected', () => {
  said = '';
  sayRead();
});

for (const event of ['oono:grew', 'oono:seen', 'oono:fresh', 'visibilitychange']) {
  document.addEventListener(event, sayRead);
}
