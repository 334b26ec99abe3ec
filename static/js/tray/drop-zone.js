import { copyOf } from './parts.js';

/** Browsers say at least so often that something is still held over the page, and not always that it is no more. */
const silence = 700;
let zone = null;
let timer = null;

/** Shows where files may be dropped, over the thread: anywhere on the page will do. */
export function showZone() {
  if (zone === null) {
    zone = copyOf('drop');
    document.querySelector('.thread').append(zone);
  }
  clearTimeout(timer);
  timer = setTimeout(hideZone, silence);
}

function hideZone() {
  clearTimeout(timer);
  zone?.remove();
  zone = null;
}

document.addEventListener('drop', hideZone);
