import { element } from '../authoring/editor/element.ts';
import type { RichText } from '../authoring/editor/rich-text.ts';
import type { Words } from '../authoring/editor/words.ts';
import type { AidWords } from './pages/aid-words.ts';

export type Control = HTMLInputElement | HTMLTextAreaElement;
type Piece = {
  place: string;
  control: Control;
  editor: RichText | undefined;
  saved: string;
  /** Another translator's text stands there by now: this one waits for a decision. */
  isHeld: boolean;
};
type Kept = { text: string; doc?: unknown; from: string; was: string };
type Answer = { state: 'untranslated' | 'stale' | 'done'; textHash: string };
type Problem = { code?: string; title?: string; detail?: string; errors?: { text: string }[] };
type Parts = {
  words: Words & AidWords;
  /** Where a piece is saved: this, and its place. */
  address: string;
  key: string;
  bar: HTMLElement;
};

const quietFor = 2000;

/**
 * Saves each piece some seconds after its typing stops, as the form would: with the source it was made from and
 * what it takes the place of. What could not be sent stays in this browser and comes back with the page.
 */
export class PieceSaver {
  readonly form: HTMLFormElement;
  readonly parts: Parts;
  readonly status: HTMLElement;
  readonly pieces: Piece[] = [];
  /** Drawn again after a refusal: what stands there was not saved, and is saved by its author's hand alone. */
  readonly byHand: boolean;
  changedAt = 0;
  failures = 0;
  isSending = false;
  isLeaving = false;

  constructor(form: HTMLFormElement, parts: Parts) {
    this.form = form;
    this.byHand = form.querySelector('.field-error') !== null;
    this.parts = parts;
    this.status = element('p', { class: 'editor-status', role: 'status' });
    parts.bar.prepend(this.status);
    form.addEventListener('input', () => this.changed());
    form.addEventListener('submit', () => {
      this.keep();
      this.isLeaving = true;
    });
    setInterval(() => void this.tick(), 500);
    addEventListener('online', () => {
      this.failures = 0;
    });
    addEventListener('pagehide', () => this.leave());
    addEventListener('beforeunload', (event) => {
      this.keep();
      if (this.dirty().length > 0 && !this.isLeaving) event.preventDefault();
    });
  }

  add(control: Control, editor: RichText | undefined): void {
    const place = control.name.slice('text:'.length);
    this.pieces.push({ place, control, editor, saved: this.byHand ? '' : control.value, isHeld: false });
  }

  /** What this browser kept of a page that was left or lost: put in where it was not saved after all. */
  bringBack(): void {
    const kept = this.read();
    for (const piece of this.pieces) {
      const own = kept[piece.place];
      if (!own || own.text === piece.control.value || this.byHand) continue;
      if (piece.editor && own.doc) piece.editor.replace(own.doc);
      else piece.control.value = own.text;
      this.setStamp(piece, 'from', own.from);
      this.setStamp(piece, 'was', own.was);
      this.changed();
    }
    if (this.changedAt > 0) this.say(this.parts.words.pieceBack);
    else this.keep();
  }

  changed(): void {
    this.changedAt = Date.now();
    if (!this.isLeaving) this.say(this.parts.words.unsaved);
  }

  async tick(): Promise<void> {
    const waits = this.failures > 0 ? Math.min(60_000, 2000 * 2 ** this.failures) : quietFor;
    if (this.isSending || this.isLeaving || this.byHand) return;
    if (this.changedAt === 0 || Date.now() - this.changedAt < waits) return;
    this.changedAt = 0;
    this.keep();
    const waiting = this.dirty().filter((piece) => !piece.isHeld);
    if (waiting.length === 0) return;
    this.isSending = true;
    this.say(this.parts.words.saving);
    try {
      for (const piece of waiting) if (!(await this.save(piece))) return;
      this.failures = 0;
      this.say(this.parts.words.savedAt.replace('{time}', timeNow()));
    } catch {
      this.failed(this.parts.words.pieceKept);
    } finally {
      this.isSending = false;
      this.keep();
    }
  }

  /** Whether to go on with the next one. */
  async save(piece: Piece): Promise<boolean> {
    const text = piece.control.value;
    const response = await this.put(piece, false);
    if (response.ok) {
      const answer = (await response.json()) as Answer;
      piece.saved = text;
      this.setStamp(piece, 'was', answer.textHash);
      showState(piece, answer.state);
      return true;
    }
    const problem = (await response.json().catch(() => ({}))) as Problem;
    if (response.status === 409 && problem.code === 'stale') this.hold(piece, problem);
    else if (response.status === 401) this.failed(this.parts.words.signIn);
    else if (response.status >= 500 || response.status === 429) this.failed(this.parts.words.pieceKept);
    else this.failed(problem.errors?.[0]?.text ?? problem.title ?? this.parts.words.pieceFailed);
    return false;
  }

  put(piece: Piece, isLast: boolean): Promise<Response> {
    const token = this.form.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '';
    return fetch(`${this.parts.address}/${encodeURIComponent(piece.place)}`, {
      method: 'PUT',
      keepalive: isLast,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': token,
      },
      body: JSON.stringify({
        text: piece.control.value,
        sourceHash: this.stamp(piece, 'from')?.value,
        replaces: this.stamp(piece, 'was')?.value,
      }),
    });
  }

  /** The form is sent by hand: the page then shows what stands there beside what was typed. */
  hold(piece: Piece, problem: Problem): void {
    piece.isHeld = true;
    this.status.replaceChildren(
      `${problem.errors?.[0]?.text ?? this.parts.words.pieceConflict} `,
      element('button', { type: 'submit', class: 'button secondary' }, [this.parts.words.pieceCompare]),
    );
  }

  failed(text: string): void {
    this.failures += 1;
    this.changedAt = Date.now();
    this.say(text);
  }

  leave(): void {
    this.keep();
    if (this.isLeaving || this.byHand || this.isSending) return;
    for (const piece of this.dirty()) if (!piece.isHeld) void this.put(piece, true);
  }

  dirty(): Piece[] {
    return this.pieces.filter((piece) => piece.control.value !== piece.saved);
  }

  read(): Record<string, Kept> {
    try {
      return JSON.parse(localStorage.getItem(this.parts.key) ?? '{}');
    } catch {
      return {};
    }
  }

  keep(): void {
    const kept = this.read();
    for (const piece of this.pieces) {
      delete kept[piece.place];
      if (piece.control.value === piece.saved) continue;
      const [from, was] = [this.stamp(piece, 'from')?.value ?? '', this.stamp(piece, 'was')?.value ?? ''];
      const doc = piece.editor?.view.state.doc.toJSON();
      kept[piece.place] = { text: piece.control.value, from, was, ...(doc ? { doc } : {}) };
    }
    try {
      if (Object.keys(kept).length > 0) localStorage.setItem(this.parts.key, JSON.stringify(kept));
      else localStorage.removeItem(this.parts.key);
    } catch {
      // A full or closed store: the page still warns before it is left.
    }
  }

  stamp(piece: Piece, name: 'from' | 'was'): HTMLInputElement | undefined {
    const found = this.form.elements.namedItem(`${name}:${piece.place}`);
    return found instanceof HTMLInputElement ? found : undefined;
  }

  setStamp(piece: Piece, name: 'from' | 'was', value: string): void {
    const found = this.stamp(piece, name);
    if (found) found.value = value;
  }

  say(text: string): void {
    if (this.status.textContent !== text) this.status.textContent = text;
  }
}

/** The word of state beside the text; the page carries all three, one of them shown. */
function showState({ place }: Piece, state: string): void {
  for (const one of document.querySelectorAll<HTMLElement>('[data-piece]'))
    if (one.dataset['piece'] === place) one.hidden = one.dataset['state'] !== state;
}

function timeNow(): string {
  return new Date().toLocaleTimeString('en-IN', { hour: '2-digit', minute: '2-digit', hour12: false });
}
