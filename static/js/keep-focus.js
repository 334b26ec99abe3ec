/**
 * Whoever goes by keyboard keeps their place: what comes in the place of the focused element gets the focus, and
 * when nothing does, the heading of where it was. What somebody did without leaving their place is said aloud.
 */
const stops = 'a[href], button, summary, textarea, input:not([type="hidden"]), select, [tabindex]';
let last = null;

const isThere = (element) => element.isConnected && element.checkVisibility();
const stopsIn = (home) => [...home.querySelectorAll(stops)];

document.addEventListener('focusin', ({ target }) => {
  const home = target.closest('[id]:not(:focus)') ?? document.body;
  const place = { home: home.id, index: stopsIn(home).indexOf(target) };
  last = { target, ...place, isInList: target.closest('inbox-list') !== null };
});

/** Who clicked somewhere else has left on purpose; who looks at another window has not. */
document.addEventListener('focusout', ({ target, relatedTarget }) => {
  setTimeout(() => {
    if (relatedTarget === null && last?.target === target && isThere(target) && document.hasFocus()) {
      last = document.activeElement === target ? last : null;
    }
  });
});

function keep() {
  const isLost = last !== null && !isThere(last.target);
  if (isLost && (document.activeElement === document.body || document.activeElement === last.target)) {
    const home = document.getElementById(last.home);
    const again = home === null ? undefined : stopsIn(home)[last.index];
    const heading = document.querySelector(last.isInList ? '#list-title' : '.thread h2');
    const next = again !== undefined && isThere(again) ? again : heading;
    if (next !== null && !next.matches(stops)) {
      next.tabIndex = -1;
    }
    next?.focus({ preventScroll: true });
  }
}

for (const event of ['oono:grew', 'oono:fresh', 'htmx:after:swap', 'htmx:ws:after:message:incoming']) {
  document.addEventListener(event, () => requestAnimationFrame(keep));
}

document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
  const said = ctx.sourceElement?.dataset?.say;
  if (said !== undefined && ctx.response.status < 400) {
    document.getElementById('say').textContent = said;
  }
});
