const pause = 800;
const patience = 30_000;
/** Of what may outlive its page browsers let no more than 64 KB be under way, and a message may be part of that. */
const longestOutliving = 20_000;
/** Where the page before this one has left its conversation and the revision of its draft. */
const lastKnown = 'oono-draft';
/** Something may have been saved of which this page has not heard. */
let mayBeBehind = false;
const nothing = { text: '', quotedId: null, files: '' };
/**
 * By box: what the server is known to keep and at which revision, what is being saved, what was sent to it and may be
 * kept, the next save, and a draft from elsewhere that is asked about.
 */
const states = new WeakMap();

const isSame = (a, b) => a.text === b.text && a.quotedId === b.quotedId && a.files === b.files;
const idsOf = (files) => files.map(({ id }) => id).join(' ');
const current = () => document.querySelector('compose-box');
const pathOf = (box) => `/conversations/${box.dataset.id}/draft`;

function typedIn({ form }) {
  const { text, quoted, files } = form.elements;
  return { text: text.value, quotedId: Number(quoted.value) || null, files: files.value };
}

/** The form counts a save before its answer, so that a message sent meanwhile takes that save with it. */
function count(box, revision) {
  const field = box.form.elements.revision;
  field.value = Math.max(field.value, revision);
}

function advance(box, revision) {
  const state = states.get(box);
  state.revision = Math.max(state.revision, revision);
  count(box, revision);
}

document.addEventListener('oono:compose', ({ detail: box }) => {
  if (box.form !== null) {
    const revision = Number(box.form.elements.revision.value);
    const [id, last] = (sessionStorage.getItem(lastKnown) ?? '').split(' ');
    mayBeBehind ||= id === box.dataset.id && last > revision;
    const kept = { ...typedIn(box), text: box.text.defaultValue };
    states.set(box, { kept, revision, saving: null, tried: [], timer: null, other: null });
    // What was typed before this script came.
    saveSoon(box);
  }
});

document.addEventListener('oono:left', ({ detail: box }) => flush(box));

document.addEventListener('input', ({ target }) => {
  if (target.matches('compose-box textarea')) {
    sayKept(target.closest('compose-box'), false);
    saveSoon(target.closest('compose-box'));
  }
});

/** A file is there or gone for good: nobody waits for the next key. */
document.addEventListener('oono:files', ({ detail: box }) => void save(box));

function saveSoon(box) {
  const state = states.get(box);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(box), pause);
}

function flush(box) {
  const state = states.get(box);
  if (state !== undefined && box.form !== null) {
    clearTimeout(state.timer);
    void save(box, true);
  }
}

/**
 * A save is based on what is known, so that it never overwrites what this tab has not heard of, and waits for the one
 * that is still under way: it might overtake it. One that leaves with its page cannot wait, and is based on that one.
 */
async function save(box, isLeaving = false) {
  const state = states.get(box);
  const { saving } = state;
  const typed = typedIn(box);
  const isKnown = saving !== null || state.tried.length === 0;
  if (state.other !== null || (isKnown && isSame(typed, saving ?? state.kept))) {
    return;
  } else if (saving !== null && !isLeaving) {
    saveSoon(box);
    return;
  }
  const revision = state.revision + (saving === null ? 0 : 1);
  const body = new URLSearchParams({
    text: typed.text,
    key: box.form.elements.key.value,
    revision,
    quoted: typed.quotedId ?? '',
    files: typed.files,
  });
  state.saving = typed;
  state.tried.push(typed);
  count(box, revision + 1);
  const headers = { accept: 'application/json' };
  const keepalive = isLeaving || body.toString().length < longestOutliving;
  const answer = await ask(pathOf(box), { method: 'POST', headers, body, keepalive });
  if (state.saving === typed) {
    state.saving = null;
  }
  if (answer !== null) {
    meet(box, answer.draft, answer.ok && typed);
    sayKept(box, answer.ok && typed.text !== '' && isSame(typedIn(box), typed));
  }
}

/** What the server keeps, and whether it took what it was given; null when that cannot be known. */
async function ask(path, init) {
  try {
    const answer = await fetch(path, { signal: AbortSignal.timeout(patience), ...init });
    const { ok, status } = answer;
    return ok || status === 409 ? { ok, draft: await answer.json() } : null;
  } catch {
    return null;
  }
}

function sayKept(box, isKept) {
  const words = box.querySelector('.composer__saved');
  if (words !== null) {
    words.hidden = !isKept;
  }
}

/** What the server keeps now, after a save of this tab or of another one. */
function meet(box, told, taken) {
  const draft = { ...told, files: idsOf(told.files) };
  const state = states.get(box);
  const isBehind = draft.revision < state.revision;
  if (!isBehind) {
    // A push may be here before the answer, and the answer may have been lost.
    state.kept = taken || (state.tried.find((one) => isSame(one, draft)) ?? state.kept);
    state.tried = state.saving === null ? [] : [state.saving];
    meetFiles(box, draft, told.files);
  }
  const mine = typedIn(box);
  if (isBehind || isSame(draft, state.kept)) {
    advance(box, draft.revision);
    if (!isBehind && draft.key === '') {
      box.renewKey();
    }
    if (!isBehind && !isSame(mine, state.kept)) {
      saveSoon(box);
    }
  } else if (isSame(draft, mine) || isSame(mine, state.kept)) {
    adopt(box, draft);
  } else if (draft.text === '') {
    advance(box, draft.revision);
    state.kept = { ...nothing, files: draft.files };
    saveSoon(box);
  } else {
    askAbout(box, draft);
  }
}

/** Files come and go on their own: what another window did with them is done here too, unless this one did as well. */
function meetFiles(box, { files }, shown) {
  const state = states.get(box);
  const field = box.form.elements.files;
  if (field.value === state.kept.files && field.value !== files) {
    field.value = files;
    const detail = { what: 'elsewhere', box, files: shown };
    document.dispatchEvent(new CustomEvent('oono:tray', { detail }));
  }
  state.kept = { ...state.kept, files };
}

function adopt(box, draft) {
  const { text, key } = box.form.elements;
  if (!box.isBegun) {
    box.markSeen();
  }
  advance(box, draft.revision);
  states.get(box).kept = { text: draft.text, quotedId: draft.quotedId, files: draft.files };
  if (draft.key === '') {
    // It was sent under the key that stands here.
    box.renewKey();
  } else {
    key.value = draft.key;
  }
  if (text.value !== draft.text) {
    text.value = draft.text;
    box.isBegun = draft.text !== '';
  }
  showQuoted(box, draft.quotedId);
}

function showQuoted(box, id) {
  const shown = id === null ? null : document.getElementById(`message-${id}`);
  const kind = shown?.querySelector('[data-says]')?.dataset.says ?? '';
  const excerpt = shown?.querySelector('.text')?.firstChild?.textContent || kind;
  box.quote({ id: id ?? '', author: shown?.dataset.name ?? '', excerpt });
}

/** Neither text is thrown away by itself. */
function askAbout(box, draft) {
  states.get(box).other = draft;
  const question = box.querySelector('[data-other-draft]');
  question.querySelector('q').textContent = draft.text.slice(0, 200);
  question.hidden = false;
}

function endQuestion(box) {
  const { other } = states.get(box);
  states.get(box).other = null;
  box.querySelector('[data-other-draft]').hidden = true;
  return other;
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-take-other], [data-keep-own]');
  if (button !== null) {
    const box = button.closest('compose-box');
    const other = endQuestion(box);
    if (button.matches('[data-take-other]')) {
      adopt(box, other);
    } else {
      advance(box, other.revision);
      states.get(box).kept = other;
      void save(box);
    }
    box.text.focus();
  }
});

/** What goes out is a draft no more; the server says so to the other tabs. One kept elsewhere takes its place. */
document.addEventListener('oono:send', ({ detail: { conversation, fields } }) => {
  const box = current();
  const state = states.get(box);
  clearTimeout(state.timer);
  Object.assign(state, { kept: nothing, saving: null, tried: [] });
  advance(box, Number(fields.revision) + 1);
  sayKept(box, false);
  markRow(conversation, '');
  if (state.other !== null) {
    adopt(box, endQuestion(box));
  }
});

document.addEventListener('oono:told', ({ detail: draft }) => {
  if (draft.kind === 'draft') {
    const box = current();
    if (box?.form && Number(box.dataset.id) === draft.conversationId) {
      meet(box, draft);
    }
    markRow(draft.conversationId, draft.text);
  }
});

/** A list that has just come may have been drawn before the last save. */
document.addEventListener('oono:fresh', () => {
  const box = current();
  if (states.has(box)) {
    markRow(box.dataset.id, states.get(box).kept.text);
  }
});

function markRow(conversation, text) {
  const start = document.querySelector(`#row-${conversation} .row__draft`);
  if (start !== null) {
    start.querySelector('bdi').textContent = text.slice(0, 120);
    start.hidden = text === '';
  }
}

document.addEventListener('htmx:ws:close', () => {
  mayBeBehind = true;
});

/** What could not be saved while there was no connection is, and what was saved meanwhile is shown. */
document.addEventListener('oono:connected', async () => {
  const box = current();
  if (mayBeBehind && states.has(box)) {
    mayBeBehind = false;
    await save(box);
    const answer = await ask(pathOf(box), { headers: { 'oono-sign': 'look' } });
    if (answer !== null) {
      meet(box, answer.draft);
    }
  }
});

const flushCurrent = () => current() && flush(current());
window.addEventListener('pagehide', () => {
  flushCurrent();
  const box = current();
  if (states.has(box)) {
    sessionStorage.setItem(lastKnown, `${box.dataset.id} ${box.form.elements.revision.value}`);
  }
});
document.addEventListener('visibilitychange', () => document.hidden && flushCurrent());

window.addEventListener('beforeunload', (event) => {
  const box = current();
  if (!navigator.onLine && states.has(box) && !isSame(typedIn(box), states.get(box).kept)) {
    event.preventDefault();
  }
});
