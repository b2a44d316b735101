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
if (root) start(root);

function start(root: HTMLElement): void {
  const data = root.dataset;
  const words = JSON.parse(data['words'] ?? '{}') as Words;
  const required = Number(data['required']);
  let credited = Number(data['done']);
  let isMet = data['met'] === '1';
  let waiting = 0; // seconds that passed and are not yet acknowledged
  let sending = false;
  let stopped = false;
  let retryAt = 0;
  let failures = 0;
  let last = performance.now();

  const get = (id: string) => document.getElementById(id);
  const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '';

  function isCounting(): boolean {
    const visible = document.visibilityState === 'visible';
    if (!media) return visible;
    // Sound goes on with the screen off; a picture does not.
    return !media.paused && !media.ended && (visible || media instanceof HTMLAudioElement);
  }

  function tick(): void {
    const now = performance.now();
    const passed = (now - last) / 1000;
    last = now;
    // A machine that slept wakes with one long tick; a sound in the background is ticked once a minute.
    if (isCounting()) waiting += Math.min(passed, media instanceof HTMLAudioElement ? 65 : longestTick);
    draw();
    const isDue = waiting >= reportEvery || (!isMet && required > 0 && credited + waiting >= required + 1);
    if (isDue && (!isMet || media) && now >= retryAt) void send();
  }

  function body(seconds: number): string {
    const position = media ? Math.floor(media.currentTime) : undefined;
    return JSON.stringify({ enrolmentId: data['enrolment'], lessonId: data['lesson'], seconds, position });
  }

  function post(seconds: number): Promise<Response> {
    return fetch('/api/v1/engagement', {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json', 'x-csrf-token': token },
      body: body(seconds),
    });
  }

  async function send(): Promise<void> {
    if (sending || stopped) return;
    sending = true;
    const seconds = Math.min(longestReport, Math.floor(waiting));
    try {
      const response = await post(seconds);
      if (response.ok) {
        waiting = Math.max(0, waiting - seconds);
        failures = 0;
        trouble('');
        take((await response.json()) as Answer);
      } else refuse(response.status);
    } catch {
      later(words.offline);
    }
    sending = false;
  }

  function refuse(status: number): void {
    if (status >= 500 || status === 429) {
      later(words.offline);
      return;
    }
    stopped = true;
    trouble(status === 404 ? words.gone : words.signIn);
  }

  function later(text: string): void {
    failures += 1;
    retryAt = performance.now() + Math.min(60, 5 * 2 ** failures) * 1000;
    trouble(text);
  }

  function take(answer: Answer): void {
    credited = answer.totalSeconds;
    if (answer.lessonMet && !isMet) {
      isMet = true;
      const tag = get('player-tag')?.firstElementChild;
      if (tag) {
        tag.textContent = words.metTag;
        tag.className = 'tag done';
      }
      get('player-by-hand')?.setAttribute('hidden', '');
      const course = get('course-progress');
      const label = course && fill(course, Number(data['after']));
      if (label) label.textContent = `${data['after']}%`;
      say(answer.courseCompleted ? `${words.met} ${words.done}` : words.met);
    }
    if (answer.courseCompleted) get('player-done')?.removeAttribute('hidden');
    draw();
  }

  function draw(): void {
    const shown = isMet ? required : Math.min(required, Math.floor(credited + (sending ? 0 : waiting)));
    const percent = isMet ? 100 : (100 * shown) / Math.max(1, required);
    fill(root, percent);
    const text = get('player-text');
    if (!text) return;
    if (isMet) text.textContent = words.met;
    else if (required > 0)
      text.textContent = words.time
        .replace('{required}', duration(required))
        .replace('{done}', duration(shown));
  }

  function duration(seconds: number): string {
    const minutes = Math.floor(seconds / 60);
    const rest = seconds % 60;
    const parts = [
      minutes > 0 ? words.minutes.replace('{n}', String(minutes)) : '',
      rest > 0 || minutes === 0 ? words.seconds.replace('{n}', String(rest)) : '',
    ];
    return parts.filter(Boolean).join(' ');
  }

  function say(text: string): void {
    const news = get('player-news');
    if (news) news.textContent = text;
  }

  function trouble(text: string): void {
    const place = get('player-trouble');
    if (!place) return;
    place.textContent = text;
    place.toggleAttribute('hidden', text === '');
  }

  /** The page goes away or is covered: what has passed is sent at once, if no report is on its way. */
  function leave(): void {
    tick();
    const seconds = Math.min(longestReport, Math.floor(waiting));
    if (sending || stopped || (isMet && !media) || seconds < 1) return;
    waiting -= seconds;
    post(seconds).then(
      async (response) => (response.ok ? take((await response.json()) as Answer) : undefined),
      () => {
        waiting += seconds;
      },
    );
  }

  get('player-by-hand')?.setAttribute('hidden', '');
  if (media) prepare(media, words, Number(data['position']));
  void send();
  setInterval(tick, 1000);
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave();
    last = performance.now();
  });
  addEventListener('online', () => {
    retryAt = 0;
  });
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
