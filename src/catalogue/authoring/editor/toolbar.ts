import { redo, undo } from 'prosemirror-history';
import type { Command } from 'prosemirror-state';
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable } from 'prosemirror-tables';
import type { EditorView } from 'prosemirror-view';
import {
  type BlockStyle,
  blockStyle,
  insertImage,
  insertTable,
  isInside,
  isMarked,
  linkAt,
  selectedImage,
  setAlt,
  setLink,
  setStyle,
  toggleEm,
  toggleList,
  toggleQuote,
  toggleStrong,
} from './commands.ts';
import { askAlt, askImage, askLink } from './dialogs.ts';
import { element } from './element.ts';
import type { Words } from './words.ts';

export type Toolbar = { dom: HTMLElement; show(view: EditorView): void; focus(): void };
type Parts = { words: Words; upload?(file: File): Promise<string>; extra: HTMLElement[]; label: string };

type Tool = {
  button: HTMLButtonElement;
  run(view: EditorView): void;
  isOn?(view: EditorView): boolean;
  isShown?(view: EditorView): boolean;
  isPossible?(view: EditorView): boolean;
};

/** The row of tools: one stop of the Tab key, arrows go from tool to tool (ARIA toolbar). */
export function makeToolbar(view: () => EditorView, parts: Parts): Toolbar {
  const { words, extra } = parts;
  const style = styleChoice(words, view);
  const tools = toolsOf(parts);
  for (const tool of tools)
    tool.button.addEventListener('click', () => {
      tool.run(view());
      if (!document.querySelector('dialog[open]')) view().focus();
    });
  const dom = element(
    'div',
    { class: 'editor-tools', role: 'toolbar', 'aria-label': `${words.toolbar}: ${parts.label}` },
    [style, ...tools.map(({ button }) => button), ...extra],
  );
  const stops = () => [...dom.querySelectorAll<HTMLElement>('select, button')].filter((one) => !one.hidden);
  rove(dom, stops);
  return {
    dom,
    focus: () => style.focus(),
    show(now) {
      style.value = blockStyle(now.state);
      for (const { button, isOn, isShown, isPossible } of tools) {
        if (isOn) button.setAttribute('aria-pressed', String(isOn(now)));
        if (isShown) button.hidden = !isShown(now);
        if (isPossible) button.setAttribute('aria-disabled', String(!isPossible(now)));
      }
    },
  };
}

function rove(dom: HTMLElement, stops: () => HTMLElement[]): void {
  for (const [index, stop] of stops().entries()) stop.tabIndex = index === 0 ? 0 : -1;
  dom.addEventListener('focusin', (event) => {
    for (const stop of stops()) stop.tabIndex = stop === event.target ? 0 : -1;
  });
  dom.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const all = stops();
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + step + all.length) % all.length]?.focus();
    event.preventDefault();
  });
}

function styleChoice(words: Words, view: () => EditorView): HTMLSelectElement {
  const select = element('select', { 'aria-label': words.style });
  for (const style of ['paragraph', 'heading', 'subheading'] as const)
    select.add(new Option(words[style], style));
  select.addEventListener('change', () => {
    const now = view();
    setStyle(select.value as BlockStyle)(now.state, now.dispatch);
    now.focus();
  });
  return select;
}

function toolsOf({ words, upload }: Parts): Tool[] {
  const does = (command: Command) => (view: EditorView) => void command(view.state, view.dispatch, view);
  const possible = (command: Command) => (view: EditorView) => command(view.state);
  const inTable = (view: EditorView) => isInside(view.state, 'table');
  const ofTable = (label: string, command: Command): Tool => ({
    button: wordButton(label),
    run: does(command),
    isShown: inTable,
  });
  return [
    {
      button: signButton('B', words.bold),
      run: does(toggleStrong),
      isOn: (view) => isMarked(view.state, 'strong'),
    },
    {
      button: signButton('I', words.italic),
      run: does(toggleEm),
      isOn: (view) => isMarked(view.state, 'em'),
    },
    {
      button: signButton('•', words.bullets),
      run: does(toggleList('bullet_list')),
      isOn: (view) => isInside(view.state, 'bullet_list'),
    },
    {
      button: signButton('1.', words.numbers),
      run: does(toggleList('ordered_list')),
      isOn: (view) => isInside(view.state, 'ordered_list'),
    },
    {
      button: signButton('”', words.quote),
      run: does(toggleQuote),
      isOn: (view) => isInside(view.state, 'blockquote'),
    },
    {
      button: wordButton(words.link),
      run: (view) => void chooseLink(view, words),
      isOn: (view) => linkAt(view.state) !== '',
    },
    {
      button: wordButton(words.image),
      run: (view) => void chooseImage(view, { words, upload }),
      // Without a way to send one there are only the words of the picture that is chosen.
      isShown: (view) => upload !== undefined || selectedImage(view.state) !== undefined,
    },
    { button: wordButton(words.table), run: does(insertTable), isShown: (view) => !inTable(view) },
    ofTable(words.addRow, addRowAfter),
    ofTable(words.addColumn, addColumnAfter),
    ofTable(words.removeRow, deleteRow),
    ofTable(words.removeColumn, deleteColumn),
    ofTable(words.removeTable, deleteTable),
    { button: signButton('↶', words.undo), run: does(undo), isPossible: possible(undo) },
    { button: signButton('↷', words.redo), run: does(redo), isPossible: possible(redo) },
  ];
}

/** A sign for the eye, the word for the ear and on hovering. */
function signButton(sign: string, label: string): HTMLButtonElement {
  return element('button', { type: 'button', title: label, 'aria-label': label }, [
    element('span', { 'aria-hidden': 'true' }, [sign]),
  ]);
}

function wordButton(label: string): HTMLButtonElement {
  return element('button', { type: 'button' }, [label]);
}

export async function chooseLink(view: EditorView, words: Words): Promise<void> {
  const { from, to, empty } = view.state.selection;
  const text = view.state.doc.textBetween(from, to);
  const chosen = await askLink(words, { href: linkAt(view.state), text, hasText: !empty });
  if (chosen) setLink(chosen)(view.state, view.dispatch);
  view.focus();
}

async function chooseImage(
  view: EditorView,
  { words, upload }: Pick<Parts, 'words' | 'upload'>,
): Promise<void> {
  const present = selectedImage(view.state);
  if (present) {
    const alt = await askAlt(words, String(present.attrs['alt'] ?? ''));
    if (alt !== undefined) setAlt(alt)(view.state, view.dispatch);
  } else if (upload) {
    const chosen = await askImage(words, upload);
    if (chosen) insertImage(chosen)(view.state, view.dispatch);
  }
  view.focus();
}
