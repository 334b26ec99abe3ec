const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** The box one writes in: Enter sends; what was taken is cleared, what was not is kept. */
class ComposeBox extends HTMLElement {
  connectedCallback() {
    this.addEventListener('keydown', this);
    this.addEventListener('click', this);
    this.addEventListener('htmx:config:request', this);
    this.addEventListener('htmx:after:request', this);
    this.addEventListener('htmx:error', this);
    document.addEventListener('oono:quote', this);
  }

  disconnectedCallback() {
    document.removeEventListener('oono:quote', this);
  }

  get form() {
    return this.querySelector('form');
  }

  handleEvent(event) {
    if (event.type === 'keydown') {
      this.onKey(event);
    } else if (event.type === 'click' && event.target.closest('[data-drop-quote]') !== null) {
      event.preventDefault();
      this.quote({ id: '', author: '', excerpt: '' });
    } else if (event.type === 'htmx:config:request') {
      this.sent = this.form.elements.text.value;
    } else if (event.type === 'htmx:after:request') {
      this.onAnswer(event.detail.ctx.response.status);
    } else if (event.type === 'htmx:error') {
      this.say(this.dataset.unreachable);
    } else if (event.type === 'oono:quote') {
      this.quote(event.detail);
    }
  }

  /** On touch screens Enter is a new line, and the button sends. */
  onKey(event) {
    const sends =
      event.ctrlKey || event.metaKey || (!event.shiftKey && matchMedia('(pointer: fine)').matches);
    if (event.key === 'Enter' && sends && !event.isComposing && event.target.matches('textarea')) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }

  onAnswer(status) {
    const { text, key } = this.form.elements;
    if (status < 400) {
      text.value = text.value.startsWith(this.sent)
        ? text.value.slice(this.sent.length).trimStart()
        : text.value;
      key.value = newKey();
      this.quote({ id: '', author: '', excerpt: '' });
      this.say('');
    } else if (status !== 422) {
      this.say(this.dataset.refused);
    }
  }

  quote({ id, author, excerpt }) {
    this.form.elements.quoted.value = id;
    this.querySelector('[data-quote="author"]').textContent = author;
    this.querySelector('[data-quote="excerpt"]').textContent = excerpt;
    this.querySelector('.composer__quote').hidden = id === '';
    this.form.elements.text.focus();
  }

  say(wrong) {
    const line = this.querySelector('.composer__wrong');
    line.textContent = wrong;
    line.hidden = wrong === '';
  }
}

customElements.define('compose-box', ComposeBox);
