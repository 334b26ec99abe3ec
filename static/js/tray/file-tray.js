import { change, claim, forget, isUnderWay, items, itemsOf, makeItem, refusalOf } from './items.js';
import { copyOf, longestCaption, mostFiles, say, sizeInWords, tell, words } from './parts.js';
import { upload } from './upload.js';

/** A file that finished while its conversation was not shown may be missing in a page that was on its way then. */
const mayBeMissing = 10_000;

/** Kinds whose messages have no caption. */
const withoutText = /^(audio|sticker)$/;

/** What goes with the message: files of the draft, and those that are on their way into it. */
export class FileTray extends HTMLElement {
  connectedCallback() {
    this.box = this.closest('compose-box');
    for (const item of itemsOf(this.conversation)) {
      if (item.state !== 'ready' || Date.now() - item.readyAt < mayBeMissing) {
        this.show(item);
      } else {
        items.delete(item.key);
      }
    }
    this.share();
  }

  get conversation() {
    return this.box.dataset.id;
  }

  get list() {
    const list = this.querySelector('.tray');
    if (list !== null) {
      return list;
    }
    const made = Object.assign(document.createElement('ul'), { className: 'tray', ariaLabel: words.list });
    this.append(made);
    return made;
  }

  get ready() {
    return [...this.querySelectorAll('[data-state="ready"]')];
  }

  get underWay() {
    return itemsOf(this.conversation).filter(isUnderWay);
  }

  /** Takes files in: those that cannot go say why, the others are on their way at once. */
  add(files) {
    const room = mostFiles - this.ready.length - this.underWay.length;
    const taken = files.map((file, index) => {
      const item = makeItem({ conversation: this.conversation, file, name: file.name });
      const why = index < room ? refusalOf(file) : words.tooMany;
      this.begin(item, why);
      return { item, why };
    });
    if (!this.box.isBegun) {
      this.box.markSeen();
    }
    const added = taken.filter(({ why }) => why === '');
    const [first] = added;
    const count = added.length;
    if (count > 0) {
      const form = new Intl.PluralRules(document.documentElement.lang).select(count);
      say(words.said.added[form].replace('#', count).replace('@', first.item.name));
    }
    if (matchMedia('(pointer: fine)').matches) {
      this.box.text.focus();
    }
  }

  begin(item, why = '') {
    this.show(item);
    if (why === '') {
      void keepAndUpload(item);
    } else {
      change(item, { state: 'refused', why });
      say(`${item.name}: ${why}`);
    }
  }

  /** Whatever the draft holds of it already is not shown twice. */
  show(item) {
    const known = item.id === undefined ? null : this.querySelector(`[data-id="${item.id}"]`);
    const element = known ?? this.itemOf(item) ?? copyOf('file');
    element.dataset.key = item.key;
    if (!this.contains(element)) {
      this.list.append(element);
      paint(element, item);
      element.scrollIntoView({ block: 'nearest' });
    } else {
      paint(element, item);
    }
  }

  itemOf({ key }) {
    return this.querySelector(`[data-key="${key}"]`);
  }

  /** The form names the files that are ready, and the draft keeps them. */
  share() {
    const { files } = this.box.form.elements;
    const ids = this.ready.map(({ dataset }) => dataset.id).join(' ');
    if (files.value !== ids) {
      files.value = ids;
      tell('oono:files', this.box);
    }
    this.hint();
    if (this.querySelector('.tray__file') === null) {
      this.querySelector('.tray')?.remove();
    }
  }

  /** What becomes of the text: it is the caption of the first file, if that can carry one so long. */
  hint() {
    const first = this.querySelector('.tray__file:not([data-state="refused"])');
    const line = this.querySelector('.tray__hint') ?? document.createElement('p');
    if (first === null) {
      line.remove();
      return;
    }
    const isUnder = !withoutText.test(first.dataset.kind) && this.box.text.value.length <= longestCaption;
    line.className = 'tray__hint meta';
    setText(line, isUnder ? words.under : words.before);
    this.append(line);
  }

  /** Taken back: it stops being uploaded, or leaves the draft. */
  discard(element) {
    const item = items.get(element.dataset.key);
    const { id } = element.dataset;
    const next = element.nextElementSibling ?? element.previousElementSibling;
    const hadFocus = element.contains(document.activeElement);
    const name = element.querySelector('bdi').textContent;
    element.remove();
    if (item !== undefined) {
      forget(item);
      release(item.url);
    }
    if (id !== undefined) {
      tellRemoval(id);
    }
    this.share();
    this.wait(false);
    if (hadFocus) {
      (next?.querySelector('[type="submit"]') ?? this.box.text).focus();
    }
    say(words.said.removed.replace('@', name));
  }

  /** What is ready leaves with the message; what it looked like goes into the bubble. */
  take() {
    const taken = this.ready.map((element) => {
      const item = items.get(element.dataset.key);
      element.remove();
      if (item !== undefined) {
        forget(item);
      }
      return { ...shownOf(element), url: item?.url ?? null };
    });
    // Not told to the draft: it goes as a whole.
    this.box.form.elements.files.value = '';
    this.share();
    return taken;
  }

  /** What was refused with its message stands here again. */
  putBack(files) {
    for (const file of files) {
      const item = makeItem({ ...file, conversation: this.conversation, file: new Blob() });
      this.show(Object.assign(item, file, { state: 'ready', readyAt: 0 }));
    }
    this.share();
  }

  /** Another window of the same person has added some or taken some away. */
  takeOver(files) {
    for (const element of this.ready) {
      if (!files.some(({ id }) => String(id) === element.dataset.id)) {
        const item = items.get(element.dataset.key);
        element.remove();
        if (item !== undefined) {
          forget(item);
        }
      }
    }
    this.putBack(files.filter(({ id }) => this.querySelector(`[data-id="${id}"]`) === null));
  }

  /** Send was pressed before everything was there. */
  wait(isWaiting) {
    const button = this.box.querySelector('.composer__send');
    const label = button.firstChild;
    this.isWaiting = isWaiting;
    button.dataset.words ??= label.textContent;
    button.toggleAttribute('data-waits', isWaiting);
    label.textContent = isWaiting ? words.sendsSoon : button.dataset.words;
    if (isWaiting) {
      say(words.sendsSoon);
    }
  }

  follow(item) {
    this.show(item);
    this.share();
    if (this.isWaiting && item.state === 'refused') {
      this.wait(false);
    } else if (this.isWaiting && this.underWay.length === 0) {
      this.wait(false);
      this.box.form.requestSubmit();
    }
  }
}

/** Claimed before another tab can find it. */
async function keepAndUpload(item) {
  await claim(item.key);
  if (!item.isGone) {
    tell('oono:keep', recordOf(item));
    upload(item);
  }
}

const recordOf = ({ key, conversation, file, name, isVoice, isRaw, seconds }) => ({
  key,
  file: { conversation, file, name, isVoice, isRaw, seconds },
});

export const release = (url) => url && URL.revokeObjectURL(url);

/** Gone from the draft in any case; the server forgets unsent files by itself when it does not hear this. */
export function tellRemoval(id) {
  void fetch(`/files/${id}/removal`, { method: 'POST', headers: { 'HX-Request': 'true' } }).catch(() => null);
}

/** What its bubble needs to know of it. */
function shownOf(element) {
  const picture = element.querySelector('img');
  return {
    id: element.dataset.id,
    name: element.querySelector('bdi').textContent,
    size: element.querySelector('[data-size]').textContent,
    isVoice: element.querySelector('audio') !== null,
    kind: element.dataset.kind,
    thumbnail: picture?.getAttribute('src') ?? null,
  };
}

function paint(element, item) {
  const { state, name, why, progress, file, id } = item;
  const part = (selector) => element.querySelector(selector);
  element.dataset.state = state;
  element.dataset.kind = item.kind ?? file.type.split('/')[0];
  if (state === 'ready') {
    element.dataset.id = id;
    part('form').setAttribute('action', `/files/${id}/removal`);
  }
  setText(part('bdi'), name);
  setText(part('[data-size]'), item.size ?? sizeInWords(item.bytes ?? file.size));
  setText(part('[data-state-words]'), stateInWords(item));
  setText(
    part('[type="submit"] .vh'),
    (state === 'uploading' ? words.cancel : words.remove).replace('@', name),
  );
  const line = part('[data-why]');
  setText(line, why || item.hint || '');
  line.hidden = line.textContent === '';
  const bar = part('progress');
  if (bar !== null) {
    bar.hidden = state !== 'uploading';
    bar.value = progress;
    part('[data-retry]').hidden = state !== 'failed';
    part('[data-again]').hidden = !item.isVoice || item.url === null;
  }
  showPreview(part('.tray__pic'), element, item);
}

/** What has not changed is left alone, for those who read it. */
function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function stateInWords({ state, progress }) {
  if (state === 'uploading') {
    return progress < 1 ? words.uploading.replace('#', Math.floor(progress * 100)) : words.checking;
  }
  return { waiting: words.waiting, ready: words.uploaded, failed: '', refused: '' }[state];
}

/** The picture itself, or what was recorded, to be heard before it goes. */
function showPreview(place, element, { url, isVoice, name, thumbnail, file }) {
  const source = url ?? (isVoice ? null : thumbnail);
  const shown = element.querySelector('img, audio');
  if (shown?.matches('audio') && shown.getAttribute('src') !== source && shown.paused) {
    release(shown.src);
    shown.src = source;
  } else if (source && shown === null && isVoice) {
    const player = Object.assign(new Audio(), { src: source, controls: true, className: 'tray__play' });
    player.setAttribute('aria-label', name);
    element.querySelector('.tray__meta').after(player);
    place.querySelector('use').setAttribute('href', '#i-mic');
  } else if (source && shown === null) {
    const icon = place.firstElementChild;
    const picture = Object.assign(new Image(44, 44), { alt: '', src: source });
    picture.addEventListener('error', () => picture.replaceWith(icon));
    icon.replaceWith(picture);
  } else if (shown === null) {
    place.querySelector('use')?.setAttribute('href', `#i-${iconOf(file.type)}`);
  }
}

const iconOf = (type) => ({ image: 'photo', video: 'video', audio: 'sound' })[type.split('/')[0]] ?? 'file';
