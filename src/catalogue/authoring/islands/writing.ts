/**
 * For the forms that authors write in, beside the lesson's own editor: Latin letters become Hindi in every
 * Hindi field, what is typed is kept on this phone or computer until it is saved, and leaving asks first.
 */
import { element } from '../editor/element.ts';
import { forgetSent, KeptForm, type KeptWords } from '../editor/kept-form.ts';
import { addPhonetic, Phonetic, type PhoneticWords } from '../editor/phonetic-input.ts';

const bar = document.getElementById('writing-aids');
const hindi = 'input:not([type])[lang=hi], input[type=text][lang=hi], textarea[lang=hi]';

forgetSent();
if (bar) start(bar);

function start(place: HTMLElement): void {
  const words = JSON.parse(place.dataset['words'] ?? '{}') as PhoneticWords &
    KeptWords & { phoneticHow: string; phoneticHelp: string };
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(hindi)];
  const state = element('p', { role: 'status' });
  if (fields.length > 0) {
    const phonetic = new Phonetic(words, '');
    for (const field of fields) addPhonetic(field, words, phonetic);
    place.append(
      element('div', { class: 'phonetic-switch' }, [phonetic.button]),
      element('details', { class: 'writing-help' }, [
        element('summary', {}, [words.phoneticHow]),
        element('p', {}, [words.phoneticHelp]),
      ]),
    );
  }
  place.append(state);
  place.hidden = fields.length === 0;
  const parts = {
    words,
    person: place.dataset['person'] ?? '',
    say(text: string, ...buttons: HTMLElement[]) {
      place.hidden = false;
      state.replaceChildren(text, ' ', ...buttons);
    },
  };
  for (const form of document.querySelectorAll<HTMLFormElement>('main form[method=post]'))
    if (form.querySelector('textarea, input[type=text]')) new KeptForm(form, parts);
}
