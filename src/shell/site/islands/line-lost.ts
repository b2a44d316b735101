/**
 * Stands between a learner and the browser's own error page: while the line is down, a tap or a form waits here and
 * says so. While the line holds it never gets in the way. A form marked `data-line` asks first whether the server
 * and the session are there, since what it carries must not be lost.
 */
type Words = Record<'offline' | 'held' | 'waits' | 'signedOut' | 'signIn' | 'retry', string>;

const bar = document.getElementById('line-bar');
const words = JSON.parse(bar?.dataset['words'] ?? '{}') as Words;
let held: (() => void) | undefined;
let isForm = false;
let isLetThrough = false;
let again: ReturnType<typeof setTimeout> | undefined;

function say(text: string, action?: { label: string; href?: string }): void {
  if (!bar) return;
  const place = document.createElement('span');
  place.textContent = text;
  bar.replaceChildren(place);
  if (action) {
    const button = document.createElement(action.href ? 'a' : 'button');
    button.textContent = action.label;
    if (action.href) button.setAttribute('href', action.href);
    else button.addEventListener('click', () => void retry());
    bar.append(button);
  }
  bar.toggleAttribute('hidden', text === '');
}

function hold(go: () => void, what: string, carriesForm: boolean): void {
  held = go;
  isForm = carriesForm;
  say(what, { label: words.retry });
  if (carriesForm) tryAgainSoon();
}

/** A line that is weak, or a browser that does not notice, says nothing when it is back: a form asks by itself. */
function tryAgainSoon(): void {
  clearTimeout(again);
  again = setTimeout(() => void retry(), 5000);
}

/** A browser that takes itself for offline may be wrong: the server is asked. */
async function retry(): Promise<void> {
  const state = await stateOfLine();
  if (state === 'down') {
    if (held && isForm) tryAgainSoon();
    return;
  }
  if (state === 'signed-out' && isForm) {
    tellSignedOut();
    return;
  }
  const go = held;
  held = undefined;
  say('');
  go?.();
}

async function stateOfLine(): Promise<'up' | 'down' | 'signed-out'> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 10_000);
  try {
    const reply = await fetch('/api/v1/me', { cache: 'no-store', signal: stop.signal });
    if (reply.status === 401) return 'signed-out';
    return reply.status < 500 ? 'up' : 'down';
  } catch {
    return 'down';
  } finally {
    clearTimeout(timer);
  }
}

function tellSignedOut(): void {
  const next = encodeURIComponent(location.pathname + location.search);
  say(words.signedOut, { label: words.signIn, href: `/sign-in?next=${next}` });
}

function send(form: HTMLFormElement, submitter: HTMLElement | null): void {
  isLetThrough = true;
  if (form.requestSubmit) form.requestSubmit(submitter);
  else form.submit();
  isLetThrough = false;
}

addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
    if (!link || navigator.onLine || event.defaultPrevented || link.hasAttribute('download')) return;
    if (link.origin !== location.origin || link.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    // A form that waits is worth more than a way elsewhere.
    if (!held || !isForm) hold(() => location.assign(link.href), words.held, false);
  },
  true,
);

addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented || isLetThrough) return;
  const isCarried = form.hasAttribute('data-line');
  if (navigator.onLine && !isCarried) return;
  event.preventDefault();
  const submitter = event.submitter;
  const go = () => send(form, submitter);
  if (!navigator.onLine) {
    hold(go, words.waits, true);
    return;
  }
  held = go;
  isForm = true;
  void stateOfLine().then((state) => {
    if (state === 'signed-out') tellSignedOut();
    else if (state === 'down') hold(go, words.waits, true);
    else {
      held = undefined;
      go();
    }
  });
});

addEventListener('offline', () => say(words.offline));
addEventListener('online', () => {
  if (held && isForm) void retry();
  else {
    held = undefined;
    say('');
  }
});

// What an island has to say of the line is said here, in sight.
addEventListener('daksh-line', (event) => {
  const detail = (event as CustomEvent<{ text: string; isSignedOut?: boolean }>).detail;
  if (held) return;
  if (detail.isSignedOut) tellSignedOut();
  else say(detail.text || (navigator.onLine ? '' : words.offline));
});

// Several people share a phone: who signs out leaves no answers on it.
addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.getAttribute('action') !== '/sign-out') return;
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('daksh.quiz.')) localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to clear.
  }
});

if (!navigator.onLine) say(words.offline);
