const atEnd = 100;

/** Takes messages from its inlet: each goes where its time says, into its day; one that is here is replaced. */
class MessageThread extends HTMLElement {
  connectedCallback() {
    this.scroller = this.querySelector('[role="log"]');
    this.log = this.querySelector('.log');
    this.inlet = this.querySelector(`#thread-inlet-${this.dataset.id}`);
    this.jump = this.querySelector('.jump');
    this.days = new Intl.DateTimeFormat('en-CA', { timeZone: this.dataset.zone });
    this.below = 0;
    new MutationObserver(() => this.takeIn()).observe(this.inlet, { childList: true });
    this.addEventListener('click', (event) => focusMenu(event));
    this.scroller.addEventListener('scroll', () => this.isAtEnd() && this.showBelow(0), { passive: true });
    this.jump.addEventListener('click', () => (this.isPast() ? goToNewest() : this.scroller.scrollTo(0, 0)));
    this.takeIn();
  }

  /** The scroller begins at its end: 0 is the newest, upwards is negative. */
  isAtEnd() {
    return -this.scroller.scrollTop < atEnd && !this.isPast();
  }

  /** The page shows a stretch of the past: what comes in now does not follow it. */
  isPast() {
    return this.querySelector('.later') !== null;
  }

  takeIn() {
    const items = [...this.inlet.children].filter((item) => !this.isPast() || !this.leaveOut(item));
    if (items.length === 0) {
      return;
    }
    const wasAtEnd = this.isAtEnd();
    const height = this.scroller.scrollHeight;
    const top = this.scroller.scrollTop;
    const fresh = items.filter((item) => this.place(item));
    this.markFollowing();
    const arrived = fresh.filter((item) => item.matches('.msg--in') && this.isLast(item)).length;
    if (wasAtEnd) {
      this.scroller.scrollTop = 0;
    } else if (arrived > 0) {
      this.scroller.scrollTop = top - (this.scroller.scrollHeight - height);
      this.showBelow(this.below + arrived);
    }
    this.dispatchEvent(new CustomEvent('oono:grew', { bubbles: true }));
  }

  /** Whether it belongs after what is shown of the past, where it is only counted. */
  leaveOut(item) {
    const last = [...this.log.querySelectorAll('[data-at]')].at(-1);
    const isNew = document.getElementById(item.id)?.closest('.log') == null;
    const isLater = isNew && (isPending(item) || (last !== undefined && isAfter(item, last)));
    if (isLater) {
      item.remove();
      if (item.matches('.msg--in')) {
        this.showBelow(this.below + 1);
      }
    }
    return isLater;
  }

  /** Whether it was not here before. */
  place(item) {
    item.remove();
    const old = this.querySelector(`#${item.id}`);
    const isOurs = this.takePending(item);
    if (old === null) {
      const list = isPending(item) ? this.today() : this.dayOf(Number(item.dataset.at));
      const after = [...list.children].find((other) => isAfter(other, item));
      list.insertBefore(item, after ?? null);
    } else {
      const focus = focusIn(old);
      keepPlayers(old, item);
      old.replaceWith(item);
      focus?.(item, this.scroller);
    }
    return old === null && !isOurs;
  }

  /** The bubble that stood for this message until the server had it. */
  takePending(item) {
    const { key } = item.dataset;
    const pending = isPending(item) || !key ? null : document.getElementById(`pending-${key}`);
    if (pending !== null) {
      pending.remove();
      document.dispatchEvent(new CustomEvent('oono:settled', { detail: key }));
    }
    return pending !== null;
  }

  /** Where what is being sent stands: at the end, whatever this computer's clock says. */
  today() {
    const newest = [...this.querySelectorAll('.log__day [data-at]')].map(({ dataset }) => Number(dataset.at));
    return this.dayOf(Math.max(Date.now(), ...newest));
  }

  isLast(item) {
    return item.nextElementSibling === null && item.closest('.log__day').nextElementSibling === null;
  }

  dayOf(at) {
    const key = this.days.format(at);
    const known = this.querySelector(`[data-day="${key}"] > ol`);
    if (known !== null) {
      return known;
    }
    const section = this.querySelector('template').content.firstElementChild.cloneNode(true);
    const heading = section.querySelector('.day');
    section.dataset.day = key;
    section.setAttribute('aria-labelledby', `day-${key}`);
    heading.id = `day-${key}`;
    heading.firstElementChild.setAttribute('datetime', new Date(at).toISOString());
    const later = [...this.log.querySelectorAll('[data-day]')].find((other) => other.dataset.day > key);
    this.log.insertBefore(section, later ?? null);
    return section.lastElementChild;
  }

  /** A name is said once for messages of one author in a row. */
  markFollowing() {
    for (const message of this.querySelectorAll('.log .msg')) {
      const before = message.previousElementSibling;
      message.classList.toggle('msg--follows', before?.dataset.author === message.dataset.author);
    }
  }

  showBelow(count) {
    const button = this.jump.querySelector('button');
    if (count < this.below) {
      document.dispatchEvent(new CustomEvent('oono:seen'));
    }
    this.below = count;
    this.jump.hidden = count === 0;
    button.lastElementChild.textContent = button.dataset.words.replace('#', count);
  }
}

/** The address without its place in the past: the page is drawn anew for it. */
function goToNewest() {
  history.replaceState(null, '', location.pathname);
  document.dispatchEvent(new CustomEvent('oono:stale', { detail: 'use' }));
}

/** Who answers wants to see it, and what it follows. */
document.addEventListener('oono:send', () => {
  if (document.querySelector('.later') !== null) {
    goToNewest();
  }
});

const isPending = (item) => item.matches('.msg--pending');

/** What was chosen from a message's menu replaces the message: the menu's button waits for the focus there. */
function focusMenu({ target }) {
  if (target.closest('.msg__more .pop button') !== null) {
    target.closest('.msg__more').querySelector('summary').focus({ preventScroll: true });
  }
}

/** What plays goes on playing, and what was played is where it was. */
function keepPlayers(old, item) {
  for (const player of old.querySelectorAll('voice-note, video')) {
    item.querySelector(`#${player.id}`)?.replaceWith(player);
  }
}

/** Who was in a message is so in the new one too: at the same control, else at the menu's button. */
function focusIn(old) {
  const controls = (message) => [...message.querySelectorAll('summary, a, button, input, video')];
  const place = controls(old).indexOf(document.activeElement);
  const isOpen = old.querySelector('.msg__more')?.open === true;
  const isInBubble = document.activeElement.closest('.bubble') !== null;
  return place === -1
    ? null
    : (item, otherwise) => {
        const menu = item.querySelector('.msg__more');
        if (isOpen && menu !== null) {
          menu.open = true;
        }
        const same = isOpen || isInBubble ? controls(item)[place] : menu?.querySelector('summary');
        (same ?? menu?.querySelector('summary') ?? otherwise).focus({ preventScroll: true });
      };
}

function isAfter(other, item) {
  if (isPending(other) || isPending(item)) {
    return isPending(other) && !isPending(item);
  }
  const apart = Number(other.dataset.at) - Number(item.dataset.at);
  return apart > 0 || (apart === 0 && Number(other.dataset.id) > Number(item.dataset.id));
}

customElements.define('message-thread', MessageThread);
