const pause = 200;

/** Shows what is found while somebody types; Enter leads to the page of it. Every link is one stop of the arrow keys. */
class SearchBox extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('input');
    this.found = this.querySelector('.search__found');
    this.status = this.querySelector('[role="status"]');
    for (const type of ['input', 'keydown', 'focusin', 'focusout']) {
      this.addEventListener(type, this);
    }
    // What was typed while this was on its way.
    if (this.contains(document.activeElement)) {
      this.askSoon();
    }
  }

  handleEvent(event) {
    if (event.type === 'input') {
      this.askSoon();
    } else if (event.type === 'focusin') {
      this.show(this.field.value.trim() !== '' && this.found.childElementCount > 0);
    } else if (event.type === 'focusout') {
      this.show(!this.found.hidden && this.contains(event.relatedTarget));
    } else {
      this.onKey(event);
    }
  }

  onKey(event) {
    const stops = [this.field, ...this.found.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && !this.found.hidden) {
      event.preventDefault();
      stops[at + step]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.leave();
    }
  }

  /** First what was found, then the box. */
  leave() {
    if (this.found.hidden) {
      this.field.value = '';
      this.forget();
      this.field.blur();
      this.from?.focus();
    } else {
      this.field.focus();
      this.show(false);
    }
  }

  askSoon() {
    clearTimeout(this.due);
    if (this.field.value.trim() === '') {
      this.forget();
    } else {
      this.due = setTimeout(() => void this.ask(), pause);
    }
  }

  forget() {
    clearTimeout(this.due);
    this.request?.abort();
    this.found.replaceChildren();
    this.status.textContent = '';
    this.show(false);
  }

  /** A later question ends an earlier one. */
  async ask() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    this.ariaBusy = 'true';
    const address = `/search?${new URLSearchParams({ q: this.field.value })}`;
    const options = { headers: { 'HX-Request': 'true' }, signal: request.signal };
    const answer = await fetch(address, options)
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => null);
    if (request.signal.aborted) {
      return;
    }
    this.ariaBusy = null;
    if (answer?.status === 401) {
      location.assign(address);
    } else {
      this.tell(answer?.text ?? '');
    }
  }

  tell(text) {
    const { body } = new DOMParser().parseFromString(text, 'text/html');
    const parts = body.querySelector('[data-say]') ?? this.failed();
    this.found.replaceChildren(document.adoptNode(parts));
    this.status.textContent = parts.dataset.say;
    this.show(this.contains(document.activeElement));
  }

  failed() {
    const line = document.createElement('p');
    line.className = 'empty';
    line.textContent = this.dataset.failed;
    line.dataset.say = this.dataset.failed;
    return line;
  }

  show(isShown) {
    this.found.hidden = !isShown;
  }
}

customElements.define('search-box', SearchBox);
