import { makeItem } from './items.js';
import { copyOf, say, voiceBytes, words } from './parts.js';
import { drawLevel, followLevel } from './recorder-level.js';
import { bitrate, loadWriter } from './voice-note.js';

const longest = 240_000;
const warningAt = 210_000;
const shortest = 300;
/** A press that lasts so long ends the recording when it ends. */
const holding = 500;
/** What may still come with the last second. */
const reserve = 8_192;
const types = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];
const said = words.recorder;

let recording = null;
let wasPointer = false;

/** Pressed: by a pointer, which may hold it, or by a key. A click that follows a pointer is the same press. */
export async function pressMicrophone(press) {
  const isSame = press.type === 'click' && wasPointer;
  wasPointer = press.type === 'pointerdown';
  if (isSame) {
    return;
  } else if (recording === null) {
    await start(press);
  } else {
    recording.stop();
  }
}

async function start(press) {
  const box = document.querySelector('compose-box[data-tray]');
  const own = open(box);
  recording = own;
  const why = obstacle() ?? (await listen(own));
  if (own.isOver) {
    own.release();
  } else if (why !== null) {
    close(own);
    box.say(why);
  } else {
    box.say('');
    record(own);
    own.press = press.type === 'pointerdown' && !press.isOver ? press : null;
    say(said.saysRecording);
  }
}

function obstacle() {
  if (!window.isSecureContext) {
    return said.insecure;
  }
  const isAble = navigator.mediaDevices && window.MediaRecorder && window.AudioContext;
  return isAble ? null : said.unsupported;
}

function open(box) {
  const panel = copyOf('recorder');
  const own = {
    box,
    panel,
    chunks: [],
    bytes: 0,
    isOver: false,
    isKept: true,
    release: () => {},
    stop: () => cancel(own),
  };
  panel.querySelector('[data-stop]').addEventListener('click', () => own.stop());
  panel.querySelector('[data-cancel]').addEventListener('click', () => cancel(own));
  box.querySelector('file-tray').prepend(panel);
  box.querySelector('.composer__mic').setAttribute('aria-pressed', 'true');
  return own;
}

/** Opens the microphone as one channel, whatever it has, and what records it. Resolves to why it cannot. */
async function listen(own) {
  try {
    const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    let context = null;
    own.release = () => {
      for (const track of stream.getTracks()) {
        track.stop();
      }
      void context?.close();
    };
    context = new AudioContext();
    const mono = new MediaStreamAudioDestinationNode(context, {
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
    own.level = followLevel(context, source);
    source.connect(mono);
    own.recorder = recorderOf(mono.stream);
    // Not waited for: some browsers answer only once the finger is lifted.
    void context.resume();
    return null;
  } catch ({ name }) {
    return (
      { NotAllowedError: said.denied, NotFoundError: said.missing, NotReadableError: said.busy }[name] ??
      said.unsupported
    );
  }
}

function recorderOf(stream) {
  const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
  return new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: bitrate });
}

function record(own) {
  const { recorder } = own;
  own.stop = () => recorder.state !== 'inactive' && recorder.stop();
  own.startedAt = performance.now();
  recorder.addEventListener('dataavailable', ({ data }) => {
    own.chunks.push(data);
    own.bytes += data.size;
  });
  recorder.addEventListener('stop', () => keep(own, recorder.mimeType));
  recorder.start(1_000);
  own.panel.dataset.state = 'recording';
  own.panel.querySelector('[data-state-words]').textContent = said.recording;
  own.timer = setInterval(tick, 100, own);
  void loadWriter().catch(() => null);
}

function tick(own) {
  const passed = performance.now() - own.startedAt;
  const seconds = Math.floor(passed / 1000);
  own.panel.querySelector('[data-time]').textContent = timeInWords(seconds);
  drawLevel(own.panel.querySelector('path'), own.level.read());
  if (own.level.isSilent && passed > 3_000) {
    own.panel.querySelector('[data-state-words]').textContent = said.silent;
  }
  if (passed > warningAt && !own.isWarned) {
    own.isWarned = true;
    say(said.saysEnding);
  }
  if (passed > longest || own.bytes > voiceBytes - reserve) {
    say(said.saysFull);
    own.stop();
  }
}

const timeInWords = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** What was recorded is heard before it is sent: it stands in the tray, and is on its way there already. */
function keep(own, type) {
  const { box, chunks, bytes, isKept, startedAt } = own;
  const passed = performance.now() - startedAt;
  if (!isKept) {
    return;
  }
  close(own);
  if (bytes === 0 || passed < shortest) {
    box.say(said.empty);
  } else {
    const seconds = Math.max(1, Math.round(passed / 1000));
    const file = new Blob(chunks, { type });
    const item = makeItem({ conversation: box.dataset.id, file, isVoice: true, isRaw: true, seconds });
    box.querySelector('file-tray').begin(item);
    say(said.saysRecorded.replace('#', seconds));
  }
}

function cancel(own) {
  own.isKept = false;
  if (own.startedAt !== undefined) {
    own.stop();
  }
  close(own);
  say(said.saysCancelled);
}

function close(own) {
  clearInterval(own.timer);
  own.isOver = true;
  own.release();
  const hadFocus = own.panel.contains(document.activeElement);
  own.panel.remove();
  const button = own.box.querySelector('.composer__mic');
  button?.removeAttribute('aria-pressed');
  if (hadFocus) {
    button?.focus();
  }
  recording = recording === own ? null : recording;
}

for (const type of ['pointerup', 'pointercancel']) {
  document.addEventListener(type, ({ timeStamp }) => {
    // The click that belongs to it comes first.
    setTimeout(() => {
      wasPointer = false;
    });
    const press = recording?.press;
    if (press && timeStamp - press.at > holding) {
      recording.stop();
    } else if (press) {
      recording.press = null;
    }
  });
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && recording !== null) {
    event.preventDefault();
    cancel(recording);
  }
});

/** Enter and Send end a recording: nobody sends what they have not heard. */
document.addEventListener(
  'submit',
  (event) => {
    if (recording !== null && event.target.matches('.composer')) {
      event.preventDefault();
      event.stopImmediatePropagation();
      recording.stop();
    }
  },
  { capture: true },
);

/** Whoever opens another conversation finds it where it was recorded. */
document.addEventListener('oono:left', ({ detail: box }) => recording?.box === box && recording.stop());

window.addEventListener('beforeunload', (event) => recording !== null && event.preventDefault());
