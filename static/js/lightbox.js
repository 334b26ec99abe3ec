import { loadStyle } from './load-style.js';

await loadStyle(document.getElementById('media-parts').dataset.style);

/** A picture or video above the page; one walks through those of the conversation. */
const farthest = 5;
const step = 1.3;
/** A finger that moves so far sideways, in pixels, turns the page. */
const swipe = 60;

const dialog = document.getElementById('media-parts').content.querySelector('dialog').cloneNode(true);
const part = (name) => dialog.querySelector(`[data-${name}]`);
const stage = part('stage');

/** The id of what was pressed, and of what is shown now: messages are drawn anew meanwhile. */
let opener = null;
let shown = null;
let picture = null;
const view = { scale: 1, x: 0, y: 0 };
const fingers = new Map();

const all = () => [...document.querySelectorAll('.log [data-lightbox]')];

export function show(item) {
  opener = item.id;
  dialog.showModal();
  put(item);
}

function put(item) {
  const items = all();
  const index = items.indexOf(item);
  const address = item.getAttribute('href') ?? item.getAttribute('src');
  const label = item.querySelector('img')?.alt ?? item.ariaLabel ?? item.dataset.name;
  shown = item.id;
  picture = item.dataset.lightbox === 'image' ? pictureOf(item, address, label) : null;
  stage.replaceChildren(picture ?? videoOf(item, address, label));
  part('place').textContent = dialog.dataset.place.replace('#', index + 1).replace('@', items.length);
  part('caption').textContent = label;
  part('download').href = `${address}?download`;
  // Not taken away: whoever is on one of these would lose their place.
  part('zoom').ariaDisabled = String(picture === null);
  part('previous').ariaDisabled = String(index <= 0);
  part('next').ariaDisabled = String(index >= items.length - 1);
  zoomTo(1);
}

/** Its small picture until it is here itself. */
function pictureOf(item, address, label) {
  const image = document.createElement('img');
  const { width, height } = item.dataset;
  image.alt = label;
  image.draggable = false;
  image.src = item.querySelector('img')?.src ?? address;
  if (width !== undefined) {
    image.style.maxInlineSize = `${width}px`;
    image.style.maxBlockSize = `${height}px`;
  }
  const full = new Image();
  full.src = address;
  full.decode().then(
    () => {
      image.src = address;
    },
    () => image.replaceWith(dialog.dataset.trouble),
  );
  return image;
}

function videoOf(item, address, label) {
  const video = document.createElement('video');
  video.controls = true;
  video.playsInline = true;
  video.preload = 'metadata';
  video.ariaLabel = label;
  video.poster = item.poster;
  video.src = address;
  return video;
}

function walk(by) {
  const items = all();
  const next = items[items.findIndex(({ id }) => id === shown) + by];
  if (next !== undefined) {
    put(next);
  }
}

function zoomTo(scale, x = 0, y = 0) {
  view.scale = picture === null ? 1 : Math.min(farthest, Math.max(1, scale));
  const room = (side) => (side * (view.scale - 1)) / 2;
  const within = (value, most) => Math.min(most, Math.max(-most, value));
  view.x = within(x, room(stage.clientWidth));
  view.y = within(y, room(stage.clientHeight));
  part('zoom').ariaPressed = String(view.scale > 1);
  if (picture !== null) {
    picture.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
  }
}

/** What is under the pointer stays there. */
function zoomAt(factor, { clientX, clientY }) {
  const { left, top, width, height } = stage.getBoundingClientRect();
  const [fromX, fromY] = [clientX - left - width / 2, clientY - top - height / 2];
  const grown = Math.min(farthest, Math.max(1, view.scale * factor)) / view.scale;
  zoomTo(view.scale * grown, fromX - (fromX - view.x) * grown, fromY - (fromY - view.y) * grown);
}

const span = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
const middle = ([a, b]) => ({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 });

function drag(event) {
  const before = [...fingers.values()];
  const last = fingers.get(event.pointerId);
  if (last === undefined || picture === null) {
    return;
  }
  fingers.set(event.pointerId, { clientX: event.clientX, clientY: event.clientY, from: last.from });
  const now = [...fingers.values()];
  if (now.length === 2) {
    zoomAt(span(now) / (span(before) || 1), middle(now));
  } else if (view.scale > 1) {
    zoomTo(view.scale, view.x + event.clientX - last.clientX, view.y + event.clientY - last.clientY);
  }
}

function lift(event) {
  const { from } = fingers.get(event.pointerId) ?? {};
  const moved = event.clientX - (from ?? event.clientX);
  if (fingers.size === 1 && view.scale === 1 && event.pointerType === 'touch' && Math.abs(moved) > swipe) {
    walk(moved < 0 ? 1 : -1);
  }
  fingers.delete(event.pointerId);
}

stage.addEventListener('wheel', (event) => {
  if (picture !== null) {
    event.preventDefault();
    zoomAt(event.deltaY < 0 ? step : 1 / step, event);
  }
});
stage.addEventListener('dblclick', (event) => (view.scale > 1 ? zoomTo(1) : zoomAt(2, event)));
stage.addEventListener('pointerdown', (event) => {
  const { clientX, clientY } = event;
  fingers.set(event.pointerId, { clientX, clientY, from: clientX });
});
stage.addEventListener('pointermove', drag);
for (const type of ['pointerup', 'pointercancel', 'pointerleave']) {
  stage.addEventListener(type, lift);
}

const keys = {
  ArrowLeft: () => walk(-1),
  ArrowRight: () => walk(1),
  '+': () => zoomTo(view.scale * step, view.x, view.y),
  '-': () => zoomTo(view.scale / step, view.x, view.y),
  0: () => zoomTo(1),
};
dialog.addEventListener('keydown', (event) => {
  // The page behind has shortcuts of its own; in a video the arrows are the video's.
  event.stopPropagation();
  if (keys[event.key] !== undefined && !event.target.matches('video') && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    keys[event.key]();
  }
});
part('previous').addEventListener('click', () => walk(-1));
part('next').addEventListener('click', () => walk(1));
part('zoom').addEventListener('click', () => zoomTo(view.scale > 1 ? 1 : 2));
part('close').addEventListener('click', () => dialog.close());
dialog.addEventListener('close', () => {
  stage.replaceChildren();
  fingers.clear();
  document.getElementById(opener)?.focus({ preventScroll: true });
});
document.body.append(dialog);
