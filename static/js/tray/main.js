import { showZone } from './drop-zone.js';
import { FileTray } from './file-tray.js';
import { claim, items, letGo, makeItem } from './items.js';
import { say, tell, words } from './parts.js';
import { fillBubble } from './pending-files.js';
import { pressMicrophone } from './recorder.js';
import { upload } from './upload.js';

const tray = () => document.querySelector('compose-box file-tray');
const trayOf = ({ conversation }) =>
  document.querySelector(`compose-box[data-id="${conversation}"] file-tray`);

/**
 * What an earlier page could not bring through goes on, unless a tab is at it, or was meanwhile. Of what cannot be read
 * in the store nothing is thrown away: it is found again.
 */
async function takeUp({ key, file, isKept }) {
  if (!(await claim(key))) {
    return;
  }
  if (await isKept()) {
    const item = makeItem({ ...file, key });
    trayOf(item)?.show(item);
    upload(item);
  } else {
    letGo(key);
  }
}

/** What can be asked for with `oono:tray`, by its name. */
export const does = {
  shown: () => {},
  drag: showZone,
  files: ({ files }) => tray().add(files),
  mic: pressMicrophone,
  kept: takeUp,
  bubble: fillBubble,
  elsewhere: ({ box, files }) => box.querySelector('file-tray')?.takeOver(files),
};

/** Whoever types there saves it at each pause; so often in a row that does not come in between. */
const mostTries = 5;
const patience = 30_000;
const againAfter = 15_000;
/** In place of a status: no answer came, or none from our server. */
const noAnswer = 599;
let adding = Promise.resolve();

/** The box it was for is not on the page any more: what the server keeps of it gets the file, one after the other. */
function addToDraft(item) {
  // Until it is there, its box shows it whenever that is opened.
  item.readyAt = Number.POSITIVE_INFINITY;
  adding = adding.then(() => addWhenReached(item));
}

/** Unless it was removed, or sent, from its box meanwhile. A page that goes away before leaves it to the next one. */
async function addWhenReached(item) {
  let status = noAnswer;
  while (items.has(item.key) && !isAnswer(status)) {
    status = await addNow(item);
    if (status < 400) {
      item.readyAt = Date.now();
    } else if (!isAnswer(status)) {
      await nextTry();
    }
  }
  tell('oono:settled', item.key);
}

const isAnswer = (status) => status < 500;

/** Where the line was not cut, nothing tells when the server can be asked again. */
async function nextTry() {
  const over = new AbortController();
  await new Promise((resolve) => {
    const once = { once: true, signal: over.signal };
    document.addEventListener('oono:connected', resolve, once);
    window.addEventListener('online', resolve, once);
    setTimeout(resolve, againAfter);
  });
  over.abort();
}

/** The status of the answer. A draft that was changed in between is read again. */
async function addNow({ conversation, id }) {
  const path = `/conversations/${conversation}/draft`;
  let status = 409;
  try {
    for (let tries = 0; status === 409 && tries < mostTries; tries++) {
      const found = await fetch(path, { signal: AbortSignal.timeout(patience) });
      if (!found.ok) {
        return found.status;
      }
      const { text, key, revision, quotedId, files } = await found.json();
      const ids = [...new Set([...files.map((file) => file.id), id])].join(' ');
      const body = new URLSearchParams({ text, key, revision, quoted: quotedId ?? '', files: ids });
      const headers = { accept: 'application/json' };
      const signal = AbortSignal.timeout(patience);
      ({ status } = await fetch(path, { method: 'POST', headers, body, signal }));
    }
    return status;
  } catch {
    return noAnswer;
  }
}

document.addEventListener('oono:file-changed', ({ detail: item }) => {
  const shown = trayOf(item);
  shown?.follow(item);
  if (item.state === 'ready') {
    if (shown === null) {
      addToDraft(item);
    } else {
      tell('oono:settled', item.key);
    }
    // Of a recording that was said already, and how to hear it.
    if (item.seconds === 0) {
      say(words.said.ready.replace('@', item.name));
    }
  } else if (item.state === 'failed' || (item.state === 'refused' && item.request !== undefined)) {
    say(`${words.said.failed.replace('@', item.name)} ${item.why}`);
  }
});

document.addEventListener('submit', (event) => {
  if (event.target.matches('.tray__actions')) {
    event.preventDefault();
    event.target.closest('file-tray').discard(event.target.closest('.tray__file'));
  }
});

document.addEventListener('click', ({ target }) => {
  const element = target.closest('.tray__file');
  const item = items.get(element?.dataset.key);
  if (target.closest('[data-retry]') !== null) {
    upload(item);
  } else if (target.closest('[data-again]') !== null) {
    element.closest('file-tray').discard(element);
    void pressMicrophone({ type: 'click' });
  }
});

document.addEventListener('input', ({ target }) => {
  if (target.matches('compose-box textarea')) {
    tray()?.hint();
  }
});

/** A message leaves once all its files are there; a second press of the button takes that back. */
document.addEventListener(
  'submit',
  (event) => {
    const shown = event.target.matches('.composer') ? tray() : null;
    if (shown !== null && shown.underWay.length > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      shown.wait(event.submitter === null || !shown.isWaiting);
    }
  },
  { capture: true },
);

/** The box takes the text back first. */
document.addEventListener('oono:refused', ({ detail: { letter } }) => {
  if (letter.files !== undefined) {
    queueMicrotask(() => trayOf(letter)?.putBack(letter.files));
  }
});

customElements.define('file-tray', FileTray);
