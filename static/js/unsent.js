/** What was sent and not yet taken lies in this browser too, so that a page that goes away loses nothing. */
const stillUnderWay = 35_000;
const user = document.querySelector('[data-user]')?.dataset.user;

/** Without a store, as in some private windows, the page still keeps what it shows. */
let opening = null;
function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('oonobox', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('unsent', { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

/** Resolves once it is certain: what a page has not committed when it goes is undone. */
async function ask(mode, work) {
  // biome-ignore lint/plugin: the rule is about SQL; a store of the browser is reached in no other way.
  const store = (await open()).transaction('unsent', mode).objectStore('unsent');
  return new Promise((resolve, reject) => {
    const request = work(store);
    store.transaction.oncomplete = () => resolve(request.result);
    store.transaction.onabort = () => reject(store.transaction.error);
  });
}

const attempt = (mode, work) => ask(mode, work).catch(() => undefined);
const own = async () => ((await attempt('readonly', (store) => store.getAll())) ?? []).filter(isOwn);
const isOwn = (kept) => kept.user === user;

function keep(event) {
  const letter = event.detail;
  event.stored = attempt('readwrite', (store) => store.put({ key: letter.fields.key, user, letter }));
}

document.addEventListener('oono:send', keep);
document.addEventListener('oono:unsent', keep);
document.addEventListener('oono:keep', ({ detail }) => {
  void attempt('readwrite', (store) => store.put({ ...detail, user }));
});
document.addEventListener('oono:settled', ({ detail: key }) => {
  void attempt('readwrite', (store) => store.delete(key));
});

/** Another tab may still be sending what is young. */
async function restore() {
  for (const { letter, key, file } of await own()) {
    if (letter === undefined) {
      const isKept = () => attempt('readonly', (store) => store.getKey(key));
      document.dispatchEvent(new CustomEvent('oono:tray', { detail: { what: 'kept', key, file, isKept } }));
    } else if (letter.isFailed || Date.now() - letter.at > stillUnderWay) {
      document.dispatchEvent(new CustomEvent('oono:restored', { detail: letter }));
    }
  }
}

/** Signing out leaves nothing in this browser, so it asks first if something would be lost. */
document.addEventListener('submit', async (event) => {
  if (event.target.getAttribute('action') !== '/logout') {
    return;
  }
  event.preventDefault();
  const kept = await own();
  if (kept.length === 0 || confirm(document.body.dataset.unsent)) {
    await attempt('readwrite', (store) => store.clear());
    event.target.submit();
  }
});

/** What takes files up needs a box. */
document.addEventListener('oono:opened', restore);
void restore();
setTimeout(restore, stillUnderWay);
