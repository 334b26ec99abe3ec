import { limits, newKey, tell, words } from './parts.js';

/**
 * What is not with the server yet, by key, whichever conversation the page shows. `state`: `waiting`, `uploading`,
 * `ready`, `failed` (goes on when it is tried again), `refused` (never will).
 */
export const items = new Map();

export const itemsOf = (conversation) =>
  [...items.values()].filter((item) => item.conversation === conversation);

/** By key, what lets go of the files that this tab takes care of. */
const claims = new Map();

/**
 * Resolves to whether this tab alone takes care of a file from now on, until it is settled: another tab that finds it in
 * this browser's store leaves it alone meanwhile. Pages without TLS know of no other tab.
 */
export async function claim(key) {
  if (claims.has(key)) {
    return false;
  }
  const settled = new Promise((resolve) => claims.set(key, resolve));
  const isMine = await new Promise((resolve) => {
    const hold = (lock) => {
      resolve(lock !== null);
      return lock && settled;
    };
    const { locks } = navigator;
    locks?.request(`oono-file-${key}`, { ifAvailable: true }, hold).catch(() => resolve(true));
    if (locks === undefined) {
      resolve(true);
    }
  });
  if (!isMine) {
    claims.delete(key);
  }
  return isMine;
}

/** Another tab, or this one later, may take care of it. */
export function letGo(key) {
  claims.get(key)?.();
  claims.delete(key);
}

document.addEventListener('oono:settled', ({ detail: key }) => letGo(key));

/** Whether it is still to come. */
export const isUnderWay = ({ state }) => state !== 'ready' && state !== 'refused';

export function makeItem({ conversation, file, name, isVoice = false, isRaw = false, seconds = 0, key }) {
  const item = {
    key: key ?? newKey(),
    conversation,
    file,
    name: isVoice ? words.voice : name || words.unnamed,
    isVoice,
    isRaw,
    seconds,
    state: 'waiting',
    progress: 0,
    why: '',
    url: isVoice || file.type.startsWith('image/') ? URL.createObjectURL(file) : null,
  };
  items.set(item.key, item);
  return item;
}

export function change(item, changes) {
  if (item.isGone) {
    return;
  }
  Object.assign(item, changes);
  if (item.state === 'refused') {
    tell('oono:settled', item.key);
  }
  tell('oono:file-changed', item);
}

/** Nothing of it is wanted any more. */
export function forget(item) {
  items.delete(item.key);
  item.isGone = true;
  item.request?.abort();
  tell('oono:settled', item.key);
}

/** Why it cannot go, known before anything of it was sent; '' when it can. */
export function refusalOf({ type, size }) {
  if (size === 0) {
    return words.empty;
  }
  const { bytes, sentence } = limits.find(({ mimes }) => mimes.length === 0 || mimes.includes(type));
  return size > bytes ? sentence : '';
}
