import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { element, freshId } from './element.ts';
import { candidates } from './phonetic.ts';
import type { Words } from './words.ts';

/** A place where one writes: the editor, or a plain field. */
type Field = {
  dom: HTMLElement;
  text(): string;
  /** The Latin letters right before the cursor. */
  word(): string;
  /** Puts a text in place of that word. */
  put(length: number, text: string): void;
  caret(): { left: number; bottom: number };
};

const remembered = 'daksh-phonetic';

/** Roman to Devanagari for one field: switched by Ctrl+Space or its button, choices shown while a word is typed. */
export class Phonetic {
  readonly button: HTMLButtonElement;
  readonly choices: HTMLElement;
  readonly words: Words;
  field: Field | undefined;
  isOn = localStorage.getItem(remembered) === '1';
  shown: string[] = [];
  chosen = 0;
  refused = '';

  constructor(words: Words, label: string) {
    this.words = words;
    this.button = element('button', { type: 'button', title: `${words.phonetic} (Ctrl+Space)` }, [
      words.phonetic,
      element('span', { class: 'hidden-text' }, [`: ${label}`]),
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
    this.isOn = !this.isOn;
    localStorage.setItem(remembered, this.isOn ? '1' : '0');
    this.show();
    this.close();
    this.choices.textContent = this.isOn ? this.words.phoneticOn : this.words.phoneticOff;
    this.place();
    setTimeout(() => this.refresh(), 2500);
  }

  show(): void {
    this.button.setAttribute('aria-pressed', String(this.isOn));
  }

  /** Draws the choices for the word before the cursor. */
  refresh(): void {
    const word = this.isOn ? (this.field?.word() ?? '') : '';
    if (word !== this.refused) this.refused = '';
    if (!word || this.refused) {
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
    if (!this.isOn || !/^[\s.,;:!?()"'।|/-]$/.test(sign)) return false;
    if (this.commit(this.chosen, sign === '|' ? '।' : sign)) return true;
    // The bar of the keyboard ends a Hindi sentence, after a space too.
    if (sign === '|') this.field?.put(0, '।');
    return sign === '|';
  }

  /** Answers whether the key was meant for the choices. */
  pressed(event: KeyboardEvent): boolean {
    if (event.ctrlKey && event.code === 'Space') {
      this.toggle();
      return true;
    }
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

export function phoneticPlugin(phonetic: Phonetic): Plugin {
  return new Plugin({
    props: {
      handleKeyDown: (_view, event) => phonetic.pressed(event),
      handleTextInput: (_view, _from, _to, text) => phonetic.typed(text),
    },
    view(view) {
      phonetic.join(editorField(view));
      return { update: () => phonetic.refresh(), destroy: () => phonetic.choices.remove() };
    },
  });
}

function editorField(view: EditorView): Field {
  return {
    dom: view.dom,
    text: () => view.state.doc.textContent,
    word() {
      const { $from, empty } = view.state.selection;
      if (!empty || !view.hasFocus()) return '';
      const before = $from.parent.textBetween(
        Math.max(0, $from.parentOffset - 40),
        $from.parentOffset,
        null,
        '\ufffc',
      );
      return /[A-Za-z]+$/.exec(before)?.[0] ?? '';
    },
    put(length, text) {
      const { from } = view.state.selection;
      view.dispatch(view.state.tr.insertText(text, from - length, from).scrollIntoView());
    },
    caret: () => view.coordsAtPos(view.state.selection.from),
  };
}

/** A title or a transcript: the same, without an editor around it. */
export function addPhonetic(control: HTMLInputElement | HTMLTextAreaElement, words: Words): void {
  const label = control.labels?.[0]?.firstChild?.textContent?.trim() ?? '';
  const phonetic = new Phonetic(words, label);
  phonetic.join(plainField(control));
  control.before(element('div', { class: 'phonetic-switch' }, [phonetic.button]));
  const place: HTMLElement = control;
  place.addEventListener('keydown', (event) => {
    if (phonetic.pressed(event)) event.preventDefault();
  });
  place.addEventListener('beforeinput', (event) => {
    if (event.inputType === 'insertText' && event.data && phonetic.typed(event.data)) event.preventDefault();
  });
  place.addEventListener('input', () => phonetic.refresh());
}

function plainField(control: HTMLInputElement | HTMLTextAreaElement): Field {
  return {
    dom: control,
    text: () => control.value,
    word: () => /[A-Za-z]+$/.exec(control.value.slice(0, control.selectionStart ?? 0))?.[0] ?? '',
    put(length, text) {
      const at = control.selectionStart ?? control.value.length;
      control.setRangeText(text, at - length, at, 'end');
      control.dispatchEvent(new Event('input', { bubbles: true }));
    },
    caret() {
      const box = control.getBoundingClientRect();
      return { left: box.left + 8, bottom: Math.min(box.bottom, innerHeight - 60) };
    },
  };
}
