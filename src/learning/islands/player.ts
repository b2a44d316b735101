/**
 * Counts the time that a lesson is really looked at or played, and reports it. It decides nothing: the server
 * credits what it saw pass. Seconds that could not be sent (a broken line) are kept and sent again.
 */
type Words = Record<
  'time' | 'minutes' | 'seconds' | 'met' | 'metTag' | 'done' | 'offline' | 'signIn' | 'gone' | 'speed',
  string
>;
type Answer = { totalSeconds: number; requiredSeconds: number; lessonMet: boolean; courseCompleted: boolean };

const reportEvery = 20;
const longestTick = 5;
const longestReport = 300;

const root = document.getElementById('player');
const media = document.querySelector<HTMLMediaElement>('#media');
const isSound = media instanceof HTMLAudioElement;
const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '';

class Reporter {
  readonly root: HTMLElement;
  readonly words: Words;
  readonly required: number;
  credited: number;
  isMet: boolean;
  waiting = 0; // seconds that passed and are not yet acknowledged
  sending = false;
  stopped = false;
  retryAt = 0;
  failures = 0;
  last = performance.now();

  constructor(place: HTMLElement) {
    // No destructuring here: the build cannot write it in the words of old phones.
    const data = place.dataset;
    this.root = place;
    this.words = JSON.parse(data['words'] ?? '{}') as Words;
    this.required = Number(data['required']);
    this.credited = Number(data['done']);
    this.isMet = data['met'] === '1';
  }

  start(): void {
    hide('player-by-hand');
    if (media) prepare(media, this.words, Number(this.root.dataset['position']));
    void this.send();
    setInterval(() => this.tick(), 1000);
    addEventListener('pagehide', () => this.leave());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.leave();
      this.last = performance.now();
    });
    addEventListener('online', () => {
      this.retryAt = 0;
    });
  }

  tick(): void {
    const now = performance.now();
    const passed = (now - this.last) / 1000;
    this.last = now;
    // A machine that slept wakes with one long tick; a sound in the background is ticked once a minute.
    if (isCounting()) this.waiting += Math.min(passed, isSound ? 65 : longestTick);
    this.draw();
    const reaches = this.required > 0 && this.credited + this.waiting >= this.required + 1;
    const isDue = this.waiting >= reportEvery || (!this.isMet && reaches);
    if (isDue && (!this.isMet || media) && now >= this.retryAt) void this.send();
  }

  post(seconds: number): Promise<Response> {
    const data = this.root.dataset;
    const position = media ? Math.floor(media.currentTime) : undefined;
    return fetch('/api/v1/engagement', {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json', 'x-csrf-token': token },
      body: JSON.stringify({ enrolmentId: data['enrolment'], lessonId: data['lesson'], seconds, position }),
    });
  }

  async send(): Promise<void> {
    if (this.sending || this.stopped) return;
    this.sending = true;
    const seconds = Math.min(longestReport, Math.floor(this.waiting));
    try {
      const response = await this.post(seconds);
      if (response.ok) {
        this.waiting = Math.max(0, this.waiting - seconds);
        this.failures = 0;
        this.trouble('');
        this.take((await response.json()) as Answer);
      } else this.refuse(response.status);
    } catch {
      this.later();
    }
    this.sending = false;
  }

  refuse(status: number): void {
    if (status >= 500 || status === 429) {
      this.later();
      return;
    }
    this.stopped = true;
    this.trouble(status === 404 ? this.words.gone : this.words.signIn);
  }

  /** What could not be sent is kept; the next trials come at growing distances. */
  later(): void {
    this.failures += 1;
    this.retryAt = performance.now() + Math.min(60, 5 * 2 ** this.failures) * 1000;
    this.trouble(this.words.offline);
  }

  take(answer: Answer): void {
    this.credited = answer.totalSeconds;
    if (answer.lessonMet && !this.isMet) this.celebrate(answer);
    if (answer.courseCompleted) byId('player-done')?.removeAttribute('hidden');
    this.draw();
  }

  celebrate(answer: Answer): void {
    const words = this.words;
    this.isMet = true;
    const tag = byId('player-tag')?.firstElementChild;
    if (tag) {
      tag.textContent = words.metTag;
      tag.className = 'tag done';
    }
    const course = byId('course-progress');
    const after = this.root.dataset['after'];
    const label = course && fill(course, Number(after));
    if (label) label.textContent = `${after}%`;
    const news = byId('player-news');
    if (news) news.textContent = answer.courseCompleted ? `${words.met} ${words.done}` : words.met;
  }

  draw(): void {
    const required = this.required;
    const words = this.words;
    const counted = Math.floor(this.credited + (this.sending ? 0 : this.waiting));
    const shown = this.isMet ? required : Math.min(required, counted);
    fill(this.root, this.isMet ? 100 : (100 * shown) / Math.max(1, required));
    const text = byId('player-text');
    if (!text) return;
    const of = words.time.replace('{required}', duration(required, words));
    if (this.isMet) text.textContent = words.met;
    else if (required > 0) text.textContent = of.replace('{done}', duration(shown, words));
  }

  trouble(text: string): void {
    const place = byId('player-trouble');
    if (!place) return;
    place.textContent = text;
    place.toggleAttribute('hidden', text === '');
  }

  /** The page goes away or is covered: what has passed is sent at once, if no report is on its way. */
  leave(): void {
    this.tick();
    const seconds = Math.min(longestReport, Math.floor(this.waiting));
    if (this.sending || this.stopped || (this.isMet && !media) || seconds < 1) return;
    this.waiting -= seconds;
    this.post(seconds).then(
      async (response) => (response.ok ? this.take((await response.json()) as Answer) : undefined),
      () => {
        this.waiting += seconds;
      },
    );
  }
}

if (root) new Reporter(root).start();

function byId(id: string): HTMLElement | null {
  return document.getElementById(id);
}

function hide(id: string): void {
  byId(id)?.setAttribute('hidden', '');
}

function isCounting(): boolean {
  const isVisible = document.visibilityState === 'visible';
  if (!media) return isVisible;
  // Sound goes on with the screen off; a picture does not.
  return !media.paused && !media.ended && (isVisible || isSound);
}

function duration(seconds: number, words: Words): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts = [
    minutes > 0 ? words.minutes.replace('{n}', String(minutes)) : '',
    rest > 0 || minutes === 0 ? words.seconds.replace('{n}', String(rest)) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** Draws a progress bar anew; answers where its number stands in words. */
function fill(place: Element, percent: number): Element | null {
  const text = `${Math.round(percent)}%`;
  filledPart(place)?.setAttribute('width', `${percent}%`);
  const bar = place.querySelector('[role=progressbar]');
  bar?.setAttribute('aria-valuenow', String(Math.round(percent)));
  bar?.setAttribute('aria-valuetext', text);
  return place.querySelector('.progress-label b');
}

/** A bar that stands at nothing is sent without its filled part. */
function filledPart(place: Element): Element | undefined {
  const track = place.querySelector('.bar-track');
  const fill = place.querySelector('.bar-fill') ?? track?.cloneNode();
  if (!(fill instanceof Element)) return undefined;
  if (!fill.parentNode) track?.after(fill);
  fill.setAttribute('class', 'bar-fill');
  return fill;
}

/** Goes on where it was left, and offers speeds up to double. */
function prepare(player: HTMLMediaElement, words: Words, position: number): void {
  const resume = () => {
    if (position > 2 && position < player.duration - 5) player.currentTime = position;
  };
  if (player.readyState > 0) resume();
  else player.addEventListener('loadedmetadata', resume, { once: true });
  player.addEventListener('ratechange', () => {
    if (player.playbackRate > 2) player.playbackRate = 2;
  });
  const label = document.createElement('label');
  const select = document.createElement('select');
  for (const speed of [1, 1.25, 1.5, 2]) select.add(new Option(`${speed}×`, String(speed)));
  select.addEventListener('change', () => {
    player.playbackRate = Number(select.value);
  });
  label.className = 'lesson-speed';
  label.append(`${words.speed} `, select);
  player.after(label);
}
