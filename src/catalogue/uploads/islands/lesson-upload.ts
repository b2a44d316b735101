/** Files of a lesson that survive a broken line: the form's file fields with progress, pause and going on. */
import { beginAt, offsetAt, type Place, removeAt, type Sender, send, textOf } from '../sender.ts';
import type { UploadWords } from '../words.ts';

const place = document.querySelector<HTMLElement>('[data-upload-words]');
const words = JSON.parse(place?.dataset['uploadWords'] ?? '{}') as UploadWords;
const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '';

/** One file field and what is on its way in it. */
class Slot {
  readonly #input: HTMLInputElement;
  readonly #form: HTMLFormElement;
  readonly #box = document.createElement('div');
  readonly #status = document.createElement('p');
  readonly #amount = document.createElement('p');
  readonly #bar = document.createElement('progress');
  readonly #buttons = document.createElement('div');
  #file: File | undefined;
  #sender: Sender | undefined;

  constructor(input: HTMLInputElement, form: HTMLFormElement) {
    this.#input = input;
    this.#form = form;
    this.#box.className = 'upload-progress';
    this.#box.hidden = true;
    this.#status.setAttribute('role', 'status');
    this.#bar.setAttribute('aria-label', words.sending);
    this.#amount.className = 'soft';
    this.#buttons.className = 'button-row';
    this.#box.append(this.#status, this.#bar, this.#amount, this.#buttons);
    input.after(this.#box);
    // A chosen file goes by itself: the button for browsers without script would be a second way.
    this.#uploadButton?.closest('.button-row')?.setAttribute('hidden', '');
    input.addEventListener('change', () => void this.#chosen());
    void this.#remembered();
  }

  get #key(): string {
    return `upload:${location.pathname}:${this.#input.name}`;
  }

  get #uploadButton(): HTMLButtonElement | null {
    return this.#form.querySelector<HTMLButtonElement>(`button[value="upload-${this.#input.name}"]`);
  }

  #load(): Place | undefined {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }

  #keep(upload: Place | undefined): void {
    try {
      if (upload) localStorage.setItem(this.#key, JSON.stringify(upload));
      else localStorage.removeItem(this.#key);
    } catch {
      // A browser that keeps nothing sends all the same; only a reload begins anew.
    }
  }

  /** After a reload: what lay half-way is offered again, what came whole is ready. */
  async #remembered(): Promise<void> {
    const upload = this.#load();
    if (!upload) return;
    // Sent with the form and refused: it is not offered again beside the error.
    if (upload.fileId && this.#input.getAttribute('aria-invalid') === 'true') return this.#keep(undefined);
    if (upload.fileId && document.querySelector(`a[href="/media/${upload.fileId}"]`))
      return this.#keep(undefined);
    if (upload.fileId) return this.#done(upload.fileId);
    const { status, offset } = await offsetAt(upload.url).catch(() => ({ status: 0, offset: 0 }));
    if (status === 404) return this.#keep(undefined);
    this.#say(words.unfinished.replace('{name}', upload.name));
    this.#progress(offset, upload.size);
    this.#offer([[words.remove, () => this.#discard()]]);
  }

  async #chosen(): Promise<void> {
    const file = this.#input.files?.[0];
    if (!file) return;
    this.#sender?.pause();
    this.#file = file;
    this.#forgetKept();
    const fault = this.#faultOf(file);
    if (fault) return this.#stopped(fault);
    const before = this.#load();
    const isSame =
      !before?.fileId &&
      before?.name === file.name &&
      before.size === file.size &&
      before.modified === file.lastModified;
    if (isSame) return this.#send();
    if (before && !before.fileId) void removeAt(before.url, token).catch(() => undefined);
    this.#keep(undefined);
    await this.#begin(file);
  }

  #faultOf(file: File): string | undefined {
    const endings = this.#input.accept.split(',');
    if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending))) return this.#wrongType();
    const megabytes = Number(this.#input.dataset['megabytes']);
    return file.size > megabytes * 1_000_000
      ? words.tooLarge.replace('{size}', String(megabytes))
      : undefined;
  }

  #wrongType(): string {
    return `${words.wrongType} ${this.#input.accept.split(',').join(', ')}`;
  }

  async #begin(file: File): Promise<void> {
    this.#say(words.sending);
    try {
      const { url, status, body } = await beginAt(file, token);
      if (status !== 201) return this.#refused(status, textOf(body));
      this.#keep({ url, name: file.name, size: file.size, modified: file.lastModified });
      this.#send();
    } catch {
      this.#say(words.waiting);
      this.#offer([[words.goOn, () => void this.#begin(file)]]);
    }
  }

  #send(): void {
    const upload = this.#load();
    const file = this.#file;
    if (!upload || !file) return;
    this.#say(words.sending);
    this.#progress(0, file.size);
    this.#whileSending();
    const told = {
      progress: (sent: number) => {
        this.#say(words.sending);
        this.#progress(sent, file.size);
      },
      waiting: () => this.#say(words.waiting),
      refused: (status: number, text: string) => this.#refused(status, text),
      done: (fileId: string, contentType: string) => {
        const wanted = this.#input.dataset['type'] ?? '';
        if (!contentType.startsWith(wanted)) return this.#refused(415, this.#wrongType());
        this.#keep({ ...upload, fileId });
        this.#done(fileId);
      },
    };
    this.#sender = send({ url: upload.url, file, token, told });
  }

  #whileSending(): void {
    const pause = () => {
      this.#sender?.pause();
      this.#say(words.paused);
      this.#offer([
        [words.goOn, () => this.#send()],
        [words.remove, () => this.#discard()],
      ]);
    };
    this.#offer([
      [words.pause, pause],
      [words.remove, () => this.#discard()],
    ]);
  }

  #refused(status: number, text: string): void {
    if (status === 401 || status === 403) {
      this.#say(words.signInAgain);
      this.#offer([[words.goOn, () => this.#send()]]);
      return;
    }
    // No room on the server: what has come is kept there, and goes on when there is room again.
    if (status === 507) {
      this.#say(text || words.failed);
      const goOn = () => (this.#load() ? this.#send() : this.#file && void this.#begin(this.#file));
      this.#offer([
        [words.goOn, goOn],
        [words.remove, () => this.#discard()],
      ]);
      return;
    }
    this.#keep(undefined);
    this.#stopped(text || words.failed);
  }

  #stopped(text: string): void {
    this.#input.value = '';
    this.#say(text);
    this.#bar.hidden = this.#amount.hidden = true;
    this.#offer([]);
  }

  #discard(): void {
    this.#sender?.pause();
    const upload = this.#load();
    if (upload) void removeAt(upload.url, token).catch(() => undefined);
    this.#keep(undefined);
    this.#input.value = '';
    this.#box.hidden = true;
    this.#forgetKept();
    this.#input.focus();
  }

  #forgetKept(): void {
    for (const kept of this.#form.querySelectorAll(`input[name="kept-${this.#input.name}"]`)) kept.remove();
  }

  /** The form takes the file's id in place of the file; whoever is not writing is brought along at once. */
  #done(fileId: string): void {
    this.#forgetKept();
    const kept = document.createElement('input');
    kept.type = 'hidden';
    kept.name = `kept-${this.#input.name}`;
    kept.value = fileId;
    this.#input.value = '';
    this.#box.append(kept);
    this.#say(words.ready);
    this.#bar.hidden = this.#amount.hidden = true;
    this.#offer([
      [words.attach, () => this.#submit()],
      [words.remove, () => this.#discard()],
    ]);
    if (this.#file && !isWriting()) this.#submit();
  }

  #submit(): void {
    this.#form.requestSubmit(this.#uploadButton);
  }

  #say(text: string): void {
    this.#box.hidden = false;
    // The same words again would be read out again.
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  #progress(sent: number, size: number): void {
    this.#bar.hidden = this.#amount.hidden = false;
    this.#bar.max = size;
    this.#bar.value = sent;
    this.#amount.textContent = words.sent
      .replace('{sent}', megabytes(sent))
      .replace('{size}', megabytes(size));
  }

  #offer(offers: [string, () => void][]): void {
    this.#buttons.replaceChildren(
      ...offers.map(([label, act]) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'button secondary';
        button.textContent = label;
        button.addEventListener('click', act);
        return button;
      }),
    );
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function isWriting(): boolean {
  const active = document.activeElement;
  return (
    active instanceof HTMLElement &&
    (active.isContentEditable || active.matches('textarea, select, input:not([type=file])'))
  );
}

for (const input of document.querySelectorAll<HTMLInputElement>('[data-upload-words] input[type=file]')) {
  const field = input.closest('[data-megabytes]');
  if (field instanceof HTMLElement) Object.assign(input.dataset, field.dataset);
  if (input.form) new Slot(input, input.form);
}
