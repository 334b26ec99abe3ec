let said = 0;

/** The newest message of the customer that is in front of somebody has been read; what came late stands further up. */
function sayRead() {
  const thread = document.querySelector('message-thread');
  const message = Math.max(
    ...[...(thread?.querySelectorAll('.msg--in, .call') ?? [])].map(({ dataset }) => dataset.id),
  );
  const isSeen = !document.hidden && thread?.checkVisibility() && thread.isAtEnd?.();
  if (isSeen && message > 0 && message !== said) {
    const detail = { conversation: Number(thread.dataset.id), message };
    said = message;
    document.dispatchEvent(new CustomEvent('oono:say', { detail: { do: 'read', ...detail } }));
    document.dispatchEvent(new CustomEvent('oono:read', { detail }));
  }
}

/** A new connection may have lost what was said on the old one. */
document.addEventListener('oono:connected', () => {
  said = 0;
  sayRead();
});

for (const event of ['oono:grew', 'oono:seen', 'oono:fresh', 'visibilitychange']) {
  document.addEventListener(event, sayRead);
}
