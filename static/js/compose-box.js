const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
const noQuote = { id: '', author: '', excerpt: '' };
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/** The box one writes in: Enter sends, and it is free again at once; what was refused comes back to it. */
class ComposeBox extends HTMLElement {
  connectedCallback() {
    for (const type of ['keydown', 'click', 'input', 'submit']) {
      this.addEventListener(type, this);
    }
    for (const type of ['oono:quote', 'oono:refused']) {
      document.addEventListener(type, this);
    }
    this.isBegun = this.form !== null && this.text.value !== '';
    this.form?.setAttribute('novalidate', '');
    tell('oono:compose', this);
  }

  disconnectedCallback() {
    for (const type of ['oono:quote', 'oono:refused']) {
      document.removeEventListener(type, this);
    }
    tell('oono:left', this);
  }

  get form() {
    return this.querySelector('.composer:is(form)');
  }

  get text() {
    return this.form.elements.text;
  }

  handleEvent(event) {
    if (event.type === 'keydown') {
      this.onKey(event);
    } else if (event.type === 'click') {
      this.onClick(event);
    } else if (event.type === 'input') {
      this.onInput();
    } else if (event.type === 'submit') {
      // The tray has forms of its own.
      if (event.target === this.form) {
        event.preventDefault();
        this.send();
      }
    } else if (event.type === 'oono:quote' && this.form !== null) {
      this.quote(event.detail);
      this.text.focus();
    } else if (event.detail.letter?.conversation === this.dataset.id) {
      this.takeBack(event.detail);
    }
  }

  /** On touch screens Enter is a new line, and the button sends. */
  onKey(event) {
    const sends =
      event.ctrlKey || event.metaKey || (!event.shiftKey && matchMedia('(pointer: fine)').matches);
    // Safari says 229 of the Enter that ends a word of an input method.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && sends && !isComposing && event.target.matches('textarea')) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.code === 'KeyR' && event.altKey && !event.ctrlKey) {
      event.preventDefault();
      this.querySelector('.composer__mic')?.click();
    } else if (event.key === 'ArrowUp' && event.altKey && event.target.matches('textarea')) {
      event.preventDefault();
      [...document.querySelectorAll('.msg--in [data-quote-message]')].at(-1)?.click();
    }
  }

  onClick(event) {
    if (event.target.closest('[data-drop-quote]') !== null) {
      event.preventDefault();
      this.quote(noQuote);
      this.text.focus();
    } else if (event.target.closest('.menu--start a') !== null) {
      // What is quoted here goes along to the page of another kind of message.
      const link = event.target.closest('a');
      const address = new URL(link.href);
      address.searchParams.set('quote', this.form.elements.quoted.value);
      link.href = address;
    } else if (event.target.closest('[data-keep-editing]') !== null) {
      event.preventDefault();
      this.dropQuestion();
      this.text.focus();
    }
  }

  /** Whoever begins to write has seen what stands there now. */
  onInput() {
    if (!this.isBegun) {
      this.markSeen();
    }
    this.isBegun = this.text.value !== '';
  }

  markSeen() {
    const { seen } = this.form.elements;
    const shown = [...document.querySelectorAll('.log .msg[data-id]')].map(({ dataset }) =>
      Number(dataset.id),
    );
    seen.value = Math.max(Number(seen.value), ...shown);
  }

  send() {
    const { text, key, quoted, files, seen, revision, back, preview } = this.form.elements;
    if (text.value.trim() === '' && files.value === '') {
      text.focus();
      return;
    }
    if (document.getElementById(`pending-${key.value}`) !== null) {
      // A draft came back with the key of what was sent of it, and that is not through yet.
      this.renewKey();
    }
    const letter = {
      conversation: this.dataset.id,
      action: this.form.getAttribute('action'),
      fields: {
        text: text.value,
        key: key.value,
        quoted: quoted.value,
        files: files.value,
        seen: seen.value,
        revision: revision.value,
        back: back.value,
        preview: preview.checked ? '1' : '',
      },
      quote: this.quoting(),
      files: this.takeFiles(),
      at: Date.now(),
    };
    text.value = '';
    this.renewKey();
    preview.checked = preview.defaultChecked;
    this.isBegun = false;
    this.quote(noQuote);
    this.dropQuestion();
    this.say('');
    text.focus();
    tell('oono:send', letter);
  }

  /** What is written next is another message. */
  renewKey() {
    this.form.elements.key.value = newKey();
  }

  /** What they look like, for the bubble; undefined when there are none, or before what shows them was loaded. */
  takeFiles() {
    const { files } = this.form.elements;
    const tray = this.querySelector('file-tray');
    if (files.value === '') {
      return undefined;
    }
    files.value = '';
    if (tray.take === undefined) {
      tray.replaceChildren();
    }
    return tray.take?.();
  }

  /** It was certainly not sent: the text stands in the box again, before what was typed since, with the reason. */
  takeBack({ letter, box }) {
    const typed = this.text.value;
    const whole = typed === '' ? letter.fields.text : `${letter.fields.text}\n${typed}`;
    if (box.dataset.mode !== 'open') {
      // Kept as a draft when this box goes.
      const { quoted, files } = this.form.elements;
      this.text.value = whole;
      quoted.value ||= letter.fields.quoted;
      files.value = `${letter.fields.files} ${files.value}`.trim();
      box.querySelector('[data-kept]')?.replaceChildren(whole);
      this.replaceWith(document.adoptNode(box));
      return;
    }
    const revision = Math.max(this.form.elements.revision.value, box.form.elements.revision.value);
    const hadFocus = this.contains(document.activeElement);
    this.form.replaceWith(document.adoptNode(box.form));
    this.form.setAttribute('novalidate', '');
    this.form.elements.revision.value = revision;
    this.text.value = whole;
    this.isBegun = true;
    this.text.dispatchEvent(new Event('input', { bubbles: true }));
    if (hadFocus) {
      this.text.focus();
    }
    const answer = this.querySelector('[data-question]')?.dataset.question;
    if (answer !== undefined && document.getElementById(`message-${answer}`) === null) {
      tell('oono:stale');
    }
  }

  quoting() {
    const part = (name) => this.querySelector(`[data-quote="${name}"]`).textContent;
    return { id: this.form.elements.quoted.value, author: part('author'), excerpt: part('excerpt') };
  }

  quote({ id, author, excerpt }) {
    const { quoted, text } = this.form.elements;
    const isNew = quoted.value !== String(id);
    quoted.value = id;
    this.querySelector('[data-quote="author"]').textContent = author;
    this.querySelector('[data-quote="excerpt"]').textContent = excerpt;
    this.querySelector('.composer__quote').hidden = quoted.value === '';
    if (isNew && text.value !== '') {
      text.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  /** What somebody else answered has been read now. */
  dropQuestion() {
    this.querySelector('[data-question]')?.remove();
    this.querySelector('.composer__send').hidden = false;
  }

  say(wrong) {
    const line = this.querySelector('.composer__wrong');
    line.textContent = wrong;
    line.hidden = wrong === '';
    this.text.removeAttribute('aria-invalid');
  }
}

customElements.define('compose-box', ComposeBox);
