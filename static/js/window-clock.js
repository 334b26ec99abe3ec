const hour = 3_600_000;
const stages = ['open', 'soon', 'last', 'closed'];

function stageOf(left) {
  return left <= 0 ? 'closed' : left < hour ? 'last' : left < 4 * hour ? 'soon' : 'open';
}

function setStage(element, block, stage) {
  for (const other of stages) {
    element.classList.toggle(`${block}--${other}`, other === stage);
  }
}

/** The numbers a person reads: whole minutes under an hour, else whole hours. */
function inWords(left, isExact) {
  const words = document.body.dataset;
  const minutes = Math.max(1, Math.floor(left / 60_000));
  if (left <= 0) {
    return words.closed;
  }
  if (minutes < 60) {
    return words.minutes.replace('#', minutes);
  }
  const hours = Math.floor(minutes / 60);
  return isExact
    ? words.exact.replace('#', hours).replace('@', minutes % 60)
    : words.hours.replace('#', hours);
}

/** The countdown of the contact pane is on no push: it follows the head. */
function tickDial(now) {
  const words = document.querySelector('[data-dial]');
  const window = Number(document.querySelector('.head__state')?.dataset.window);
  const minutes = Math.max(1, Math.floor((window - now) / 60_000));
  if (words !== null && window > now) {
    const hours = words.dataset.dial.replace('#', Math.floor(minutes / 60));
    const dial = words.closest('.dial');
    const closes = dial.querySelector('local-time');
    words.textContent = minutes < 60 ? minutes : hours.replace('@', String(minutes % 60).padStart(2, '0'));
    dial.firstElementChild.dataset.ring = window;
    closes.setAttribute('datetime', new Date(window).toISOString());
    closes.connectedCallback();
  }
}

/** Every 30 s the rings and their words follow the clock. */
function tick() {
  const now = Date.now();
  tickDial(now);
  for (const words of document.querySelectorAll('[data-left]:not([data-left=""])')) {
    const left = Number(words.dataset.left) - now;
    words.textContent = inWords(left, words.hasAttribute('data-exact'));
    setStage(words, 'left', stageOf(left));
  }
  for (const ring of document.querySelectorAll('[data-ring]:not([data-ring=""])')) {
    const left = Math.max(0, Number(ring.dataset.ring) - now);
    const units = Math.min(24, left / hour);
    setStage(ring, 'ring', stageOf(left));
    ring.querySelector('.ring__left')?.setAttribute('stroke-dasharray', `0 ${24 - units} ${units} 0`);
  }
  noticeWindow(now);
}

/** A window that opened or closed changes what can be said. */
function noticeWindow(now = Date.now()) {
  const head = document.querySelector('.head__state');
  const mode = document.querySelector('compose-box')?.dataset.mode;
  const isOpen = Number(head?.dataset.window) > now;
  if (head !== null && (mode === 'open' || mode === 'closed') && isOpen !== (mode === 'open')) {
    document.dispatchEvent(new CustomEvent('oono:stale'));
  }
}

document.addEventListener('htmx:ws:after:message:incoming', () => {
  noticeWindow();
  tickDial(Date.now());
});
setInterval(tick, 30_000);
