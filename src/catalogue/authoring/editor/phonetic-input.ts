import { element, freshId } from './element.ts';
import { endsSentence, isAbbreviation } from './hindi-signs.ts';
import { candidates } from './phonetic.ts';
import type { Words } from './words.ts';

/** A place where one writes: the editor, or a plain field. */
export type Field = {
  dom: HTMLElement;
  text(): string;
  /** The Latin letters right before the cursor. */
  word(): string;
  /** What stands before the cursor, some forty signs of it. */
  before(): string;
  /** Puts a text in place of so many signs before the cursor. */
  put(length: number, text: string): void;
  caret(): { left: number; bottom: number };
};

export type PhoneticWords = Pick<Words, 'phonetic' | 'phoneticOn' | 'phoneticOff' | 'candidates'>;

const remembered = 'daksh-phonetic';
/** One switch for all the fields of a page, and for the next page. */
let isOn = localStorage.getItem(remembered) === '1';
const everyone = new Set<Phonetic>();

/** Roman to Devanagari: switched by Ctrl+Space or a button, choices shown while a word is typed. */
export class Phonetic {
  readonly button: HTMLButtonElement;
  readonly choices: HTMLElement;
  readonly words: PhoneticWords;
  field: Field | undefined;
  shown: string[] = [];
  chosen = 0;
  refused = '';

  constructor(words: PhoneticWords, label: string) {
    this.words = words;
    everyone.add(this);
    this.button = element('button', { type: 'button', title: `${words.phonetic} (Ctrl+Space)` }, [
      words.phonetic,
      ...(label ? [element('span', { class: 'hidden-text' }, [`: ${label}`])] : []),
    ]);
    this.button.addEventListener('click', () => this.toggle());
    this.choices = element('div', {
      class: 'phonetic-choices',
      id: freshId('choices'),
      role: 'status',
      hidden: true,
    });
    this.show();
  }

  join(field: Field): void {
    this.field = field;
    document.body.append(this.choices);
    field.dom.addEventListener('blur', () => this.close());
  }

  toggle(): void {
    isOn = !isOn;
    localStorage.setItem(remembered, isOn ? '1' : '0');
    for (const one of everyone) one.show();
    this.close();
    this.choices.textContent = isOn ? this.words.phoneticOn : this.words.phoneticOff;
    this.place();
    setTimeout(() => this.refresh(), 2500);
  }

  show(): void {
    this.button.setAttribute('aria-pressed', String(isOn));
  }

  /** Draws the choices for the word before the cursor. */
  refresh(): void {
    const word = isOn ? (this.field?.word() ?? '') : '';
    if (word !== this.refused) this.refused = '';
    // OTP, SMS: an abbreviation in capitals stays as it is.
    if (!word || this.refused || isAbbreviation(word)) {
      this.close();
      return;
    }
    this.shown = candidates(word, this.field?.text().match(/[\u0900-\u097f]+/g) ?? []);
    this.chosen = 0;
    this.draw();
  }

  draw(): void {
    const buttons = this.shown.map((text, index) => {
      const button = element(
        'button',
        { type: 'button', tabindex: '-1', 'data-chosen': index === this.chosen },
        [`${index + 1} ${text}`],
      );
      button.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        this.commit(index, '');
      });
      return button;
    });
    this.choices.replaceChildren(...buttons);
    this.choices.title = this.words.candidates;
    this.place();
  }

  place(): void {
    const at = this.field?.caret();
    if (!at) return;
    this.choices.hidden = false;
    const left = Math.min(at.left, document.documentElement.clientWidth - this.choices.offsetWidth - 8);
    this.choices.style.left = `${Math.max(8, left)}px`;
    this.choices.style.top = `${at.bottom + 6}px`;
  }

  close(): void {
    this.shown = [];
    this.choices.hidden = true;
  }

  commit(index: number, after: string): boolean {
    const text = this.shown[index];
    const word = this.field?.word();
    if (!text || !word) return false;
    this.field?.put(word.length, text + after);
    this.close();
    return true;
  }

  /** A sign that ends a word turns it; answers whether it was taken. */
  typed(sign: string): boolean {
    if (!isOn || !/^[\s.,;:!?()"'।|/-]$/.test(sign)) return false;
    const before = this.field?.before() ?? '';
    const word = this.shown[this.chosen] ?? '';
    const isEnd =
      sign === '|' ||
      (sign === '.' &&
        endsSentence(before.slice(0, before.length - (this.field?.word().length ?? 0)) + word));
    if (this.commit(this.chosen, isEnd ? '।' : sign)) return true;
    // A second full stop takes the bar back: what was meant is a dot.
    const isTwice = sign === '.' && before.endsWith('।');
    if (isTwice) this.field?.put(1, '.');
    else if (isEnd) this.field?.put(0, '।');
    return isTwice || isEnd;
  }

  /** Answers whether the key was meant for the choices. */
  pressed(event: KeyboardEvent): boolean {
    if (event.ctrlKey && event.code === 'Space') {
      this.toggle();
      return true;
    }
    // What is taken back to Latin letters stays so.
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyZ')
      setTimeout(() => {
        this.refused = this.field?.word() ?? '';
        this.close();
      });
    if (this.shown.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Enter') {
      this.commit(this.chosen, '');
      return false;
    }
    if (event.key === 'Escape') {
      this.refused = this.field?.word() ?? '';
      this.close();
      return true;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.chosen = (this.chosen + step + this.shown.length) % this.shown.length;
      this.draw();
      return true;
    }
    return /^[1-5]$/.test(event.key) && this.commit(Number(event.key) - 1, '');
  }
}

/** A field of its own: the same, without an editor around it. With a switch of the page none is put before it. */
export function addPhonetic(
  control: HTMLInputElement | HTMLTextAreaElement,
  words: PhoneticWords,
  shared?: Phonetic,
): void {
  const phonetic = shared ?? new Phonetic(words, control.labels?.[0]?.firstChild?.textContent?.trim() ?? '');
  const field = plainField(control);
  if (!shared) control.before(element('div', { class: 'phonetic-switch' }, [phonetic.button]));
  phonetic.join(field);
  const place: HTMLElement = control;
  place.addEventListener('focus', () => {
    phonetic.field = field;
  });
  place.addEventListener('keydown', (event) => {
    if (phonetic.pressed(event)) event.preventDefault();
  });
  place.addEventListener('beforeinput', (event) => {
    if (event.inputType === 'insertText' && event.data && phonetic.typed(event.data)) event.preventDefault();
  });
  place.addEventListener('input', () => phonetic.refresh());
}

function plainField(control: HTMLInputElement | HTMLTextAreaElement): Field {
  const before = () => control.value.slice(0, control.selectionStart ?? 0);
  return {
    dom: control,
    text: () => control.value,
    word: () => /[A-Za-z]+$/.exec(before())?.[0] ?? '',
    before: () => before().slice(-40),
    put(length, text) {
      const at = control.selectionStart ?? control.value.length;
      control.setSelectionRange(at - length, at);
      // The one way of putting text in that Ctrl+Z takes back.
      if (document.execCommand('insertText', false, text)) return;
      control.setRangeText(text, at - length, at, 'end');
      control.dispatchEvent(new Event('input', { bubbles: true }));
    },
    caret() {
      const box = control.getBoundingClientRect();
      return { left: box.left + 8, bottom: Math.min(box.bottom, innerHeight - 60) };
    },
  };
}
