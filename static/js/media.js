/**
 * Pictures above the page, and a player for voice notes: each is loaded when a page first has use for it. Without
 * them a link shows the picture, and the browser's own player plays.
 */
const parts = document.getElementById('media-parts')?.dataset;
const loading = new Map();

/** The script, which loads its look; what could not be loaded is asked for again the next time. */
function load(script) {
  if (!loading.has(script)) {
    const module = import(script);
    loading.set(script, module);
    module.catch(() => loading.delete(script));
  }
  return loading.get(script);
}

/** A new tab or window is not ours. */
const isPlain = ({ button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented }) =>
  button === 0 && !(ctrlKey || metaKey || shiftKey || altKey || defaultPrevented);

async function enlarge(link) {
  try {
    const { show } = await load(parts.lightbox);
    show(link);
  } catch {
    location.assign(link.href);
  }
}

const equip = () => {
  if (document.querySelector('voice-note:not(:defined)') !== null) {
    load(parts.player).catch(() => {});
  }
};

function playAlone({ target }) {
  for (const other of document.querySelectorAll('audio, video')) {
    if (other !== target) {
      other.pause();
    }
  }
}

if (parts !== undefined) {
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-lightbox]');
    if (link !== null && isPlain(event)) {
      event.preventDefault();
      void enlarge(link);
    }
  });
  document.addEventListener('play', playAlone, true);
  document.addEventListener('oono:grew', equip);
  // The first view comes first.
  if (document.readyState === 'complete') {
    equip();
  } else {
    addEventListener('load', equip);
  }
}
