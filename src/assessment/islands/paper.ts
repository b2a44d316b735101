/**
 * Saves an answer when it changes, and counts the minutes that are left. It decides nothing: each button of the
 * page saves too, and the server's clock says when a paper is closed.
 */
type Words = Record<'left' | 'saved' | 'offline' | 'over', string>;

const form = document.querySelector<HTMLFormElement>('form#paper');
const clock = document.getElementById('time-left');
const saved = document.getElementById('saved');
const words = JSON.parse(saved?.dataset['words'] ?? '{}') as Partial<Words>;
let waiting: ReturnType<typeof setTimeout> | undefined;

function say(text: string | undefined): void {
  if (saved && text) saved.textContent = text;
}

async function save(): Promise<void> {
  if (!form) return;
  const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  try {
    const reply = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' }, body });
    if (reply.status === 409) location.href = `${location.pathname.split('/questions/')[0]}/result`;
    else if (reply.ok)
      say(((await reply.json()) as { savedAt: string | null }).savedAt ? words.saved : undefined);
    else say(words.offline);
  } catch {
    // The line is broken: the answer stands in the form, and the next try or button sends it.
    say(words.offline);
    waiting = setTimeout(save, 10_000);
  }
}

function soon(delay: number): void {
  clearTimeout(waiting);
  waiting = setTimeout(save, delay);
}

form?.addEventListener('change', () => soon(50));
form?.addEventListener('input', () => soon(1500));

// The page of a look over the answers has no words for it: there the minutes stay as the server wrote them.
if (clock && saved) {
  const end = performance.now() + Number(clock.dataset['seconds']) * 1000;
  const place = document.getElementById('time-left-minutes');
  const tick = (): void => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 60_000));
    const text = left > 0 ? (words.left ?? '').replace('#', String(left)) : (words.over ?? '');
    if (place && place.textContent !== text) place.textContent = text;
  };
  tick();
  setInterval(tick, 5000);
}
