/** The panes beside the list change without the page; where that fails, the link is followed. */
const main = document.getElementById('main');
/** What is on its way into them. */
let request = null;
let isConnected = false;
let socketShows = '';

const addressNow = () => location.pathname + location.search;
/** What the page shows; a quote leads to another place within it. */
let address = addressNow();

const shown = () => document.querySelector('message-thread')?.dataset.id ?? '';

/** `/inbox/<view>/<id>/contact`: what the address shows, and which pane a phone shows of it. */
function placeOf(path) {
  const [, , view, id = '', pane = id === '' ? 'list' : 'thread'] = path.split('/');
  return { view, id, pane };
}

async function go(path, isNew) {
  const { id, pane } = placeOf(path);
  const from = shown();
  mark(id);
  if (id === '') {
    document.body.dataset.pane = pane;
  }
  const isPast = pane === 'thread' && document.querySelector('.later') !== null;
  if (id !== from || isPast) {
    if (!(await renewPanes(path, true))) {
      return;
    }
  } else if (request?.isChoice) {
    request.abort();
  }
  document.body.dataset.pane = pane;
  if (isNew && (isPast || path !== location.pathname)) {
    history.pushState(null, '', path);
    address = path;
  }
  focus(pane, from);
}

/** Whether the panes show what was asked for: a later choice ends an earlier one. */
async function renewPanes(path, isChoice) {
  request?.abort();
  const own = Object.assign(new AbortController(), { isChoice });
  const { signal } = own;
  request = own;
  main.ariaBusy = 'true';
  try {
    const answer = await fetch(path, { headers: { 'HX-Request': 'true' }, signal });
    if (!answer.ok || answer.redirected) {
      throw new Error(answer.statusText);
    }
    replace(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    return true;
  } catch {
    if (!signal.aborted) {
      location.assign(path);
    }
    return false;
  } finally {
    if (request === own) {
      request = null;
      main.ariaBusy = null;
      if (signal.aborted && own.isStale) {
        void redraw();
      }
    }
  }
}

function replace({ title, body }) {
  const [heading, ...panes] = [...body.children].map((element) => document.adoptNode(element));
  for (const old of main.querySelectorAll(':scope > :not(.list)')) {
    old.remove();
  }
  main.prepend(heading);
  main.append(...panes);
  for (const pane of panes) {
    window.htmx?.process(pane);
  }
  document.title = title;
  document.getElementById('say').textContent = heading.dataset.say;
  // Also the same conversation is joined anew: what was pushed since these panes were drawn is not in them.
  socketShows = null;
  tellSocket();
  document.dispatchEvent(new CustomEvent('oono:opened'));
  document.dispatchEvent(new CustomEvent('oono:grew'));
}

function mark(id) {
  const list = document.querySelector('inbox-list');
  list.dataset.open = id;
  for (const link of list.querySelectorAll('.row')) {
    if (link.closest('[data-id]').dataset.id === id) {
      link.setAttribute('aria-current', 'true');
    } else {
      link.removeAttribute('aria-current');
    }
  }
}

function focus(pane, from) {
  const target =
    pane === 'list'
      ? (document.querySelector(`#row-${from || 'none'} a`) ?? document.getElementById('list-title'))
      : document.querySelector(pane === 'contact' ? '.contact h2' : '.thread h2');
  if (target !== null && target.tabIndex < 0) {
    target.tabIndex = -1;
  }
  target?.focus({ preventScroll: pane !== 'list' });
}

/** Pushes go on from where the panes were drawn. */
function tellSocket() {
  if (isConnected && shown() !== socketShows) {
    const { live } = document.querySelector('h1').dataset;
    const detail = { do: 'open', conversation: Number(shown()) || null, seen: live };
    document.dispatchEvent(new CustomEvent('oono:say', { detail }));
    socketShows = shown();
  }
}

/** A new connection names what the page shows then. */
document.addEventListener('htmx:ws:before:connection', () => {
  socketShows = shown();
  isConnected = false;
});

document.addEventListener('oono:connected', () => {
  isConnected = true;
  tellSocket();
});

document.addEventListener('htmx:ws:close', () => {
  isConnected = false;
});

/** Two conversations have become one, or one two: the panes show the one that stands here now, and what was typed. */
async function redraw() {
  const typed = document.querySelector('compose-box textarea')?.value ?? '';
  if (request?.isChoice) {
    // What somebody has chosen is on its way: it comes as it is now, unless the choice is taken back.
    request.isStale = true;
    return;
  }
  if (!(await renewPanes(addressNow()))) {
    return;
  }
  const { view, id, pane } = placeOf(location.pathname);
  if (shown() !== id) {
    history.replaceState(null, '', `/inbox/${view}/${shown()}${pane === 'contact' ? '/contact' : ''}`);
  }
  mark(shown());
  const field = document.querySelector('compose-box textarea');
  if (field !== null && typed !== '' && field.value !== typed) {
    field.value = typed;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

document.addEventListener('oono:redraw', () => void redraw());

function leadsToPane(link) {
  const { pathname, search, hash, origin, target } = link;
  const isOfView = placeOf(pathname).view === document.body.dataset.view && pathname.startsWith('/inbox/');
  return isOfView && search + hash === '' && target === '' && origin === location.origin;
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('.panes a[href]:not(nav a)');
  const isPlain = !(
    event.ctrlKey ||
    event.metaKey ||
    event.shiftKey ||
    event.altKey ||
    event.defaultPrevented
  );
  if (link !== null && isPlain && event.button === 0 && leadsToPane(link)) {
    event.preventDefault();
    void go(link.pathname, true);
  }
});

/** The list may have been asked for before another conversation was opened. */
document.addEventListener('oono:fresh', () => {
  mark(shown());
  address = addressNow();
});

window.addEventListener('popstate', () => {
  if (address === addressNow()) {
    return;
  }
  address = addressNow();
  if (placeOf(location.pathname).view === document.body.dataset.view && location.search === '') {
    void go(location.pathname, false);
  } else {
    location.reload();
  }
});
