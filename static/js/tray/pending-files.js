import { release, tellRemoval } from './file-tray.js';
import { copyOf, words } from './parts.js';

/** By key, the files of messages that are on their way or did not get through. */
const sent = new Map();

/** A bubble shows what goes with it: pictures themselves, of the others the name. */
export function fillBubble({ letter, bubble }) {
  const { key } = letter.fields;
  sent.set(key, letter.files);
  if (bubble.querySelector('[data-pending-file]') === null) {
    bubble.querySelector('.text').before(...letter.files.map(viewOf));
  }
  bubble.querySelector('[data-copy]').hidden = letter.fields.text === '';
}

function viewOf(file) {
  const source = file.kind === 'image' ? (file.url ?? file.thumbnail) : null;
  const tile = tileOf(file);
  if (source === null) {
    return tile;
  }
  const picture = Object.assign(new Image(), { src: source, alt: file.name, className: 'pending__picture' });
  picture.dataset.pendingFile = '';
  // Of a page that is gone the picture is too.
  picture.addEventListener('error', () => picture.replaceWith(tile));
  return picture;
}

function tileOf({ name, size, isVoice, kind }) {
  const tile = copyOf('pending');
  const icon = isVoice ? 'mic' : ({ image: 'photo', video: 'video', audio: 'sound' }[kind] ?? 'file');
  tile.querySelector('use').setAttribute('href', `#i-${icon}`);
  tile.querySelector('bdi').textContent = isVoice ? words.voice : name;
  tile.querySelector('small').textContent = size;
  return tile;
}

/** What is thrown away with its message does not stay in the draft either. */
document.addEventListener(
  'click',
  ({ target }) => {
    const key = target.closest('[data-discard]')?.closest('.msg--pending')?.dataset.key;
    for (const { id } of sent.get(key) ?? []) {
      tellRemoval(id);
    }
  },
  { capture: true },
);

document.addEventListener('oono:settled', ({ detail: key }) => {
  for (const { url } of sent.get(key) ?? []) {
    // After the answer has taken the bubble's place.
    setTimeout(release, 1_000, url);
  }
  sent.delete(key);
});
