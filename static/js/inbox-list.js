const minute = 60_000;
const hour = 60 * minute;
/** Beyond so many rows a list is begun anew. */
const mostRows = 100;
const waiting = (row) => row.dataset.waiting !== '';
const open = (row) => row.dataset.state === 'open';
const oldestFirst = (row) => Number(row.dataset.waiting);
const latestFirst = (row) => -Number(row.dataset.arrived);
const mineOrNobodys = (fits) => ({
  groupOf: (row, list) => (open(row) && fits(row, list) ? (waiting(row) ? 'waiting' : 'answered') : null),
  order: (row) => (waiting(row) ? oldestFirst(row) : latestFirst(row)),
});
const single = (view, fits, order) => ({ groupOf: (row) => (fits(row) ? view : null), order });
const closesSoon = (row) => Number(row.dataset.window) - Date.now();

/** What each view shows, in which group, and in which order. */
const views = {
  mine: mineOrNobodys((row, list) => row.dataset.assignee === list.dataset.user),
  unassigned: mineOrNobodys((row) => row.dataset.assignee === ''),
  all: single('all', open, latestFirst),
  'needs-reply': single('needs-reply', (row) => open(row) && waiting(row), oldestFirst),
  closing: single(
    'closing',
    (row) => open(row) && waiting(row) && closesSoon(row) > 0 && closesSoon(row) <= 4 * hour,
    (row) => Number(row.dataset.window),
  ),
  closed: single('closed', (row) => row.dataset.state === 'closed', latestFirst),
  blocked: single('blocked', (row) => row.dataset.blocked === '', latestFirst),
};

const askAnew = () => document.dispatchEvent(new CustomEvent('oono:stale'));

/** Takes rows from its inlet and keeps, moves or drops them by the view's rule. */
class InboxList extends HTMLElement {
  /** By conversation: the newest message of the customer, and how far this person has read, also of rows that left. */
  inbound = new Map();
  read = new Map();

  connectedCallback() {
    this.inlet = this.querySelector('#list-inlet');
    this.view = views[this.dataset.view];
    // What has no place on this page stands behind the last row.
    this.end = [...this.querySelectorAll('[data-group] > ul:has(> li)')].at(-1);
    this.full = this.end?.childElementCount;
    const observer = new MutationObserver(() => this.takeIn());
    for (const rows of this.querySelectorAll('ul')) {
      observer.observe(rows, { childList: true });
    }
    document.addEventListener('oono:read', this);
    for (const row of this.querySelectorAll('[data-id]')) {
      this.remember(row);
    }
    // Time alone brings conversations into this view, and no push tells of it.
    this.clock = this.dataset.view === 'closing' ? setInterval(askAnew, minute) : undefined;
    this.takeIn();
  }

  disconnectedCallback() {
    document.removeEventListener('oono:read', this);
    clearInterval(this.clock);
  }

  handleEvent({ detail }) {
    const row = this.querySelector(`#row-${detail.conversation}`);
    const read = Math.max(detail.message, this.read.get(String(detail.conversation)) ?? 0);
    this.read.set(String(detail.conversation), read);
    if (row !== null) {
      row.dataset.read = read;
      this.markUnread(row);
    }
  }

  remember({ dataset: { id, inbound, read } }) {
    this.inbound.set(id, Number(inbound));
    this.read.set(id, Math.max(Number(read), this.read.get(id) ?? 0));
  }

  takeIn() {
    for (const row of [...this.inlet.children]) {
      row.remove();
      this.place(row, this.querySelector(`#${row.id}`));
    }
    this.keepMeasure();
  }

  /** Where half of a page has left, the next ones move up; where more and more come, no page grows without end. */
  keepMeasure() {
    const isThin = this.querySelector('.list__more') && this.end?.childElementCount * 2 < this.full;
    const isLong = this.scrollTop === 0 && this.querySelectorAll('.row__item').length > mostRows;
    if ((isThin || isLong) && !this.isAsking) {
      this.isAsking = true;
      askAnew();
    }
  }

  place(row, old) {
    const group = this.querySelector(`[data-group="${this.view.groupOf(row, this)}"] > ul`);
    const hadFocus = old?.contains(document.activeElement);
    const neighbour = old?.nextElementSibling ?? old?.previousElementSibling;
    const isNews = this.isNews(row);
    this.adopt(row);
    this.keepDraft(row, old);
    this.remember(row);
    old?.remove();
    if (group === null) {
      if (hadFocus) {
        this.keepFocus(neighbour);
      }
      return;
    }
    if (isNews && row.dataset.id !== this.dataset.open) {
      document.dispatchEvent(new CustomEvent('oono:wrote', { detail: { conversation: row.dataset.id } }));
    }
    const after = [...group.children].find((other) => this.view.order(other) > this.view.order(row));
    const isBeyondPage = after === undefined && old === null && this.querySelector('.list__more') !== null;
    if (!isBeyondPage) {
      group.insertBefore(row, after ?? null);
    }
    if (hadFocus) {
      row.querySelector('a').focus({ preventScroll: true });
    }
  }

  /** Whether the customer has written since this page knew of them, or just now. */
  isNews(row) {
    const before = this.inbound.get(row.dataset.id);
    const isRecent = Date.now() - Number(row.dataset.arrived) < minute;
    return waiting(row) && (before === undefined ? isRecent : Number(row.dataset.inbound) > before);
  }

  /** What had the focus has left the list: it stays near, instead of falling back to the top of the page. */
  keepFocus(neighbour) {
    const heading = document.getElementById('list-title');
    heading.tabIndex = -1;
    (neighbour?.querySelector('a') ?? heading).focus({ preventScroll: true });
  }

  /** A push is no one's: the link's view and what this person has read are the page's. */
  adopt(row) {
    row.dataset.read ??= this.read.get(row.dataset.id) ?? (waiting(row) ? '' : row.dataset.inbound);
    const link = row.querySelector('a');
    link.href = `/inbox/${this.dataset.view}/${row.dataset.id}`;
    if (row.dataset.id === this.dataset.open) {
      link.setAttribute('aria-current', 'true');
    }
    row.querySelector('.tag--number').hidden = row.dataset.number === this.dataset.number;
    this.markUnread(row);
  }

  /** What this person has begun to write there is on no push. */
  keepDraft(row, old) {
    const draft = old?.querySelector('.row__draft');
    if (draft) {
      row.querySelector('.row__draft').replaceWith(draft);
    }
  }

  markUnread(row) {
    const isUnread = Number(row.dataset.inbound) > Number(row.dataset.read);
    row.querySelector('a').classList.toggle('row--unread', isUnread);
  }
}

customElements.define('inbox-list', InboxList);
