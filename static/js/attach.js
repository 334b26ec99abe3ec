/** Files and voice notes: what they take is loaded with the first of them, or when somebody sends `oono:tray`. */
let loading = null;
let tries = 0;
/** While files are not in the tray yet: no message leaves without them. */
let held = null;

const box = () => document.querySelector('compose-box[data-tray]');
const on = (type, listener) => document.addEventListener(type, listener);

/** Where the part that does it cannot be loaded, that is said; what can wait is tried again with the next connection. */
async function pass(detail) {
  let tray = null;
  try {
    // Some browsers remember that an address could not be imported.
    loading ??= import(`${box().dataset.tray}?${tries++}`);
    tray = await loading;
  } catch {
    loading = null;
    box()?.say(box().querySelector('template').dataset.unreachable);
    if (!detail.isNow) {
      await new Promise((resolve) => document.addEventListener('oono:connected', resolve, { once: true }));
      await (box() && pass(detail));
    }
  }
  tray?.does[detail.what](detail);
}

on('oono:tray', ({ detail }) => box() && pass(detail));
on('oono:compose', ({ detail }) => detail.querySelector('.tray') && pass({ what: 'shown' }));

/** `paste`: what programs copy as text and as a picture of it is pasted as text. */
function take(event, { files, types = [] }) {
  if (files?.length > 0 && box() && !types.includes('text/plain')) {
    event.preventDefault();
    const all = Promise.all([held, pass({ what: 'files', files: [...files] })]);
    held = all;
    void all.then(() => {
      held = held === all ? null : held;
    });
  }
}

function waitForTray(event) {
  if (held !== null && event.target.matches('.composer')) {
    event.preventDefault();
    event.stopImmediatePropagation();
    void held.then(() => event.target.requestSubmit());
  }
}
document.addEventListener('submit', waitForTray, { capture: true });

on('paste', (event) => event.target.matches('input') || take(event, event.clipboardData));
on('drop', (event) => take(event, event.dataTransfer));
on('change', (event) => {
  const { target } = event;
  if (target.matches('compose-box [type="file"]')) {
    take(event, target);
    target.value = '';
  }
});

for (const type of ['dragenter', 'dragover']) {
  on(type, (event) => {
    if (event.dataTransfer?.types.includes('Files') && box()) {
      event.preventDefault();
      void pass({ what: 'drag', isNow: true });
    }
  });
}

/** A press may be over before what records is here. */
for (const type of ['pointerdown', 'click']) {
  on(type, ({ target, timeStamp, button }) => {
    if (button === 0 && target.closest('.composer__mic')) {
      const press = { what: 'mic', isNow: true, type, at: timeStamp };
      const end = () => {
        press.isOver = true;
      };
      document.addEventListener('pointerup', end, { once: true });
      void pass(press);
    }
  });
}
