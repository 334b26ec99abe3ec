const hour = 3_600_000;
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
};

/** Takes rows from its inlet and keeps, moves or drops them by the view's rule. */
class InboxList extends HTMLElement {
  connectedCallback() {
    this.inlet = this.querySelector('#list-inlet');
    this.view = views[this.dataset.view];
    new MutationObserver(() => this.takeIn()).observe(this.inlet, { childList: true });
    document.addEventListener('oono:read', this);
    this.takeIn();
  }

  disconnectedCallback() {
    document.removeEventListener('oono:read', this);
  }

  handleEvent({ detail }) {
    const row = this.querySelector(`#row-${detail.conversation}`);
    if (row !== null) {
      row.dataset.read = detail.message;
      this.markUnread(row);
    }
  }

  takeIn() {
    for (const row of [...this.inlet.children]) {
      row.remove();
      this.place(row, this.querySelector(`#${row.id}`));
    }
  }

  place(row, old) {
    const group = this.querySelector(`[data-group="${this.view.groupOf(row, this)}"] > ul`);
    const hadFocus = old?.contains(document.activeElement);
    this.adopt(row, old);
    old?.remove();
    if (group === null) {
      return;
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

  /** A push is no one's: the link's view and what this person has read are the page's. */
  adopt(row, old) {
    row.dataset.read ??= old?.dataset.read ?? '';
    const link = row.querySelector('a');
    link.href = `/inbox/${this.dataset.view}/${row.dataset.id}`;
    if (row.dataset.id === this.dataset.open) {
      link.setAttribute('aria-current', 'true');
    }
    row.querySelector('.tag--number').hidden = row.dataset.number === this.dataset.number;
    this.markUnread(row);
  }

  markUnread(row) {
    const isUnread = Number(row.dataset.inbound) > Number(row.dataset.read);
    row.querySelector('a').classList.toggle('row--unread', isUnread);
  }
}

customElements.define('inbox-list', InboxList);
