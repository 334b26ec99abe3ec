import { loadStyle } from './load-style.js';

await loadStyle(document.getElementById('media-parts').dataset.style);

const parts = document.getElementById('media-parts').content;
const speeds = [1, 1.5, 2];
/** An arrow key goes so far, in seconds; in a short note a tenth of it. */
const farthest = 5;

const speed = () => Number(sessionStorage.getItem('speed')) || 1;

/** A voice note: play and pause, where it is, how fast. The audio element inside it does the playing. */
class VoiceNote extends HTMLElement {
  connectedCallback() {
    // A message that is drawn anew takes its player along.
    if (this.audio === undefined) {
      this.build();
    }
  }

  build() {
    this.audio = this.querySelector('audio');
    this.row = parts.querySelector('.voice__player').cloneNode(true);
    this.trouble = parts.querySelector('.voice__trouble').cloneNode(true);
    this.button = this.row.querySelector('.btn--icon');
    this.range = this.row.querySelector('input');
    this.speed = this.row.querySelector('.btn--speed');
    this.audio.controls = false;
    this.audio.before(this.row, this.trouble);
    this.trouble.querySelector('a').href = `${this.audio.getAttribute('src')}?download`;

    this.button.addEventListener('click', () => this.toggle());
    this.speed.addEventListener('click', () => faster());
    this.range.addEventListener('input', () => this.seek(Number(this.range.value)));
    this.range.addEventListener('keydown', (event) => this.onKey(event));
    for (const type of ['play', 'pause', 'timeupdate', 'durationchange', 'seeked']) {
      this.audio.addEventListener(type, () => this.draw());
    }
    this.audio.addEventListener('ended', () => this.playNext());
    this.audio.addEventListener('error', () => this.complain());
    this.draw();
    this.drawSpeed();
  }

  /** Seconds; 0 while nobody knows. */
  get total() {
    const { duration } = this.audio;
    return Number.isFinite(duration) ? duration : Number(this.dataset.duration ?? 0) / 1000;
  }

  toggle() {
    if (this.audio.paused) {
      this.play();
    } else {
      this.audio.pause();
    }
  }

  play() {
    this.audio.playbackRate = speed();
    // Why it cannot be played is said where the element says so.
    this.audio.play().catch(() => {});
  }

  seek(seconds) {
    this.audio.currentTime = Math.min(Math.max(0, seconds), this.total);
    this.draw();
  }

  onKey(event) {
    const forwards = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (forwards !== undefined) {
      event.preventDefault();
      this.seek(this.audio.currentTime + forwards * Math.min(farthest, this.total / 10));
    }
  }

  /** The voice note that follows right after, as one listens to somebody. */
  playNext() {
    const messages = [...document.querySelectorAll('.log .msg')];
    const next = messages[messages.indexOf(this.closest('.msg')) + 1]?.querySelector('voice-note');
    if ('voice' in this.dataset && next != null && 'voice' in next.dataset) {
      next.play();
    }
  }

  draw() {
    const { currentTime, paused } = this.audio;
    const { total } = this;
    const word = paused ? this.button.dataset.play : this.button.dataset.pause;
    const isBegun = currentTime > 0 || !paused;
    this.row.classList.toggle('is-playing', !paused);
    this.button.ariaLabel = `${word}: ${this.audio.ariaLabel}`;
    this.range.disabled = total === 0;
    this.range.max = total;
    this.range.value = currentTime;
    const time =
      isBegun && total > 0 ? `${clock(currentTime)} / ${clock(total)}` : clock(isBegun ? currentTime : total);
    this.range.ariaValueText = time;
    this.querySelector('[data-time]').textContent = total > 0 || isBegun ? time : '';
  }

  drawSpeed() {
    const rate = speed();
    this.speed.firstElementChild.textContent = `${rate.toLocaleString(document.documentElement.lang)}×`;
    if (!this.audio.paused) {
      this.audio.playbackRate = rate;
    }
  }

  complain() {
    this.row.hidden = true;
    this.trouble.hidden = false;
  }
}

/** For all of the tab. */
function faster() {
  sessionStorage.setItem('speed', speeds[(speeds.indexOf(speed()) + 1) % speeds.length]);
  for (const note of document.querySelectorAll('voice-note')) {
    note.drawSpeed();
  }
}

function clock(seconds) {
  const all = Math.floor(seconds);
  const two = (value) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor(all / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

customElements.define('voice-note', VoiceNote);
