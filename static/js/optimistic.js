const patience = 30_000;
/** A store that hangs keeps nobody from seeing that something failed. */
const longestStoring = 5_000;
/** What browsers still send for a page that is gone. */
const longestOfLeaving = 60_000;
/** What was sent from this page and is not known to be taken, by key. */
const letters = new Map();
let queue = Promise.resolve();

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const bubbleOf = (letter) => document.getElementById(`pending-${letter.fields.key}`);
const threadOf = (letter) => document.querySelector(`message-thread[data-id="${letter.conversation}"]`);
const letterOf = (button) => letters.get(button.closest('.msg--pending')?.dataset.key);

/** At once a bubble; then the post, one after the other, so that they arrive in the order they were written. */
document.addEventListener('oono:send', ({ detail: letter }) => {
  letters.set(letter.fields.key, letter);
  show(letter);
  threadOf(letter)?.scroller.scrollTo(0, 0);
  post(letter);
});

function post(letter) {
  letter.isFailed = false;
  paint(letter);
  queue = queue.then(() => deliver(letter));
}

/** The same key every time: whatever became of an earlier try, there is one message. */
async function deliver(letter) {
  const body = new URLSearchParams(letter.fields);
  const signal = AbortSignal.timeout(patience);
  const headers = { 'HX-Request': 'true' };
  try {
    const answer = await fetch(letter.action, {
      method: 'POST',
      headers,
      body,
      signal,
      keepalive: body.toString().length < longestOfLeaving,
    });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    settle(letter, answer, page);
  } catch {
    void fail(letter, 'unreachable');
  }
}

function settle(letter, answer, page) {
  const box = page.querySelector('compose-box');
  if (answer.ok && !answer.redirected) {
    tell('oono:settled', letter.fields.key);
    // A push may have brought the message before, and what has happened to it since.
    if (bubbleOf(letter) !== null) {
      apply(page);
    }
  } else if (answer.status === 422 && box !== null && document.getElementById(box.id)?.form) {
    tell('oono:settled', letter.fields.key);
    bubbleOf(letter)?.remove();
    tell('oono:refused', { letter, box: customised(box) });
  } else {
    apply(page);
    void fail(letter, 'refused');
  }
}

/** An element of another document is none of ours until it is taken over. */
const customised = (box) => document.importNode(box, true);

/** What the server answers is the page's own parts, aimed at its inlets. */
function apply(page) {
  for (const part of page.querySelectorAll('hx-partial')) {
    const target = document.querySelector(part.getAttribute('hx-target'));
    const elements = [...part.children].map((element) => document.adoptNode(element));
    if (target !== null && part.getAttribute('hx-swap') === 'beforeend') {
      target.append(...elements);
    } else if (target !== null) {
      target.replaceWith(...elements);
    }
    for (const element of elements) {
      window.htmx?.process(element);
    }
  }
}

/** Shown once the next page would show it too. */
async function fail(letter, why) {
  letter.isFailed = true;
  letter.why = why;
  if (letters.has(letter.fields.key)) {
    const event = new CustomEvent('oono:unsent', { detail: letter });
    document.dispatchEvent(event);
    await Promise.race([event.stored, new Promise((resume) => setTimeout(resume, longestStoring))]);
  }
  paint(letter);
}

function show(letter) {
  const thread = threadOf(letter);
  const template = document.querySelector(`#composer-${letter.conversation} template`);
  if (thread === null || template === null || bubbleOf(letter) !== null) {
    return;
  }
  const bubble = template.content.firstElementChild.cloneNode(true);
  const { key, text } = letter.fields;
  const quote = bubble.querySelector('.quote');
  bubble.id = `pending-${key}`;
  bubble.dataset.key = key;
  bubble.dataset.at = letter.at;
  bubble.querySelector('[data-text]').textContent = text.trim();
  bubble.querySelector('local-time').setAttribute('datetime', new Date(letter.at).toISOString());
  quote.hidden = letter.quote.id === '';
  quote.querySelector('bdi').textContent = letter.quote.author;
  quote.querySelector(':scope > span').textContent = letter.quote.excerpt;
  Object.assign(bubble.dataset, template.dataset);
  if (letter.files) {
    tell('oono:tray', { what: 'bubble', letter, bubble });
  }
  thread.inlet.append(bubble);
  paint(letter, bubble);
}

function paint(letter, bubble = bubbleOf(letter)) {
  if (bubble !== null) {
    const trouble = bubble.querySelector('.failed__why');
    bubble.classList.toggle('failed', letter.isFailed === true);
    bubble.querySelector('.tick').hidden = letter.isFailed === true;
    bubble.querySelector('[data-why]').textContent = letter.isFailed ? bubble.dataset[letter.why] : '';
    trouble.hidden = !letter.isFailed;
  }
}

async function copy(button, text) {
  const done = button.closest('.msg--pending').dataset.copied;
  if (navigator.clipboard === undefined) {
    copySelected(text, button);
  } else {
    await navigator.clipboard.writeText(text);
  }
  button.textContent = done;
}

/** Pages that are not served over TLS have no clipboard of their own. */
function copySelected(text, button) {
  const area = Object.assign(document.createElement('textarea'), { value: text, className: 'vh' });
  button.after(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  button.focus();
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('.msg--pending button');
  const letter = button && letterOf(button);
  if (!letter) {
    return;
  }
  if (button.matches('[data-retry]')) {
    post(letter);
    document.querySelector('compose-box textarea')?.focus();
  } else if (button.matches('[data-copy]')) {
    void copy(button, letter.fields.text);
  } else if (button.matches('[data-discard]')) {
    tell('oono:settled', letter.fields.key);
    bubbleOf(letter).remove();
    document.querySelector('compose-box textarea')?.focus();
  }
});

/** Nothing of it is to be retried any more, whatever said so. */
document.addEventListener('oono:settled', ({ detail: key }) => letters.delete(key));

/** What an earlier page could not send. */
document.addEventListener('oono:restored', ({ detail: letter }) => {
  const { key } = letter.fields;
  if (document.querySelector(`.msg[data-key="${key}"]:not(.msg--pending)`) !== null) {
    tell('oono:settled', key);
  } else if (!letters.has(key)) {
    letters.set(key, letter);
    show(letter);
    if (!letter.isFailed) {
      void fail(letter, 'unreachable');
    }
  }
});

/** A thread that is shown again shows what is still under way from it. */
for (const event of ['oono:opened', 'oono:fresh']) {
  document.addEventListener(event, () => {
    for (const letter of letters.values()) {
      show(letter);
    }
  });
}
