import { element } from './element.ts';
import type { Words } from './words.ts';

type Values = Record<string, string>;
type Answer = {
  revision: number;
  isMerged: boolean;
  isByOthers: boolean;
  savedAt: string;
  values?: Values;
  documents?: Record<string, unknown>;
  others: string[];
};
export type Problem = { code?: string; title?: string; errors?: { text: string }[] };
type Parts = {
  form: HTMLFormElement;
  words: Words;
  token: string;
  /** Puts a text that came from others into its field. */
  show(field: string, text: string, document: unknown): void;
  /** After each save: the preview beside the text draws itself anew. */
  onSaved(): void;
};

const quietFor = 2500;
const longest = 10_000;
const pingEvery = 15_000;

/**
 * Sends what is typed some seconds after the typing stops. Each save carries the texts that it began from, so
 * that the server can bring them together with what another author saved; what collides waits for the author.
 */
export class Autosave {
  readonly parts: Parts;
  readonly status: HTMLElement;
  readonly presence: HTMLElement;
  revision: number;
  base: Values;
  changedAt = 0;
  firstChangeAt = 0;
  isSending = false;
  isStopped = false;
  failures = 0;
  nextPing = 0;

  constructor(parts: Parts) {
    this.parts = parts;
    this.base = this.values();
    this.revision = Number(this.field('revision').value);
    this.status = element('p', { class: 'editor-status', role: 'status' });
    this.presence = element('p', { class: 'editor-presence', role: 'status' });
    const place = element('div', { class: 'editor-state' }, [this.status, this.presence]);
    parts.form.before(place);
    parts.form.addEventListener('input', () => this.changed());
    parts.form.addEventListener('submit', () => {
      this.isStopped = true;
    });
    setInterval(() => this.tick(), 500);
    addEventListener('online', () => {
      this.failures = 0;
    });
    addEventListener('pagehide', () => this.leave());
    addEventListener('beforeunload', (event) => {
      if (this.isDirty() && !this.isStopped) event.preventDefault();
    });
  }

  /** Something was typed or put in by a tool. */
  changed(): void {
    if (this.firstChangeAt === 0) this.firstChangeAt = Date.now();
    this.changedAt = Date.now();
    if (!this.isStopped) this.say(this.parts.words.unsaved);
  }

  tick(): void {
    const now = Date.now();
    if (this.isSending || this.isStopped) return;
    const waits = this.failures > 0 ? Math.min(60_000, 2000 * 2 ** this.failures) : quietFor;
    const isDue =
      this.changedAt > 0 &&
      (now - this.changedAt > waits || (this.failures === 0 && now - this.firstChangeAt > longest));
    if (isDue && this.isDirty()) void this.save();
    else if (isDue) this.settle();
    else if (now > this.nextPing && document.visibilityState === 'visible') void this.ping();
  }

  async save(): Promise<void> {
    const sent = this.values();
    this.settle();
    this.say(this.parts.words.saving);
    const answer = await this.send({ revision: this.revision, base: this.base, values: sent });
    if (!answer) return;
    this.base = sent;
    this.revision = answer.revision;
    this.field('revision').value = String(answer.revision);
    const { savedAt, mergedAt } = this.parts.words;
    if (answer.isMerged) this.takeIn(answer, sent);
    this.say((answer.isByOthers ? mergedAt : savedAt).replace('{time}', answer.savedAt));
    this.parts.onSaved();
  }

  /** Another author saved: where nothing is typed here meanwhile, his text comes in by a save that changes nothing. */
  async ping(): Promise<void> {
    this.nextPing = Date.now() + pingEvery;
    const answer = await this.send({ revision: this.revision });
    if (answer && answer.revision !== this.revision) await this.save();
  }

  /** What others saved stands in the fields, unless something was typed while the answer came. */
  takeIn({ values = {}, documents = {} }: Answer, sent: Values): void {
    const now = this.values();
    for (const [field, text] of Object.entries(values)) {
      if (now[field] === undefined || now[field] !== sent[field] || text === sent[field]) continue;
      this.parts.show(field, text, documents[field]);
      this.base[field] = this.values()[field] ?? text;
    }
    this.settle();
    if (this.isDirty()) this.changed();
  }

  async send(body: object): Promise<Answer | undefined> {
    this.isSending = true;
    this.nextPing = Date.now() + pingEvery;
    try {
      const response = await this.post(body);
      if (response.ok) {
        this.failures = 0;
        const answer = (await response.json()) as Answer;
        this.showOthers(answer.others);
        return answer;
      }
      await this.refused(response);
    } catch {
      this.fail(this.parts.words.offline);
    } finally {
      this.isSending = false;
    }
    return undefined;
  }

  post(body: object, isLast = false): Promise<Response> {
    // Not form.action: the form's buttons are named so and stand in its way.
    const action = new URL(this.parts.form.getAttribute('action') ?? '', location.href);
    return fetch(`${action.pathname}/autosave`, {
      method: 'POST',
      keepalive: isLast,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': this.parts.token,
      },
      body: JSON.stringify(body),
    });
  }

  async refused(response: Response): Promise<void> {
    const { words } = this.parts;
    const problem = (await response.json().catch(() => ({}))) as Problem;
    if (response.status === 409 && problem.code === 'stale') {
      this.isStopped = true;
      const compare = element(
        'button',
        { type: 'submit', name: 'action', value: 'save', class: 'button secondary' },
        [words.compare],
      );
      compare.setAttribute('form', this.parts.form.id);
      this.status.replaceChildren(`${words.collided} `, compare);
    } else if (response.status === 401 || response.status === 403) this.fail(words.signIn);
    else if (response.status >= 500 || response.status === 429) this.fail(words.offline);
    else this.fail(problem.errors?.[0]?.text ?? problem.title ?? words.unsaved);
  }

  fail(text: string): void {
    this.failures += 1;
    if (!this.isDirty()) return;
    this.changedAt = Date.now();
    this.say(text);
  }

  leave(): void {
    if (this.isStopped || this.isSending || !this.isDirty()) return;
    void this.post({ revision: this.revision, base: this.base, values: this.values() }, true);
  }

  settle(): void {
    this.changedAt = 0;
    this.firstChangeAt = 0;
  }

  isDirty(): boolean {
    const now = this.values();
    return Object.keys(now).some((name) => now[name] !== this.base[name]);
  }

  /** The texts of the form: no files, no stamps. */
  values(): Values {
    const values: Values = {};
    for (const [name, value] of new FormData(this.parts.form))
      if (typeof value === 'string' && !['_csrf', 'revision', 'action'].includes(name)) values[name] = value;
    return values;
  }

  field(name: string): HTMLInputElement | HTMLTextAreaElement {
    return this.parts.form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement;
  }

  say(text: string): void {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  showOthers(names: string[]): void {
    const text = names.length > 0 ? this.parts.words.present.replace('{names}', names.join(', ')) : '';
    if (this.presence.textContent !== text) this.presence.textContent = text;
  }
}
