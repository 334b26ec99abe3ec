import { loadStyle } from './load-style.js';

/** Templates to choose from and to fill in: where the box was, or above the page while there is one. */
const patience = 200;
const headers = { 'HX-Request': 'true' };
const announce = (detail) => document.dispatchEvent(new CustomEvent('oono:announce', { detail }));

/** `isAsked`: somebody pressed, and is to go on there. */
export async function open(link, isAsked) {
  const place = link.closest('[data-picker-place]');
  const content = await load(link.href);
  const says = content.find((node) => node.nodeType === 1).dataset;
  await loadStyle(says.style);
  if (!link.isConnected) {
    return;
  }
  const picker = document.createElement('div');
  picker.className = 'picker';
  picker.dataset.home = link.href;
  if (place === null) {
    show(picker, link, says);
  } else {
    place.replaceChildren(picker);
  }
  listen(picker);
  put(picker, content);
  if (isAsked) {
    focusFirst(picker);
  }
}

/** Above the page; closing it leads back to the button. */
function show(picker, link, says) {
  const dialog = document.createElement('dialog');
  const menu = link.closest('details');
  const opener = menu?.querySelector('summary') ?? link;
  menu?.removeAttribute('open');
  dialog.dataset.sent = says.sent;
  dialog.className = 'picker-dialog';
  const title = document.createElement('h2');
  title.id = 'picker-title';
  title.textContent = link.textContent.trim();
  dialog.setAttribute('aria-labelledby', title.id);
  const form = document.createElement('form');
  form.method = 'dialog';
  const close = document.createElement('button');
  close.className = 'btn btn--quiet btn--icon';
  close.textContent = '×';
  close.setAttribute('aria-label', says.close);
  form.append(title, close);
  dialog.append(form, picker);
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    opener.focus();
  });
  dialog.showModal();
}

/** By form, what was asked last as somebody typed. */
const asking = new WeakMap();
/** A later question ends an earlier one of the same form. */
function latest(form) {
  asking.get(form)?.abort();
  const question = new AbortController();
  asking.set(form, question);
  return question.signal;
}

async function load(address, options = {}) {
  const answer = await fetch(address, { headers, ...options });
  if (!answer.ok || answer.redirected) {
    throw new Error(`the picker was answered with ${answer.status}`);
  }
  return parse(await answer.text());
}

const parse = (html) => [
  ...document.importNode(new DOMParser().parseFromString(html, 'text/html').body, true).childNodes,
];

function listen(picker) {
  // The box around it is none of its forms'.
  for (const type of ['input', 'change', 'keydown', 'submit']) {
    picker.addEventListener(type, (event) => event.stopPropagation());
  }
  let timer = 0;
  const soon = (work) => {
    clearTimeout(timer);
    timer = setTimeout(work, patience);
  };
  picker.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-pick]');
    if (link !== null && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      void go(picker, link.href);
    } else if (event.target.closest('[data-preview-button]') !== null) {
      event.preventDefault();
      void preview(picker);
    }
  });
  picker.addEventListener('input', ({ target }) => {
    soon(() => (target.form?.matches('[data-find]') ? find(picker) : preview(picker)));
  });
  picker.addEventListener('submit', (event) => {
    if (event.target.matches('[data-find]')) {
      event.preventDefault();
      void find(picker);
    } else if (event.target.matches('[data-fill]')) {
      event.preventDefault();
      void send(picker, event.target);
    }
  });
}

async function go(picker, address) {
  try {
    put(picker, await load(address));
    focusFirst(picker);
  } catch {
    location.assign(address);
  }
}

/** What was typed stays under the fingers: only what was found is new. */
async function find(picker) {
  const form = picker.querySelector('[data-find]');
  const address = `${form.getAttribute('action')}?${new URLSearchParams(new FormData(form))}`;
  try {
    const nodes = await load(address, { signal: latest(form) });
    const [content] = nodes.filter((node) => node.nodeType === 1);
    if (form.isConnected) {
      picker.querySelector('[data-results]').replaceWith(content.querySelector('[data-results]'));
    }
  } catch {
    // The next letter asks again.
  }
}

/** Without its files, which would be sent along with every letter. */
async function preview(picker) {
  const form = picker.querySelector('[data-fill]');
  const address = picker.querySelector('[data-preview-button]')?.getAttribute('formaction');
  if (form === null || address == null) {
    return;
  }
  const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
  try {
    const nodes = await load(address, { method: 'POST', body, signal: latest(form) });
    if (form.isConnected) {
      picker.querySelector('[data-preview]').replaceWith(...nodes);
    }
  } catch {
    // What it looked like before stays.
  }
}

/** The same key until it was taken: pressed twice it is one message. */
async function send(picker, form) {
  if (picker.dataset.sending !== undefined) {
    return;
  }
  picker.dataset.sending = '';
  const hasFiles = form.enctype === 'multipart/form-data';
  const data = new FormData(form);
  const body = hasFiles ? data : new URLSearchParams(data);
  try {
    const answer = await fetch(form.action, { method: 'POST', headers, body });
    if (answer.ok && !answer.redirected) {
      await sent(picker);
    } else if (answer.status === 422) {
      put(picker, parse(await answer.text()));
      (picker.querySelector('[aria-invalid]') ?? picker.querySelector('[role="alert"]'))?.focus();
    } else {
      form.submit();
    }
  } catch {
    picker.querySelector('[data-offline]').hidden = false;
  } finally {
    delete picker.dataset.sending;
  }
}

/** The page takes over what the server shows now, should a push not have come. */
async function sent(picker) {
  const dialog = picker.closest('dialog');
  document.dispatchEvent(new CustomEvent('oono:stale'));
  if (dialog !== null) {
    announce(dialog.dataset.sent);
    dialog.close();
    return;
  }
  const home = new URL(picker.dataset.home);
  home.searchParams.set('sent', '1');
  put(picker, await load(home));
  focusFirst(picker);
}

/** What is missing is said by the server, in its sentences. */
function put(picker, nodes) {
  picker.replaceChildren(...nodes);
  picker.querySelector('[data-fill]')?.setAttribute('novalidate', '');
}

function focusFirst(picker) {
  const form = picker.querySelector('[data-fill], [data-find]');
  form?.querySelector('input:not([type="hidden"]), select, button')?.focus();
}
