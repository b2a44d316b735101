/** The translator's page with script: the lesson's editor for texts with form, and every piece saved as it is typed. */
import { element } from '../../authoring/editor/element.ts';
import { addPhonetic, Phonetic } from '../../authoring/editor/phonetic-input.ts';
import { phoneticPlugin } from '../../authoring/editor/phonetic-plugin.ts';
import { openRichText, type RichText } from '../../authoring/editor/rich-text.ts';
import type { Words } from '../../authoring/editor/words.ts';
import type { AidWords } from '../pages/aid-words.ts';
import { type Control, PieceSaver } from '../piece-saver.ts';

const form = document.querySelector<HTMLFormElement>('#translation-form');
const data = document.getElementById('translation-aids')?.dataset;
const words = JSON.parse(document.getElementById('editor-words')?.dataset['words'] ?? '{}') as Words;

if (form && data) start(form, data);

function start(place: HTMLFormElement, given: DOMStringMap): void {
  const said = JSON.parse(given['words'] ?? '{}') as AidWords;
  const bar = element('div', { class: 'editor-state' });
  place.prepend(bar);
  const saver = new PieceSaver(place, {
    words: { ...words, ...said },
    address: given['address'] ?? '',
    key: `daksh.translation.${given['person']}.${given['address']}`,
    bar,
  });
  const shared = given['language'] === 'hi' ? new Phonetic(words, '') : undefined;
  if (shared) bar.append(element('div', { class: 'phonetic-switch' }, [shared.button]));
  for (const control of place.querySelectorAll<Control>('[name^="text:"]')) {
    const rich = control.matches('textarea[data-doc]');
    const editor = rich ? richText(control as HTMLTextAreaElement, saver, said) : undefined;
    if (shared && !editor) addPhonetic(control, words, shared);
    saver.add(control, editor);
  }
  saver.bringBack();
}

/** The pictures are those of the source: none is put in, all come along with the source. */
function richText(area: HTMLTextAreaElement, saver: PieceSaver, said: AidWords): RichText {
  const phonetic = area.lang === 'hi' ? new Phonetic(words, area.labels?.[0]?.textContent ?? '') : undefined;
  const take = element('button', { type: 'button' }, [said.fromSource]);
  const editor = openRichText(area, {
    words,
    plugins: phonetic ? [phoneticPlugin(phonetic)] : [],
    buttons: [take, ...(phonetic ? [phonetic.button] : [])],
    onChange: () => saver.changed(),
  });
  take.addEventListener('click', () => {
    const isEmpty = editor.view.state.doc.textContent.trim() === '';
    if (!isEmpty && !confirm(said.fromSourceSure)) return;
    editor.replace(JSON.parse(area.dataset['source'] ?? 'null'));
    editor.view.focus();
  });
  return editor;
}
