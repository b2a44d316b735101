import type { Words } from './drawing.ts';
import { addPart, type Part } from './parts.ts';

const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2];
const speedKey = 'daksh.speed';

/** A recording on the page: which parts of it were played, where it stands, how fast it runs. */
export class Recording {
  readonly media: HTMLMediaElement;
  parts: Part[] = [];
  /** Told when somebody jumps forward. */
  onSkipped: (part: Part) => void = () => undefined;
  #at: number;
  #notedAt = performance.now();

  constructor(media: HTMLMediaElement) {
    this.media = media;
    this.#at = media.currentTime;
    media.addEventListener('timeupdate', () => this.note());
    media.addEventListener('pause', () => this.note());
    // By then the recording stands elsewhere already: what lies between was not played.
    media.addEventListener('seeking', () => this.#skip());
  }

  /** Sound goes on with the screen off; a picture does not. */
  isPlayed(): boolean {
    const isSeen = document.visibilityState === 'visible' || this.media instanceof HTMLAudioElement;
    return isSeen && !this.media.paused && !this.media.ended;
  }

  /** Where it stands, once its length is known. */
  place(): number | undefined {
    return this.media.readyState > 0 ? this.media.currentTime : undefined;
  }

  /** Takes down what was played since the last note, unless the recording jumped. */
  note(): void {
    const now = performance.now();
    const to = this.media.currentTime;
    const most = ((now - this.#notedAt) / 1000) * 2 + 0.5;
    const isSeen = document.visibilityState === 'visible' || this.media instanceof HTMLAudioElement;
    if (isSeen && !this.media.seeking && to > this.#at && to - this.#at <= most)
      addPart(this.parts, this.#at, to);
    this.#at = to;
    this.#notedAt = now;
  }

  #skip(): void {
    const to = this.media.currentTime;
    if (to > this.#at) this.onSkipped([this.#at, to]);
    this.#at = this.media.currentTime;
    this.#notedAt = performance.now();
  }
}

/** Goes on where it was left, once its length is known. */
export function resume(media: HTMLMediaElement, position: number, onResumed: () => void): void {
  const go = () => {
    if (position <= 2 || position >= media.duration - 5) return;
    media.currentTime = position;
    onResumed();
  };
  if (media.readyState > 0) go();
  else media.addEventListener('loadedmetadata', go, { once: true });
}

/** Offers speeds up to double, and remembers the one chosen. */
export function offerSpeeds(media: HTMLMediaElement, words: Words): void {
  const label = document.createElement('label');
  const select = document.createElement('select');
  for (const speed of speeds) select.add(new Option(`${speed}×`, String(speed)));
  const choose = (speed: number) => {
    media.defaultPlaybackRate = speed;
    media.playbackRate = speed;
  };
  media.addEventListener('ratechange', () => {
    if (media.playbackRate > 2) media.playbackRate = 2;
    if (speeds.includes(media.playbackRate)) select.value = String(media.playbackRate);
  });
  select.addEventListener('change', () => {
    choose(Number(select.value));
    remember(select.value);
  });
  const last = Number(remembered());
  select.value = String(speeds.includes(last) ? last : 1);
  if (select.value !== '1') choose(Number(select.value));
  label.className = 'lesson-speed';
  label.append(`${words.speed} `, select);
  media.after(label);
}

function remember(speed: string): void {
  try {
    localStorage.setItem(speedKey, speed);
  } catch {
    // Chosen again next time.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(speedKey);
  } catch {
    return null;
  }
}
