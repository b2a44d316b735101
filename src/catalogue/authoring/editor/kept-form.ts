/** What was typed into a form and not saved, as its browser keeps it. */
type Kept = {
  at: number;
  /** The stamp that the form was opened with: what others saved since is not written over. */
  revision: string;
  values: [name: string, value: string][];
  /** It was sent; what comes next tells whether it arrived. */
  isSent: boolean;
};
export type KeptWords = {
  keptAt: string;
  keptBack: string;
  keptOlder: string;
  keptTake: string;
  keptDrop: string;
};
type Parts = { words: KeptWords; person: string; say(text: string, ...buttons: HTMLElement[]): void };

const prefix = 'daksh.form.';
const forgottenAfterMs = 3 * 86_400_000;

/** A page that says that something was done: what was sent has arrived, and need not be kept. Old ones go too. */
export function forgetSent(now = Date.now()): void {
  const isDone = document.querySelector('.flash.done') !== null;
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
    const kept = read(key);
    if (!kept || now - kept.at > forgottenAfterMs || (isDone && kept.isSent)) localStorage.removeItem(key);
  }
}

/** Keeps on this phone or computer what is typed into a form, brings it back, and asks before it is left. */
export class KeptForm {
  readonly form: HTMLFormElement;
  readonly parts: Parts;
  readonly key: string;
  readonly start: string;
  isDirty = false;
  isLeaving = false;
  timer = 0;

  constructor(form: HTMLFormElement, parts: Parts) {
    this.form = form;
    this.parts = parts;
    this.key = `${prefix}${parts.person}.${form.getAttribute('action')}.${stampless(form)}`;
    this.start = JSON.stringify(this.values());
    this.bringBack();
    for (const kind of ['input', 'change']) form.addEventListener(kind, () => this.changed());
    form.addEventListener('submit', (event) => this.sent(event));
    addEventListener('pagehide', () => this.keep());
    addEventListener('beforeunload', (event) => {
      this.keep();
      if (this.isDirty && !this.isLeaving) event.preventDefault();
    });
  }

  changed(): void {
    this.isDirty = JSON.stringify(this.values()) !== this.start;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.keep();
      const time = new Date().toLocaleTimeString('en-IN', {
        hour: '2-digit',
        minute: '2-digit',
        hour12: false,
      });
      if (this.isDirty) this.parts.say(this.parts.words.keptAt.replace('{time}', time));
    }, 800);
  }

  keep(): void {
    if (this.isLeaving) return;
    if (this.isDirty) write(this.key, { at: Date.now(), isSent: false, ...this.state() });
    else localStorage.removeItem(this.key);
  }

  sent(event: SubmitEvent): void {
    this.isLeaving = true;
    const { submitter } = event;
    // More rows were asked for: nothing is saved by that.
    const isSaved = !(submitter instanceof HTMLButtonElement && submitter.value === 'more');
    write(this.key, { at: Date.now(), isSent: isSaved, ...this.state() });
  }

  bringBack(): void {
    const kept = read(this.key);
    if (!kept) return;
    if (JSON.stringify(kept.values) === this.start) {
      // Drawn again with what was typed, or saved as it was typed.
      const isTyped = !kept.isSent || document.querySelector('.error-summary') !== null;
      this.isDirty = isTyped;
      if (!isTyped) localStorage.removeItem(this.key);
      return;
    }
    const { words, say } = this.parts;
    const text = (sentence: string) =>
      sentence.replace(
        '{time}',
        new Date(kept.at).toLocaleString('en-IN', { dateStyle: 'short', timeStyle: 'short', hour12: false }),
      );
    const drop = button(words.keptDrop, () => {
      localStorage.removeItem(this.key);
      this.isDirty = false;
      this.isLeaving = true;
      location.replace(location.href);
    });
    if (kept.revision === this.revision()?.value || !this.revision()) {
      this.fill(kept);
      say(text(words.keptBack), drop);
    } else
      say(
        text(words.keptOlder),
        button(words.keptTake, () => this.fill(kept)),
        drop,
      );
  }

  fill(kept: Kept): void {
    const revision = this.revision();
    if (revision) revision.value = kept.revision;
    const left = new Set(kept.values.map(([name]) => name));
    for (const control of this.form.elements) {
      if (!isControl(control) || !isTyped(control.name)) continue;
      const own = kept.values.filter(([name]) => name === control.name).map(([, value]) => value);
      left.delete(control.name);
      if (control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type))
        control.checked = own.includes(control.value);
      else if (control instanceof HTMLInputElement && control.type === 'file') continue;
      else control.value = own[0] ?? '';
    }
    this.isDirty = true;
    this.keep();
    this.fetchRows(kept, left);
  }

  /** Rows that the form does not show at first: asked for as its button does. */
  fetchRows(kept: Kept, missing: ReadonlySet<string>): void {
    const more = this.form.querySelector<HTMLButtonElement>('button[value=more]');
    const filled = kept.values.filter(([name, value]) => missing.has(name) && value);
    if (filled.length === 0 || !more) return;
    for (const [name, value] of filled) this.form.append(hidden(name, value));
    // Not in Safari before 16: there the rows come when more are asked for.
    this.form.requestSubmit?.(more);
  }

  state(): Pick<Kept, 'revision' | 'values'> {
    return { revision: this.revision()?.value ?? '', values: this.values() };
  }

  values(): Kept['values'] {
    return [...new FormData(this.form)].flatMap(([name, value]) =>
      typeof value === 'string' && isTyped(name) ? [[name, value] as [string, string]] : [],
    );
  }

  revision(): HTMLInputElement | undefined {
    const found = this.form.elements.namedItem('revision');
    return found instanceof HTMLInputElement ? found : undefined;
  }
}

function isTyped(name: string): boolean {
  return name !== '' && !['_csrf', 'revision', 'action'].includes(name);
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isControl(control: Element): control is Control {
  return (
    control instanceof HTMLInputElement ||
    control instanceof HTMLTextAreaElement ||
    control instanceof HTMLSelectElement
  );
}

/** Several forms of a page may lead to one address; what they carry hidden tells them apart. */
function stampless(form: HTMLFormElement): string {
  const fields = form.querySelectorAll<HTMLInputElement>('input[type=hidden]');
  return [...fields].flatMap(({ name, value }) => (name === 'thread' ? [value] : [])).join();
}

function read(key: string): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, kept: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing still asks before the page is left.
  }
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button quiet';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

function hidden(name: string, value: string): HTMLInputElement {
  const made = document.createElement('input');
  Object.assign(made, { type: 'hidden', name, value });
  return made;
}
