import { change, items } from './items.js';
import { words } from './parts.js';
import { makeVoiceNote } from './voice-note.js';

const atOnce = 2;
const waiting = [];
let running = 0;

/** Uploads it as soon as fewer than two others are under way. */
export function upload(item) {
  change(item, { state: 'waiting', progress: 0, why: '', isCutOff: false });
  waiting.push(item);
  goOn();
}

function goOn() {
  while (running < atOnce && waiting.length > 0) {
    running++;
    void deliver(waiting.shift()).finally(() => {
      running--;
      goOn();
    });
  }
}

async function deliver(item) {
  if (item.isGone) {
    return;
  }
  change(item, { state: 'uploading' });
  if (!(await isReadable(item.file))) {
    change(item, { state: 'refused', why: words.lost });
  } else if (await isPrepared(item)) {
    settle(item, await post(item));
  }
}

/** What was recorded becomes a voice note first; without the part that does it there is nothing to send yet. */
async function isPrepared(item) {
  if (!item.isRaw) {
    return true;
  }
  try {
    const note = await makeVoiceNote(item.file);
    change(item, { ...note, url: URL.createObjectURL(canPlay(note.file) ? note.file : item.file) });
    return !item.isGone;
  } catch (error) {
    const isCutOff = error.isCutOff === true;
    change(item, isCutOff ? cutOff : { state: 'refused', why: words.recorder.failed });
    return false;
  }
}

const canPlay = ({ type }) => new Audio().canPlayType(type) !== '';

const cutOff = { state: 'failed', isCutOff: true, why: words.unreachable };

/** A folder cannot be read, nor what was changed after it had been chosen. */
const isReadable = (file) =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );

function post(item) {
  const request = new XMLHttpRequest();
  item.request = request;
  return new Promise((resolve) => {
    request.open('POST', `/conversations/${item.conversation}/files`);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', item.file.type || 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent((item.file.name ?? item.name).toWellFormed()));
    if (item.isVoice) {
      request.setRequestHeader('x-voice', '1');
    }
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      change(item, { progress: loaded / total }),
    );
    request.addEventListener('loadend', () => resolve(request));
    request.send(item.file);
  });
}

function settle(item, { status, responseText }) {
  const answer = read(responseText);
  if (item.isGone) {
    return;
  }
  if (status === 201) {
    const { id, kind, bytes, thumbnail, hint } = answer;
    change(item, { state: 'ready', id, kind, bytes, thumbnail, why: hint ?? '', readyAt: Date.now() });
  } else if (status === 0) {
    change(item, cutOff);
  } else if (status === 401) {
    change(item, { state: 'failed', why: words.signedOut });
  } else {
    const why = answer.title === undefined ? words.refused : `${answer.title} ${answer.detail ?? ''}`;
    change(item, { state: isFinal(status) ? 'refused' : 'failed', why });
  }
}

const isFinal = (status) => status >= 400 && status < 500 && status !== 408 && status !== 429;

/** A proxy in between answers pages. */
function read(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** What the line cut off goes on with the line. */
function again() {
  for (const item of items.values()) {
    if (item.state === 'failed' && item.isCutOff) {
      upload(item);
    }
  }
}

document.addEventListener('oono:connected', again);
window.addEventListener('online', again);
