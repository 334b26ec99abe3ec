/** Said aloud to those who do not see the page: what the customer of the open conversation writes, in full; that others wrote, now and then. */
const sayOthersEvery = 10_000;
const mostLetters = 120;

let conversation = null;
let newest = 0;
let othersSaidAt = 0;
let isDue = false;
const others = new Set();

const thread = () => document.querySelector('message-thread');
const inbound = () => [...(thread()?.querySelectorAll('.log .msg--in') ?? [])];
const idOf = (message) => Number(message.dataset.id);

function say(text) {
  const line = document.createElement('span');
  line.textContent = text;
  document.getElementById('say').replaceChildren(line);
}

/** Ids grow with arrival: an earlier page that is loaded has only lower ones, and is not read out. */
function hear() {
  const messages = inbound();
  const fresh = thread()?.dataset.id === conversation ? messages.filter((one) => idOf(one) > newest) : [];
  begin();
  if (fresh.length > 0) {
    say(fresh.map(inWords).join(' '));
  }
}

function begin() {
  conversation = thread()?.dataset.id ?? null;
  newest = Math.max(0, ...inbound().map(idOf));
}

function inWords(message) {
  const bubble = message.querySelector('.bubble').cloneNode(true);
  for (const aside of bubble.querySelectorAll('.msg__meta, .quote')) {
    aside.remove();
  }
  const kind = bubble.querySelector('[data-says]')?.dataset.says ?? '';
  const text = bubble.textContent.trim().replace(/\s+/g, ' ') || kind;
  return `${message.dataset.name}: ${text.slice(0, mostLetters)}`;
}

function hearOthers({ detail }) {
  others.add(detail.conversation);
  if (!isDue) {
    isDue = true;
    setTimeout(sayOthers, Math.max(0, othersSaidAt + sayOthersEvery - Date.now()));
  }
}

function sayOthers() {
  const { one, other } = document.getElementById('say').dataset;
  const count = others.size;
  const template = new Intl.PluralRules(document.documentElement.lang).select(count) === 'one' ? one : other;
  const view = document.getElementById('list-title').textContent;
  say(template.replace('#', count).replace('@', view));
  others.clear();
  isDue = false;
  othersSaidAt = Date.now();
}

document.addEventListener('oono:grew', hear);
document.addEventListener('oono:opened', begin);
document.addEventListener('oono:wrote', hearOthers);
document.addEventListener('oono:announce', ({ detail }) => say(detail));
begin();
