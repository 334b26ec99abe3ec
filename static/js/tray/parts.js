import { loadStyle } from '../load-style.js';

/** What the page does not carry: the templates, words and limits of files, as one document, and how they look. */
async function loadParts() {
  const { parts } = document.querySelector('compose-box[data-parts]').dataset;
  const answer = await fetch(parts);
  if (!answer.ok) {
    throw new Error(`No parts: ${answer.status}`);
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const found = document.adoptNode(page.getElementById('tray-parts'));
  document.body.append(found);
  await loadStyle(found.dataset.stylesheet);
  return found;
}

const root = await loadParts();

export const words = JSON.parse(root.dataset.words);
export const limits = JSON.parse(root.dataset.limits);
export const mostFiles = Number(root.dataset.most);
export const longestCaption = Number(root.dataset.longestCaption);
export const voiceBytes = Number(root.dataset.voiceBytes);
export const mediabunny = root.dataset.mediabunny;

export const copyOf = (part) =>
  root.querySelector(`[data-part="${part}"]`).content.firstElementChild.cloneNode(true);

export const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
export const say = (text) => tell('oono:announce', text);

export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** `1.2 MB`, as the server writes it. */
export function sizeInWords(bytes) {
  const power = bytes < 1024 ? 0 : Math.min(words.units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const maximumFractionDigits = value < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits });
  return `${number.format(value)} ${words.units[power]}`;
}
