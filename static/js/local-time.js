const lang = document.documentElement.lang || 'en';
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const shapes = {
  time: clock,
  weekday: { weekday: 'short' },
  brief: { day: 'numeric', month: 'short' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  moment: { weekday: 'short', day: 'numeric', month: 'short', ...clock },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...clock, second: '2-digit' },
};
const near = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
const formats = new Map();

function format(at, shape, timeZone) {
  const key = `${shape} ${timeZone}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(lang, { ...shapes[shape], timeZone }));
  }
  return formats.get(key).format(at);
}

function inWords(at, style, timeZone) {
  const age = Date.now() - at;
  const isToday = format(at, 'date', timeZone) === format(Date.now(), 'date', timeZone);
  if (style === 'short') {
    return format(at, isToday ? 'time' : age < 6 * 86_400_000 ? 'weekday' : 'brief', timeZone);
  }
  if (style === 'day' && isToday) {
    const today = near.format(0, 'day');
    return today.charAt(0).toLocaleUpperCase(lang) + today.slice(1);
  }
  if (style === 'moment' && isToday) {
    return `${near.format(0, 'day')} ${format(at, 'time', timeZone)}`;
  }
  return format(at, style, timeZone);
}

/** A moment on the account's clock, as its days are; the reader's own time stands in the title. */
class LocalTime extends HTMLElement {
  connectedCallback() {
    const at = Date.parse(this.getAttribute('datetime'));
    this.textContent = inWords(at, this.dataset.style, document.body.dataset.zone);
    this.title = format(at, 'full');
  }
}

customElements.define('local-time', LocalTime);
