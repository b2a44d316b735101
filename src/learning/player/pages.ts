import { byId } from './drawing.ts';
import { addPart, lengthOf, type Part } from './parts.ts';

type PageWords = { page: string; picture: string; next: string };
const longestTick = 5;

/**
 * A PDF that is read page by page, counted as a recording in which every page lasts `pageSeconds`. The buttons are
 * a form that works without script; here they turn the page in place.
 */
export class PdfPages {
  parts: Part[] = [];
  page: number;
  readonly #root: HTMLElement;
  readonly #words: PageWords;
  readonly #count: number;
  readonly #pageSeconds: number;
  readonly #spent: Record<number, number> = {};
  #notedAt = performance.now();
  onTurned: () => void = () => undefined;

  constructor(root: HTMLElement, pageSeconds: number, seen: Part[]) {
    // No destructuring here: the build cannot write it in the words of old phones.
    const data = root.dataset;
    this.#root = root;
    this.#words = JSON.parse(data['words'] ?? '{}') as PageWords;
    this.#count = Number(data['count']);
    this.#pageSeconds = pageSeconds;
    this.page = Number(data['page']);
    for (let page = 1; page <= this.#count; page += 1) {
      const from = (page - 1) * pageSeconds;
      const inIt = seen.map((part): Part => [Math.max(part[0], from), Math.min(part[1], from + pageSeconds)]);
      this.#spent[page] = lengthOf(inIt);
    }
    this.#drawButtons();
    root.addEventListener('click', (event) => this.#click(event));
    document.addEventListener('keydown', (event) => this.#key(event));
    this.#picture()?.addEventListener('error', () => this.#show('page-missing', true));
    this.#picture()?.addEventListener('load', () => this.#show('page-missing', false));
  }

  isPlayed(): boolean {
    return document.visibilityState === 'visible';
  }

  place(): number {
    return this.page;
  }

  /** Takes down how long this page was looked at, up to what it asks. */
  note(): void {
    const now = performance.now();
    const passed = Math.min(longestTick, (now - this.#notedAt) / 1000);
    this.#notedAt = now;
    const spent = this.#spent[this.page] ?? 0;
    const more = Math.min(this.#pageSeconds - spent, passed);
    if (!this.isPlayed()) return;
    const start = (this.page - 1) * this.#pageSeconds;
    if (more <= 0) {
      // The server's clock may have cut the end off by a tenth: told again, it counts once all the same.
      const end = start + this.#pageSeconds;
      addPart(this.parts, end - Math.min(passed, this.#pageSeconds), end);
      return;
    }
    const from = start + spent;
    addPart(this.parts, from, from + more);
    this.#spent[this.page] = spent + more;
    if (spent + more >= this.#pageSeconds - 0.05) this.#drawLeft();
  }

  turn(page: number): void {
    if (page < 1 || page > this.#count || page === this.page) return;
    this.note();
    this.page = page;
    const address = `/media/${this.#root.dataset['file']}/pages/${page}`;
    const picture = this.#picture();
    if (picture) {
      picture.src = address;
      picture.alt = this.#fill(this.#words.picture);
    }
    byId('page-open')?.setAttribute('href', address);
    const number = byId('page-number');
    if (number) number.textContent = this.#fill(this.#words.page);
    this.#drawButtons();
    history.replaceState(null, '', `?page=${page}`);
    if (this.#root.getBoundingClientRect().top < 0) this.#root.scrollIntoView();
    this.onTurned();
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element;
    const link = target.closest<HTMLAnchorElement>('a[href^="?page="]');
    const button = target.closest<HTMLButtonElement>('button[name=to]');
    const page = Number(link ? link.search.replace('?page=', '') : button?.value);
    if (!link && !button) return;
    event.preventDefault();
    this.turn(page);
  }

  #key(event: KeyboardEvent): void {
    const at = event.target as Element;
    if (event.altKey || event.ctrlKey || event.metaKey || at.closest('input, select, textarea')) return;
    if (event.key === 'ArrowRight') this.turn(this.page + 1);
    if (event.key === 'ArrowLeft') this.turn(this.page - 1);
  }

  #drawButtons(): void {
    this.#drawButton('page-before', this.page - 1);
    this.#drawButton('page-after', this.page + 1);
    const field = this.#root.querySelector<HTMLInputElement>('input[name=page]');
    if (field) field.value = String(this.page);
  }

  #drawButton(id: string, to: number): void {
    const place = byId(id);
    const button = place?.querySelector('button');
    if (!place || !button) return;
    place.hidden = to < 1 || to > this.#count;
    button.value = String(to);
    const label = button.querySelector('span');
    if (label && id === 'page-after') label.textContent = this.#words.next;
  }

  #drawLeft(): void {
    const place = byId('pages-left');
    const list = place?.querySelector('span');
    if (!place || !list) return;
    const open: number[] = [];
    for (let page = 1; page <= this.#count; page += 1)
      if ((this.#spent[page] ?? 0) < this.#pageSeconds - 0.05) open.push(page);
    list.textContent = '';
    place.hidden = open.length === 0;
    for (const page of open.slice(0, 20)) {
      const link = document.createElement('a');
      link.href = `?page=${page}`;
      link.textContent = String(page);
      if (list.childNodes.length > 0) list.append(', ');
      list.append(link);
    }
  }

  #fill(text: string): string {
    return text.replace('{page}', String(this.page)).replace('{count}', String(this.#count));
  }

  #picture(): HTMLImageElement | null {
    return this.#root.querySelector('#page-picture');
  }

  #show(id: string, isShown: boolean): void {
    byId(id)?.toggleAttribute('hidden', !isShown);
  }
}
