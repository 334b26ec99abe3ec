const viewEvery = 20_000;
const writeEvery = 3_000;
/** Who has given no sign for so long is not said to be viewing: the page may lie open on an empty chair. */
const awayAfter = 120_000;

let signAt = Date.now();
let wroteAt = 0;

const say = (what) => document.dispatchEvent(new CustomEvent('oono:say', { detail: { do: what } }));
const isWriting = () => Date.now() - wroteAt < writeEvery * 2;

function sayViewing() {
  const isSeen = !document.hidden && document.querySelector('message-thread')?.checkVisibility();
  if (isSeen && !isWriting() && Date.now() - signAt < awayAfter) {
    say('viewing');
  }
}

function stopWriting() {
  wroteAt = 0;
  sayViewing();
}

/** Who comes back is there at once. */
function onSign() {
  const wasAway = Date.now() - signAt >= awayAfter;
  signAt = Date.now();
  if (wasAway) {
    sayViewing();
  }
}

document.addEventListener('input', ({ target }) => {
  if (!target.matches('compose-box textarea')) {
    return;
  }
  if (target.value.trim() === '') {
    stopWriting();
  } else if (Date.now() - wroteAt >= writeEvery) {
    wroteAt = Date.now();
    say('typing');
  }
});

document.addEventListener('submit', ({ target }) => {
  if (target.closest('compose-box') !== null) {
    stopWriting();
  }
});

/** Nobody tells this page when they leave while it has no connection. */
document.addEventListener('htmx:ws:close', () => {
  for (const slot of document.querySelectorAll('.presence')) {
    slot.replaceChildren();
  }
});

for (const sign of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focusin']) {
  document.addEventListener(sign, onSign, { capture: true, passive: true });
}
for (const event of ['oono:connected', 'visibilitychange']) {
  document.addEventListener(event, sayViewing);
}
document.addEventListener('oono:opened', stopWriting);
setInterval(sayViewing, viewEvery);
