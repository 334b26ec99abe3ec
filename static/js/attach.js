/** Files and voice notes: what they take is loaded with the first of them. */
let loading = null;
let tries = 0;

const box = () => document.querySelector('compose-box[data-tray]');

/** A failed import of an address is remembered by some browsers. */
function load() {
  loading ??= import(`${box().dataset.tray}?${tries++}`).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Tells the parts that are loaded; where they cannot be, it is said, and tried again with the next connection. */
async function pass(what, detail) {
  try {
    await load();
    document.dispatchEvent(new CustomEvent('oono:attach', { detail: { what, detail } }));
  } catch {
    box()?.say(box().querySelector('template').dataset.unreachable);
    document.addEventListener('oono:connected', () => box() && pass(what, detail), { once: true });
  }
}

const carriesFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files') && box() !== null;

document.addEventListener('dragenter', (event) => carriesFiles(event) && pass('drag'));
document.addEventListener('dragover', (event) => carriesFiles(event) && event.preventDefault());
document.addEventListener('drop', (event) => carriesFiles(event) && take(event, event.dataTransfer));

/** What programs copy as text and as a picture of it is pasted as text. */
document.addEventListener('paste', (event) => {
  if (!event.target.matches('input') && !event.clipboardData.types.includes('text/plain')) {
    take(event, event.clipboardData);
  }
});

document.addEventListener('change', (event) => {
  if (event.target.matches('compose-box [type="file"]')) {
    take(event, event.target);
    event.target.value = '';
  }
});

function take(event, { files }) {
  if (files.length > 0 && box() !== null) {
    event.preventDefault();
    void pass('files', [...files]);
  }
}

/** A press may be over before what records is here. */
for (const type of ['pointerdown', 'click']) {
  document.addEventListener(type, (event) => {
    if (event.target.closest('.composer__mic') !== null) {
      const press = { type, at: event.timeStamp, isOver: false };
      const end = () => {
        press.isOver = true;
      };
      document.addEventListener('pointerup', end, { once: true });
      void pass('mic', press);
    }
  });
}

/** Files that an earlier page left: in the draft, in this browser, or with a message that did not get through. */
document.addEventListener('oono:compose', ({ detail }) => detail.querySelector('.tray') && pass('shown'));
document.addEventListener('oono:files-elsewhere', ({ detail }) => pass('elsewhere', detail));
document.addEventListener('oono:left-over', ({ detail }) => box() && pass('kept', detail));
document.addEventListener(
  'oono:bubble',
  ({ detail }) => detail.letter.files && box() && pass('bubble', detail),
);
