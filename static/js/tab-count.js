/** How many of mine wait stands in the title, and as a dot on the icon. */
function renew() {
  const count = Number(document.getElementById('count-mine')?.dataset.count ?? 0);
  const plain = document.title.replace(/^\(\d+\+?\) /, '');
  const title = count === 0 ? plain : `(${count > 99 ? '99+' : count}) ${plain}`;
  if (document.title !== title) {
    document.title = title;
  }
  const icon = document.querySelector('link[rel="icon"]');
  icon.dataset.plain ??= icon.getAttribute('href');
  const wanted = count === 0 ? icon.dataset.plain : icon.dataset.waiting;
  if (icon.getAttribute('href') !== wanted) {
    icon.setAttribute('href', wanted);
  }
}

for (const event of ['htmx:ws:after:message:incoming', 'oono:fresh', 'oono:opened']) {
  document.addEventListener(event, renew);
}
renew();
