const patience = 5_000;
const pollEvery = 15_000;
/** The server says something every 25 s. */
const silence = 40_000;

let connection = null;
/** How far this page has seen the pushes; it begins with what it was rendered with. */
let seen = null;
/** What was pushed before everything missed has come does not count as seen. */
let isJoined = false;
let isStale = false;
let isSignedOut = false;
let heardAt = 0;
let waiting = null;
let polling = null;

const show = (id, isShown) => document.getElementById(id)?.toggleAttribute('hidden', !isShown);
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/** Each connection says what the page shows and what it has seen, so that the server replays the rest. */
document.addEventListener('htmx:ws:before:connection', ({ detail }) => {
  const address = new URL(detail.connection.url);
  const conversation = document.querySelector('message-thread')?.dataset.id;
  address.searchParams.set('seen', position());
  address.searchParams.delete('conversation');
  if (conversation !== undefined) {
    address.searchParams.set('conversation', conversation);
  }
  detail.connection.url = address.href;
  isJoined = false;
  beginWaiting();
});

document.addEventListener('htmx:ws:after:connection', ({ detail }) => {
  connection = detail.connection;
  heardAt = Date.now();
});

document.addEventListener('htmx:ws:close', ({ detail }) => {
  connection = null;
  isJoined = false;
  if (detail.code === 4401) {
    signOut();
  } else if (detail.reason === 'closed') {
    beginWaiting();
  }
});

document.addEventListener('htmx:ws:before:message:incoming', ({ detail }) => {
  const push = JSON.parse(detail.message.data);
  heardAt = Date.now();
  if (push.resync === true) {
    isStale = true;
    tell('oono:stale');
  }
  if (push.redraw === true) {
    tell('oono:redraw');
  }
  if (push.joined === true) {
    isJoined = true;
    endWaiting();
    tell('oono:connected');
  }
  if (push.n !== undefined && isJoined && !isStale) {
    seen = push.n;
  }
  if (push.tell !== undefined) {
    tell('oono:told', push.tell);
  }
});

/** Another tab of the same person has read it. */
document.addEventListener('oono:told', ({ detail }) => {
  if (detail.kind === 'read') {
    tell('oono:read', detail);
  }
});

/** What other parts have to tell the server; lost when there is no connection, and said again after it. */
document.addEventListener('oono:say', ({ detail }) => say(detail));

/** The page shows another conversation now, as it was at an earlier position: until it was joined, that one counts. */
document.addEventListener('oono:opened', () => {
  const { live } = document.querySelector('h1').dataset;
  if (isOlder(live, position())) {
    seen = live;
  }
  isJoined = false;
  beginWaiting();
});

function say(what) {
  if (connection?.socket?.readyState === WebSocket.OPEN) {
    connection.socket.send(JSON.stringify(what));
  }
}

/** What was refused before is over once something else is asked for. */
document.addEventListener('htmx:before:request', () => {
  document.getElementById('problem')?.replaceChildren();
});

/** Neither done nor refused by us: nobody answered, or something in between. */
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  show('live-lost', !(ctx.response?.status < 500 || ctx.text?.includes('#problem')));
});

/** An answer may come after the push of something newer: what the socket has shown already stays. */
document.addEventListener('htmx:before:swap', (event) => {
  const answered = event.detail.ctx.response?.headers?.get?.('live-position');
  if (answered && answered !== seen && isOlder(answered, seen ?? '')) {
    event.preventDefault();
  }
});

document.addEventListener('oono:fresh', () => {
  isStale = false;
  seen = document.body.dataset.live;
});

document.addEventListener('oono:signed-out', signOut);

function position() {
  return seen ?? document.body.dataset.live ?? '';
}

/** Positions are `<boot>-<n>`; of another run of the server none is older. */
function isOlder(one, other) {
  const [boot, n] = one.split('-');
  const [otherBoot, otherN] = other.split('-');
  return boot === otherBoot && Number(n) <= Number(otherN);
}

/** Without a socket for a while: it is said, and asked instead. */
function beginWaiting() {
  if (!isSignedOut) {
    waiting ??= setTimeout(() => {
      show('live-slow', true);
      void ask();
      polling = setInterval(ask, pollEvery);
    }, patience);
  }
}

function endWaiting() {
  clearTimeout(waiting);
  clearInterval(polling);
  waiting = null;
  show('live-slow', false);
}

/** Costs the server next to nothing as long as nothing has changed. */
async function ask() {
  const headers = { 'if-none-match': `"${position()}"`, 'hx-request': 'true' };
  const answer = await fetch('/live/position', { headers, cache: 'no-store' }).catch(() => null);
  if (answer?.status === 401) {
    signOut();
  } else if (answer?.ok) {
    tell('oono:stale');
  }
}

function signOut() {
  isSignedOut = true;
  endWaiting();
  show('live-signed-out', true);
}

/** A line that was cut without a word looks open for minutes. */
function listen() {
  if (connection !== null && Date.now() - heardAt > silence) {
    connection.socket.close();
    connection = null;
    isJoined = false;
    beginWaiting();
  }
}

setInterval(listen, 10_000);
document.addEventListener('visibilitychange', listen);
window.addEventListener('online', () => waiting !== null && void ask());
