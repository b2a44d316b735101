import { closeHistory } from 'prosemirror-history';
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import type { Field, Phonetic } from './phonetic-input.ts';

/** Roman to Devanagari inside the rich text. */
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
      if (!view.state.selection.empty || !view.hasFocus()) return '';
      return /[A-Za-z]+$/.exec(textBefore(view))?.[0] ?? '';
    },
    before: () => textBefore(view),
    put(length, text) {
      const { from } = view.state.selection;
      // A step of its own: Ctrl+Z gives the Latin letters back, and no more.
      view.dispatch(
        closeHistory(view.state.tr)
          .insertText(text, from - length, from)
          .scrollIntoView(),
      );
      view.dispatch(closeHistory(view.state.tr));
    },
    caret: () => view.coordsAtPos(view.state.selection.from),
  };
}

function textBefore(view: EditorView): string {
  const { $from } = view.state.selection;
  return $from.parent.textBetween(Math.max(0, $from.parentOffset - 40), $from.parentOffset, null, '\ufffc');
}
