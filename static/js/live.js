const patience = 5_000;
const pollEvery = 15_000;
let connection = null;
let seen = null;
let slow = null;
let poll = null;

const show = (id, isShown) => document.getElementById(id)?.toggleAttribute('hidden', !isShown);
const stale = () => document.dispatchEvent(new CustomEvent('oono:stale'));

/** Each connection says what the page has already seen, so that the server replays the rest. */
document.addEventListener('htmx:ws:before:connection', ({ detail }) => {
  const address = new URL(detail.connection.url);
  address.searchParams.set('seen', seen ?? document.body.dataset.live ?? '');
  detail.connection.url = address.href;
});

document.addEventListener('htmx:ws:after:connection', ({ detail }) => {
  connection = detail.connection;
  clearTimeout(slow);
  clearInterval(poll);
  slow = null;
  show('live-slow', false);
  document.dispatchEvent(new CustomEvent('oono:connected'));
});

document.addEventListener('htmx:ws:close', ({ detail }) => {
  connection = null;
  if (detail.code === 4401) {
    show('live-signed-out', true);
  } else if (detail.reason === 'closed' && slow === null) {
    slow = setTimeout(() => {
      show('live-slow', true);
      poll = setInterval(stale, pollEvery);
    }, patience);
  }
});

document.addEventListener('htmx:ws:before:message:incoming', ({ detail }) => {
  const push = JSON.parse(detail.message.data);
  if (push.n !== undefined) {
    seen = push.n;
  }
  if (push.resync === true) {
    stale();
  }
});

document.addEventListener('htmx:ws:after:message:incoming', renewTitle);

/** What other parts have to tell the server; lost when there is no connection, and said again after it. */
document.addEventListener('oono:say', ({ detail }) => {
  if (connection?.socket?.readyState === WebSocket.OPEN) {
    connection.socket.send(JSON.stringify(detail));
  }
});

/** What was refused before is over once something was taken. */
document.addEventListener('htmx:after:request', ({ detail }) => {
  if (detail.ctx.response.status < 400) {
    document.getElementById('problem')?.replaceChildren();
  }
});

/** An answer may come after the push of something newer: what the socket has shown already stays. */
document.addEventListener('htmx:before:swap', (event) => {
  const position = event.detail.ctx.response?.headers?.get?.('live-position');
  if (position && isSeen(position)) {
    event.preventDefault();
  }
});

function isSeen(position) {
  const [boot, n] = position.split('-');
  const [seenBoot, seenN] = (seen ?? '').split('-');
  return boot === seenBoot && Number(seenN) >= Number(n);
}

document.addEventListener('oono:fresh', () => {
  seen = document.body.dataset.live;
});

function renewTitle() {
  const count = document.getElementById('count-mine')?.dataset.count ?? '0';
  const plain = document.title.replace(/^\(\d+\) /, '');
  document.title = count === '0' ? plain : `(${count}) ${plain}`;
}
