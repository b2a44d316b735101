/**
 * Saves an answer when it changes, waits for a broken line before it leaves the page, and counts the minutes that
 * are left. It decides nothing: each button of the page saves too, and the server's clock says when a paper is closed.
 */
type Words = Record<'left' | 'answered' | 'saved' | 'partial' | 'offline' | 'waiting' | 'over', string>;
type Saved = { savedAt: string | null; next: string; answered?: number };

const form = document.querySelector<HTMLFormElement>('form#paper');
const clock = document.getElementById('time-left');
const saved = document.getElementById('saved');
const words = JSON.parse(saved?.dataset['words'] ?? '{}') as Partial<Words>;
let waiting: ReturnType<typeof setTimeout> | undefined;
/** The button that was pressed while the line was broken: gone on with as soon as the answer is safe. */
let wanted: HTMLElement | null = null;
let isLeaving = false;

function say(text: string | undefined): void {
  if (saved && text && saved.textContent !== text) saved.textContent = text;
}

function resultHref(): string {
  return `${location.pathname.replace(/\/(questions\/.*|review)$/, '')}/result`;
}

async function save(): Promise<void> {
  clearTimeout(waiting);
  if (!form || isLeaving) return;
  const fields = new FormData(form, wanted);
  const body = new URLSearchParams(fields as unknown as Record<string, string>);
  try {
    const reply = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' }, body });
    if (reply.status === 409) location.assign(resultHref());
    else if (reply.status === 401)
      dispatchEvent(new CustomEvent('daksh-line', { detail: { isSignedOut: true } }));
    else if (reply.ok) goOn((await reply.json()) as Saved);
    else if (wanted) sendPlainly(wanted);
    else say(words.offline);
  } catch {
    // The answer stands in the form, and the next try sends it.
    say(wanted ? words.waiting : words.offline);
    waiting = setTimeout(save, 5000);
  }
}

function goOn({ savedAt, next, answered }: Saved): void {
  const count = document.querySelector('#answered .progress-label span');
  if (count && words.answered && answered !== undefined) {
    count.textContent = words.answered.replace('#', String(answered));
    fill(answered);
  }
  if (!wanted) say(savedAt ? words.saved : words.partial);
  else if (savedAt) location.assign(next);
  else sendPlainly(wanted);
}

function fill(answered: number): void {
  const total = Number(document.getElementById('answered')?.dataset['total']);
  const percent = `${Math.floor((100 * answered) / Math.max(1, total))}%`;
  const label = document.querySelector('#answered .progress-label b');
  if (label) label.textContent = percent;
  const bar = document.querySelector('#answered [role=progressbar]');
  bar?.setAttribute('aria-valuenow', percent.slice(0, -1));
  bar?.setAttribute('aria-valuetext', percent);
  // A bar that stands at nothing is sent without its filled part.
  const track = document.querySelector('#answered .bar-track');
  const drawn = document.querySelector('#answered .bar-fill') ?? track?.cloneNode();
  if (!(drawn instanceof Element)) return;
  if (!drawn.parentNode) track?.after(drawn);
  drawn.setAttribute('class', 'bar-fill');
  drawn.setAttribute('width', percent);
}

/** The server draws the page again and says what to mend. */
function sendPlainly(button: HTMLElement): void {
  isLeaving = true;
  form?.requestSubmit(button);
}

function soon(delay: number): void {
  clearTimeout(waiting);
  waiting = setTimeout(save, delay);
}

form?.addEventListener('change', () => soon(50));
form?.addEventListener('input', () => soon(1500));
form?.addEventListener('submit', (event) => {
  if (isLeaving) return;
  event.preventDefault();
  wanted = event.submitter;
  void save();
});
addEventListener('online', () => void save());
// Back from the next question, a page that was kept whole may be left again.
addEventListener('pageshow', () => {
  isLeaving = false;
  wanted = null;
});

// The page of a look over the answers has no words for it: there the minutes stay as the server wrote them.
if (clock && saved) {
  const end = performance.now() + Number(clock.dataset['seconds']) * 1000;
  const close = end + (Number(clock.dataset['grace']) + 2) * 1000;
  const place = document.getElementById('time-left-minutes');
  let isOver = false;
  const tick = (): void => {
    const now = performance.now();
    const left = Math.max(0, Math.ceil((end - now) / 60_000));
    const text = left > 0 ? (words.left ?? '').replace('#', String(left)) : (words.over ?? '');
    if (place && place.textContent !== text) place.textContent = text;
    // What stands on the page goes in within the grace; then the server has closed the paper.
    if (now >= end && !isOver) void save();
    isOver = now >= end;
    if (now >= close && navigator.onLine) location.assign(resultHref());
  };
  tick();
  setInterval(tick, 5000);
}
