import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { gapCursor } from 'prosemirror-gapcursor';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { Fragment, Node, Slice } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { type Command, EditorState, type Plugin } from 'prosemirror-state';
import { goToNextCell, isInTable, tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';
import { setStyle, toggleEm, toggleStrong } from './commands.ts';
import { isAllowedLink } from './dialogs.ts';
import { element, freshId } from './element.ts';
import { lessonSchema } from './schema.ts';
import { toMarkdown } from './to-markdown.ts';
import { chooseLink, makeToolbar } from './toolbar.ts';
import type { Words } from './words.ts';

export type RichText = {
  view: EditorView;
  /** Puts another text in, leaving the cursor where it was. */
  replace(json: unknown): void;
};
type Parts = {
  words: Words;
  /** Where there is none, no pictures are put in. */
  upload?(file: File): Promise<string>;
  /** Further plugins, and buttons for the toolbar. */
  plugins: Plugin[];
  buttons: HTMLElement[];
  onChange(): void;
};

/** Puts the editor in place of a textarea, which goes on holding the Markdown that its form sends. */
export function openRichText(area: HTMLTextAreaElement, parts: Parts): RichText {
  const label = labelOf(area);
  const labelText = label?.firstChild?.textContent?.trim() ?? '';
  const toolbar = makeToolbar(() => view, { ...parts, extra: parts.buttons, label: labelText });
  const place = element('div', { class: 'editor' }, [toolbar.dom]);
  const state = EditorState.create({
    doc: docOf(area),
    plugins: [...parts.plugins, ...plugins(parts.words, toolbar.focus)],
  });
  const view: EditorView = new EditorView(place, {
    state,
    attributes: attributesFor(area, label, labelText),
    transformPasted: withoutForeignLinks,
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      toolbar.show(view);
      if (!transaction.docChanged) return;
      area.value = toMarkdown(view.state.doc);
      parts.onChange();
    },
  });
  toolbar.show(view);
  area.hidden = true;
  area.before(place);
  return { view, replace: (json) => replaceDoc(view, Node.fromJSON(lessonSchema, json)) };
}

function docOf(area: HTMLTextAreaElement): Node {
  return Node.fromJSON(lessonSchema, JSON.parse(area.dataset['doc'] ?? 'null'));
}

function labelOf(area: HTMLTextAreaElement): HTMLLabelElement | undefined {
  return area.labels?.[0];
}

/** The label and the links of an error summary lead to the editor: it takes over the textarea's id. */
function attributesFor(area: HTMLTextAreaElement, label: HTMLElement | undefined, text: string) {
  const id = area.id;
  area.id = `${id}-source`;
  if (label) {
    label.id ||= freshId('label');
    label.removeAttribute('for');
    label.addEventListener('click', () => document.getElementById(id)?.focus());
  }
  const described = area.getAttribute('aria-describedby');
  const invalid = area.getAttribute('aria-invalid');
  return {
    id,
    class: 'prose editor-text',
    role: 'textbox',
    'aria-multiline': 'true',
    ...(label ? { 'aria-labelledby': label.id } : { 'aria-label': text }),
    ...(described ? { 'aria-describedby': described } : {}),
    ...(invalid ? { 'aria-invalid': invalid } : {}),
    lang: area.lang,
    ...(area.dir ? { dir: area.dir } : {}),
    spellcheck: 'true',
  };
}

/** A link that the server would not show leaves its words. */
function withoutForeignLinks(slice: Slice): Slice {
  const mend = (content: Fragment): Fragment => {
    const nodes: Node[] = [];
    content.forEach((node) => {
      const marks = node.marks.filter(
        (mark) => mark.type.name !== 'link' || isAllowedLink(String(mark.attrs['href'])),
      );
      nodes.push(node.isText ? node.mark(marks) : node.copy(mend(node.content)).mark(marks));
    });
    return Fragment.fromArray(nodes);
  };
  return new Slice(mend(slice.content), slice.openStart, slice.openEnd);
}

/** Only what differs is replaced, so that the cursor and the history stay. */
function replaceDoc(view: EditorView, doc: Node): void {
  const old = view.state.doc;
  const start = old.content.findDiffStart(doc.content);
  const end = old.content.findDiffEnd(doc.content);
  if (start === null || !end) return;
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const slice = doc.slice(start, end.b + overlap);
  view.dispatch(view.state.tr.replace(start, end.a + overlap, slice).setMeta('addToHistory', false));
}

function plugins(words: Words, focusToolbar: () => void): Plugin[] {
  const { list_item: item, hard_break: hardBreak } = lessonSchema.nodes;
  const isMac = navigator.platform.startsWith('Mac');
  const newLine: Command = (state, dispatch) => {
    if (hardBreak) dispatch?.(state.tr.replaceSelectionWith(hardBreak.create()).scrollIntoView());
    return true;
  };
  return [
    inputRules({ rules: rules() }),
    keymap({
      'Mod-z': undo,
      'Mod-y': redo,
      'Mod-Shift-z': redo,
      'Mod-b': toggleStrong,
      'Mod-i': toggleEm,
      'Mod-k': (_state, _dispatch, view) => {
        if (view) void chooseLink(view, words);
        return true;
      },
      'Mod-Alt-0': setStyle('paragraph'),
      'Mod-Alt-2': setStyle('heading'),
      'Mod-Alt-3': setStyle('subheading'),
      'Alt-F10': () => {
        focusToolbar();
        return true;
      },
      'Shift-Enter': chainCommands(exitCode, newLine),
      // A cell holds one line: Markdown's tables know no paragraphs.
      Enter: (state, dispatch, view) =>
        isInTable(state)
          ? goToNextCell(1)(state, dispatch, view) || true
          : item
            ? splitListItem(item)(state, dispatch)
            : false,
      // Tab leaves the editor; only lists and tables have a use for it.
      Tab: chainCommands(goToNextCell(1), item ? sinkListItem(item) : () => false),
      'Shift-Tab': chainCommands(goToNextCell(-1), item ? liftListItem(item) : () => false),
      ...(isMac ? { 'Ctrl-Enter': exitCode } : {}),
    }),
    keymap(baseKeymap),
    gapCursor(),
    history(),
    tableEditing(),
  ];
}

function rules() {
  const { heading, bullet_list: bullets, ordered_list: numbers, blockquote } = lessonSchema.nodes;
  if (!heading || !bullets || !numbers || !blockquote) return [];
  return [
    textblockTypeInputRule(/^(#{1,3})\s$/, heading, (match) => ({
      level: Math.max(2, match[1]?.length ?? 2),
    })),
    wrappingInputRule(/^\s*([-*])\s$/, bullets, { tight: true }),
    wrappingInputRule(/^(\d+)[.)]\s$/, numbers, (match) => ({ order: Number(match[1]), tight: true })),
    wrappingInputRule(/^\s*>\s$/, blockquote),
  ];
}
