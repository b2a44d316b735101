/**
 * Counts the time that a lesson is really looked at and which parts of a recording are played, and reports both.
 * It decides nothing: the server credits what its clock allows. What could not be sent (a broken line, a dead
 * battery) is kept in the browser and sent later.
 */
import { byId, duration, fill, hide, type Words } from '../player/drawing.ts';
import { type Kept, keep, takeLeft } from '../player/kept.ts';
import { type Answer, post, postLast, type Report } from '../player/line.ts';
import { PdfPages } from '../player/pages.ts';
import { merged, newSeconds, type Part } from '../player/parts.ts';
import { offerSpeeds, Recording, resume } from '../player/recording.ts';

const longestTick = 5;
const longestSoundTick = 65; // A sound in the background is ticked once a minute.

const root = document.getElementById('player');
const media = document.querySelector<HTMLMediaElement>('#media');

class Reporter {
  readonly root: HTMLElement;
  readonly words: Words;
  readonly recording: Recording | PdfPages | undefined;
  /** Whether the parts seen count, not the time. */
  readonly isByParts: boolean;
  readonly required: number;
  done: number;
  isMet: boolean;
  seen: Part[];
  position: number;
  waiting = 0; // seconds that passed and are not yet acknowledged
  sentPosition = 0;
  toldQuarter = 0;
  hasTurned = false;
  wasCounting = false;
  sending = false;
  onItsWay: Report | undefined;
  isLeaving = false;
  stopped = false;
  /** Time goes on being counted and kept here, and is sent once somebody has signed in again. */
  isSignedOut = false;
  retryAt = 0;
  failures = 0;
  last = performance.now();

  constructor(place: HTMLElement, recording: Recording | PdfPages | undefined) {
    // No destructuring here: the build cannot write it in the words of old phones.
    const data = place.dataset;
    this.root = place;
    this.recording = recording;
    this.words = JSON.parse(data['words'] ?? '{}') as Words;
    this.isByParts = data['parts'] === '1' && recording !== undefined;
    this.required = Number(data['required']);
    this.done = Number(data['done']);
    this.isMet = data['met'] === '1';
    this.seen = JSON.parse(data['seen'] ?? '[]') as Part[];
    this.position = Number(data['position']);
    this.sentPosition = this.position;
  }

  async start(): Promise<void> {
    hide('player-by-hand');
    const left = takeLeft(this.root.dataset['person'] ?? '', Date.now());
    this.takeUp(left);
    if (this.recording instanceof Recording) this.prepare(this.recording);
    else if (this.recording) this.recording.onTurned = () => this.turned();
    else this.preparePages();
    setInterval(() => this.tick(), 1000);
    addEventListener('pagehide', () => this.leave());
    addEventListener('pageshow', () => {
      this.isLeaving = false;
      this.last = performance.now();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') {
        this.tick();
        if (this.isWorthSending()) void this.send();
      }
      this.last = performance.now();
    });
    addEventListener('offline', () => this.trouble(this.words.offline));
    addEventListener('online', () => {
      this.retryAt = 0;
      this.isSignedOut = false;
      void this.send();
    });
    // Before the report that opens this lesson: it would move the clock by which the others are credited.
    await this.sendLeft(left.filter((kept) => kept.lesson !== this.root.dataset['lesson']));
    void this.send();
  }

  /** Of this lesson: what was not acknowledged waits again, and the place is the one last kept. */
  takeUp(left: Kept[]): void {
    const data = this.root.dataset;
    // Phones' clocks are wrong by hours: what was kept is dated by the server's.
    const ahead = Date.now() - Number(data['now']);
    for (const kept of left) {
      if (kept.lesson !== data['lesson'] || kept.enrolment !== data['enrolment']) continue;
      this.waiting += kept.seconds;
      for (const part of kept.parts) this.recording?.parts.push(part);
      if (kept.at - ahead > Number(data['reported'])) this.position = kept.position;
    }
  }

  async sendLeft(left: Kept[]): Promise<void> {
    for (const kept of left) {
      const report = { enrolmentId: kept.enrolment, lessonId: kept.lesson, seconds: kept.seconds };
      if (kept.seconds < 1) continue;
      const more = { position: kept.position, segments: kept.parts.length > 0 ? kept.parts : undefined };
      await post(Object.assign(report, more)).catch(() => keep(kept));
    }
  }

  prepare(recording: Recording): void {
    const player = recording.media;
    recording.onSkipped = (part) => this.skipped(part);
    offerSpeeds(player, this.words);
    resume(player, this.position, () => this.tell(this.words.resumed));
    player.addEventListener('pause', () => this.tick());
    player.addEventListener('seeked', () => this.tick());
  }

  /** Whoever jumps over what is not seen yet wonders why the bar stands still. */
  skipped(part: Part): void {
    const known = this.seen.concat(this.recording?.parts ?? []);
    if (this.isMet || !this.isByParts || newSeconds([part], known) < 5) return;
    byId('player-skipped')?.removeAttribute('hidden');
  }

  /** A PDF is turned in the browser's own viewer; the page that the reader names is where it opens next time. */
  preparePages(): void {
    const field = document.querySelector<HTMLInputElement>('#lesson-page');
    if (!field) return;
    const frame = document.querySelector<HTMLIFrameElement>('.lesson-pdf');
    const open = document.querySelector<HTMLAnchorElement>('#open-pdf');
    const turn = () => {
      this.position = Math.max(1, Math.floor(Number(field.value) || 1));
      const address = `${(open?.href ?? '').split('#')[0]}#page=${this.position}`;
      if (open) open.href = address;
      if (frame) frame.src = address;
    };
    field.closest('[hidden]')?.removeAttribute('hidden');
    field.value = String(Math.max(1, this.position));
    if (this.position > 1) turn();
    field.addEventListener('change', () => {
      turn();
      this.hasTurned = true;
    });
  }

  turned(): void {
    this.hasTurned = true;
    this.tick();
  }

  tick(): void {
    const now = performance.now();
    const passed = (now - this.last) / 1000;
    this.last = now;
    this.recording?.note();
    // A machine that slept wakes with one long tick.
    const most = this.recording && media instanceof HTMLAudioElement ? longestSoundTick : longestTick;
    if (this.isMet && !this.recording) this.waiting = 0;
    // The moments before a pause were played, though nothing plays any more.
    else if (this.isCounting() || this.wasCounting) this.waiting += Math.min(passed, most);
    this.wasCounting = this.isCounting();
    this.position = this.recording?.place() ?? this.position;
    this.keepNow();
    this.draw();
    // Of parts seen there may be no second more than is asked for.
    const spare = this.isByParts ? -0.05 : 1;
    const reaches = this.required > 0 && this.counted() >= this.required + spare;
    const isDue = this.waiting >= (this.recording ? 10 : 20) || (!this.isMet && reaches);
    const isWanted = (isDue && (!this.isMet || this.recording)) || (this.hasTurned && !this.isByParts);
    if (isWanted && now >= this.retryAt) void this.send();
  }

  isCounting(): boolean {
    if (this.recording) return this.recording.isPlayed();
    return document.visibilityState === 'visible';
  }

  /** What counts with all that waits: seconds of the recording, or of time. */
  counted(): number {
    const waiting = this.isByParts ? newSeconds(this.recording?.parts ?? [], this.seen) : this.waiting;
    return this.done + (this.sending ? 0 : waiting);
  }

  keepNow(): void {
    const data = this.root.dataset;
    if (this.stopped) return;
    keep({
      person: data['person'] ?? '',
      enrolment: data['enrolment'] ?? '',
      lesson: data['lesson'] ?? '',
      seconds: this.waiting,
      parts: this.recording?.parts ?? [],
      position: this.position,
      at: Date.now(),
      isLeft: this.isLeaving,
    });
  }

  report(): Report {
    const data = this.root.dataset;
    const at = { enrolmentId: data['enrolment'] ?? '', lessonId: data['lesson'] ?? '' };
    const position = this.position > 0 ? Math.round(this.position * 10) / 10 : undefined;
    const segments = this.isByParts ? merged(this.recording?.parts ?? []).slice(0, 200) : undefined;
    return Object.assign(at, { seconds: Math.round(this.waiting * 1000) / 1000, position, segments });
  }

  async send(): Promise<void> {
    if (this.sending || this.stopped || this.isSignedOut) return;
    this.sending = true;
    this.recording?.note();
    const report = this.report();
    this.onItsWay = report;
    this.hasTurned = false;
    try {
      const response = await post(report);
      if (response.ok) this.acknowledge(report, (await response.json()) as Answer);
      else this.refuse(response.status);
    } catch {
      this.later();
    }
    this.onItsWay = undefined;
    this.sending = false;
    this.draw();
  }

  acknowledge(report: Report, answer: Answer): void {
    // A page that comes back from the browser's store has taken it off when it went.
    if (this.onItsWay === report) this.takeOff(report);
    this.onItsWay = undefined;
    this.sentPosition = report.position ?? 0;
    this.seen = merged(this.seen.concat(report.segments ?? []));
    if (this.failures > 0) this.tell(this.words.sent);
    this.failures = 0;
    this.trouble('');
    this.keepNow();
    this.take(answer);
  }

  refuse(status: number): void {
    if (status >= 500 || status === 429) {
      this.later();
      return;
    }
    this.keepNow();
    this.isSignedOut = status !== 404;
    this.stopped = status === 404;
    this.trouble(this.stopped ? this.words.gone : this.words.signIn);
  }

  /** What could not be sent is kept; the next trials come at growing distances. */
  later(): void {
    this.failures += 1;
    this.hasTurned = !this.recording && this.position !== this.sentPosition;
    this.retryAt = performance.now() + Math.min(60, 5 * 2 ** this.failures) * 1000;
    this.trouble(this.words.offline);
  }

  take(answer: Answer): void {
    this.done = answer.doneSeconds;
    if (answer.lessonMet && !this.isMet) this.celebrate(answer);
    if (answer.courseCompleted) byId('player-done')?.removeAttribute('hidden');
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
    this.tell(answer.courseCompleted ? `${words.met} ${words.done}` : words.met);
  }

  draw(): void {
    const shown = this.isMet ? this.required : Math.min(this.required, Math.floor(this.counted()));
    const percent = this.isMet ? 100 : (100 * shown) / Math.max(1, this.required);
    fill(this.root, percent);
    const quarter = Math.floor(percent / 25);
    if (!this.isMet && quarter > this.toldQuarter && this.toldQuarter > 0)
      this.tell(this.words.part.replace('{percent}', String(quarter * 25)));
    this.toldQuarter = Math.max(1, quarter);
    const text = byId('player-text');
    if (!text) return;
    const of = this.words.time.replace('{required}', this.inWords(this.required));
    if (this.isMet) text.textContent = this.words.met;
    else if (this.required > 0) text.textContent = of.replace('{done}', this.inWords(shown));
  }

  /** As pages of a PDF, else as time. */
  inWords(seconds: number): string {
    const page = Number(this.root.dataset['pageSeconds']);
    if (!(page > 0)) return duration(seconds, this.words);
    // The time asked for is that of whole pages, less what was rounded off.
    const isAll = seconds >= this.required;
    return String(isAll ? Math.ceil(seconds / page - 0.01) : Math.floor((seconds + 0.05) / page));
  }

  /** Said to whoever does not see the bar. */
  tell(text: string): void {
    const news = byId('player-news');
    if (news) news.textContent = text;
  }

  trouble(text: string): void {
    const place = byId('player-trouble');
    if (!place || place.textContent === text) return;
    place.textContent = text;
    place.toggleAttribute('hidden', text === '');
    // The same above, in sight of whoever reads in the middle of a long text.
    const isSignedOut = text !== '' && text === this.words.signIn;
    dispatchEvent(new CustomEvent('daksh-line', { detail: { text, isSignedOut } }));
  }

  /** The page goes away: the browser takes over what has passed, and what is on its way goes on by itself. */
  leave(): void {
    this.tick();
    if (this.onItsWay && navigator.onLine) {
      this.takeOff(this.onItsWay);
      this.onItsWay = undefined;
    }
    if (this.isWorthSending() && postLast(this.report())) {
      this.waiting = 0;
      if (this.recording) this.recording.parts = [];
    }
    this.isLeaving = true;
    this.keepNow();
  }

  takeOff(report: Report): void {
    this.waiting = Math.max(0, this.waiting - report.seconds);
    if (this.recording) this.recording.parts = remaining(this.recording.parts, report.segments ?? []);
  }

  isWorthSending(): boolean {
    if (this.stopped || this.isSignedOut || (this.isMet && !this.recording)) return false;
    const far = this.recording instanceof Recording ? 5 : 0;
    const hasMoved = this.recording !== undefined && Math.abs(this.position - this.sentPosition) > far;
    return this.waiting >= 1 || hasMoved;
  }
}

/** Parts that were played while a report was on its way stay for the next one. */
function remaining(parts: Part[], sent: Part[]): Part[] {
  const end = (part: Part) =>
    sent.reduce((low, one) => (one[0] <= part[0] && one[1] > low ? one[1] : low), part[0]);
  return parts
    .map((part): Part => [Math.min(part[1], end(part)), part[1]])
    .filter((part) => part[1] > part[0]);
}

function recordingOn(place: HTMLElement): Recording | PdfPages | undefined {
  if (media) return new Recording(media);
  const pages = document.getElementById('pdf-pages');
  const seen = JSON.parse(place.dataset['seen'] ?? '[]') as Part[];
  return pages ? new PdfPages(pages, Number(place.dataset['pageSeconds'] ?? 0), seen) : undefined;
}

if (root) void new Reporter(root, recordingOn(root)).start();
