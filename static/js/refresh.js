const againAfter = 5_000;
let isRefreshing = false;
let isWanted = false;
/** A page that asks by itself keeps no session alive; somebody who presses something does. */
let sign = 'look';

/** Takes over what the server would show now, one at a time; tried until it works, since nothing else would tell. */
async function keepFresh() {
  isWanted = true;
  if (isRefreshing) {
    return;
  }
  isRefreshing = true;
  try {
    while (isWanted) {
      isWanted = false;
      if (!(await refresh())) {
        setTimeout(() => void keepFresh(), againAfter);
      }
    }
  } finally {
    isRefreshing = false;
  }
}

/** After a gap too old to be replayed, or without a socket. Resolves to whether the server has answered. */
async function refresh() {
  const headers = { 'oono-sign': sign };
  sign = 'look';
  const asked = location.href;
  const answer = await fetch(asked, { headers }).catch(() => null);
  if (answer === null || answer.status >= 500) {
    return false;
  }
  if (answer.redirected) {
    document.dispatchEvent(new CustomEvent('oono:signed-out'));
  } else if (answer.ok) {
    takeOver(await parse(answer));
  } else if (asked !== location.href) {
    isWanted = true;
  } else if (answer.status === 403 || answer.status === 404) {
    // What is open here may no longer be seen.
    location.replace(`/inbox/${document.body.dataset.view}`);
  }
  return true;
}

function takeOver(page) {
  const list = document.querySelector('inbox-list');
  const top = list.scrollTop;
  renew(list, page.querySelector('inbox-list')).scrollTop = top;
  for (const count of page.querySelectorAll('[id^="count-"]')) {
    renew(document.getElementById(count.id), count);
  }
  const head = page.querySelector('.head__state');
  if (head !== null && document.getElementById(head.id) !== null) {
    renew(document.getElementById(head.id), head);
    renew(document.querySelector('.contact'), page.querySelector('.contact'));
    renewThread(page);
    renewComposer(page);
  }
  document.body.dataset.live = page.body.dataset.live;
  document.dispatchEvent(new CustomEvent('oono:fresh'));
}

async function fetchPage(address) {
  const answer = await fetch(address).catch(() => null);
  return answer?.ok && !answer.redirected ? parse(answer) : null;
}

async function parse(answer) {
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

function renew(old, fresh) {
  if (old === null || fresh === null) {
    return old ?? fresh;
  }
  const element = document.adoptNode(fresh);
  old.replaceWith(element);
  window.htmx?.process(element);
  return element;
}

/** Messages join the ones that are here; if none of them is known, what lies between is not either. */
function renewThread(page) {
  const thread = document.querySelector('message-thread');
  const items = [...page.querySelectorAll('.log [data-at]')];
  const isOfPast = (where) => where.querySelector('.later') !== null;
  const isSameEnd = isOfPast(thread) === isOfPast(page);
  if (isSameEnd && items.some((item) => document.getElementById(item.id) !== null)) {
    takeIn(thread, items);
  } else if (items.length > 0) {
    renew(thread, page.querySelector('message-thread'));
  }
}

function takeIn(thread, items) {
  for (const item of items) {
    thread.inlet.append(document.adoptNode(item));
    window.htmx?.process(item);
  }
}

/** A box that stays a box keeps its text; one that closes shows it, one that opens gets it back, or what is kept. */
function renewComposer(page) {
  const old = document.querySelector('compose-box');
  const fresh = page.querySelector('compose-box');
  if (old !== null && fresh !== null && old.dataset.mode !== fresh.dataset.mode) {
    const text = old.querySelector('textarea')?.value ?? old.querySelector('[data-kept]')?.textContent;
    const box = renew(old, fresh);
    const kept = box.querySelector('[data-kept]');
    if (kept !== null && text !== undefined) {
      kept.textContent = text;
      kept.parentElement.hidden = text === '';
    } else if (text && box.querySelector('textarea') !== null) {
      box.querySelector('textarea').value = text;
    }
  }
}

document.addEventListener('oono:stale', ({ detail }) => {
  sign = detail ?? sign;
  void keepFresh();
});

document.addEventListener('click', async (event) => {
  const link = event.target.closest('.older a');
  if (link !== null) {
    event.preventDefault();
    const thread = link.closest('message-thread');
    const page = await fetchPage(link.href);
    if (!thread.isConnected) {
      return;
    }
    if (page === null) {
      location.assign(link.href);
    } else {
      takeIn(thread, [...page.querySelectorAll('.log [data-at]')]);
      const older = page.querySelector('.older');
      older === null
        ? link.parentElement.remove()
        : link.parentElement.replaceWith(document.adoptNode(older));
    }
  }
});
