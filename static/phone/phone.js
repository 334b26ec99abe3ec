/**
 * The phone works without this file. With it, what the business writes appears by itself, forms do not
 * reload the page, and looking at the thread marks it as read. The server renders; this only swaps.
 */
const { events } = document.body.dataset;

if (events) {
  let again = false;
  let busy = false;

  const look = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    do {
      again = false;
      const answer = await fetch(location.href).catch(() => null);
      if (answer?.ok) {
        take(await answer.text());
      } else if (answer?.status === 404) {
        // Somebody started over, and this customer is not there any more.
        location.assign('/phone');
      }
    } while (again);
    busy = false;
    await read();
  };

  /** Replaces the live parts that differ, and keeps open what the person has open. */
  const take = (html) => {
    const next = new DOMParser().parseFromString(html, 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const newer = next.getElementById(part.id);
      if (newer && newer.innerHTML !== part.dataset.shown) {
        const open = [...part.querySelectorAll('details[open]')].map(({ dataset }) => dataset.key);
        part.dataset.shown = newer.innerHTML;
        part.replaceChildren(...newer.childNodes);
        for (const details of part.querySelectorAll('details')) {
          details.open = open.includes(details.dataset.key);
        }
      }
    }
  };

  const read = async () => {
    const form = document.querySelector('[data-reading]');
    if (form && document.visibilityState === 'visible') {
      await post(form, null);
    }
  };

  const post = (form, submitter) => {
    const fields = new FormData(form, submitter);
    const isForm = form.enctype === 'multipart/form-data';
    return fetch(form.action, { method: 'POST', body: isForm ? fields : new URLSearchParams(fields) });
  };

  document.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event;
    if (form.method === 'post') {
      event.preventDefault();
      form.closest('details')?.removeAttribute('open');
      const sent = post(form, submitter);
      if (form.enctype === 'multipart/form-data') {
        form.reset();
      }
      const say = form.querySelector('#say');
      if (say) {
        say.value = '';
        form.querySelector('[name=quote]')?.remove();
        document.querySelector('.quoting')?.remove();
        history.replaceState(null, '', location.href.replace(/&quote=[^&#]*/, '').replace(/#.*$/, ''));
      }
      await sent;
      await look();
    }
  });

  // It does not bubble.
  document.addEventListener(
    'play',
    ({ target }) => {
      const { played: wamid } = target.dataset;
      if (wamid) {
        delete target.dataset.played;
        const { pathname, searchParams } = new URL(target.src);
        const number = searchParams.get('number');
        void fetch(pathname.replace(/files\/.*$/, 'plays'), {
          method: 'POST',
          body: new URLSearchParams({ number, wamid }),
        });
      }
    },
    true,
  );

  document.addEventListener('visibilitychange', () => look());
  new EventSource(events).onmessage = () => look();
  void read();
}
