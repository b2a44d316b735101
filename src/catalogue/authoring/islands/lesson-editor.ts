/** The lesson's form with script: an editor in place of each Markdown field. Without it the form works as well. */
import { Autosave, type Problem } from '../editor/autosave.ts';
import { forgetSent } from '../editor/kept-form.ts';
import { addPhonetic, Phonetic } from '../editor/phonetic-input.ts';
import { phoneticPlugin } from '../editor/phonetic-plugin.ts';
import { readingText } from '../editor/reading-text.ts';
import { openRichText, type RichText } from '../editor/rich-text.ts';
import type { Words } from '../editor/words.ts';

const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '';
const words = JSON.parse(document.getElementById('editor-words')?.dataset['words'] ?? '{}') as Words;
const editors = new Map<string, RichText>();
const form = document.querySelector<HTMLFormElement>('#lesson-form');

forgetSent();
if (form) start(form);

function start(place: HTMLFormElement): void {
  for (const area of place.querySelectorAll<HTMLTextAreaElement>('textarea[data-doc]')) {
    const phonetic =
      area.lang === 'hi' ? new Phonetic(words, area.labels?.[0]?.textContent ?? '') : undefined;
    const editor = openRichText(area, {
      words,
      upload,
      plugins: phonetic ? [phoneticPlugin(phonetic)] : [],
      buttons: phonetic ? [phonetic.button] : [],
      onChange() {
        autosave.changed();
        showReading(area);
      },
    });
    editors.set(area.name, editor);
  }
  // Pictures are put in by the editor's own tool, with their words.
  place.querySelector('input[name^="image-"]')?.closest('.grid')?.remove();
  const plain = 'input[type=text][lang=hi], textarea[lang=hi]:not([data-doc])';
  for (const control of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(plain))
    addPhonetic(control, words);
  const autosave = new Autosave({ form: place, words, token, show, onSaved: refreshPreview });
  // The signs of Markdown are for those who write without this editor.
  document.getElementById('formatting-help')?.remove();
  place.querySelector('button[value=preview]')?.addEventListener('click', (event) => {
    event.preventDefault();
    void showPreview(autosave);
  });
}

function showReading(area: HTMLTextAreaElement): void {
  const place = document.getElementById(`reading-${area.name}`);
  if (place) place.textContent = readingText(area.value, words);
}

function show(field: string, text: string, doc: unknown): void {
  const editor = editors.get(field);
  const control = form?.elements.namedItem(field);
  if (editor && doc) editor.replace(doc);
  else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)
    control.value = text;
}

/** Beside the text where there is room, else a page of its own; what is typed is saved first. */
async function showPreview(autosave: Autosave): Promise<void> {
  if (autosave.isDirty()) await autosave.save();
  const frame = document.querySelector<HTMLIFrameElement>('#lesson-preview');
  if (!frame) return;
  if (frame.offsetParent) frame.focus();
  else location.href = frame.src;
}

function refreshPreview(): void {
  const frame = document.querySelector<HTMLIFrameElement>('#lesson-preview');
  frame?.contentWindow?.location.reload();
}

async function upload(file: File): Promise<string> {
  const response = await fetch(`/api/v1/files?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream', 'x-csrf-token': token },
    body: file,
  });
  const answer = (await response.json()) as Problem & { fileId?: string; contentType?: string };
  if (!response.ok) throw new Error(answer.errors?.[0]?.text ?? answer.title ?? words.imageFailed);
  if (!answer.contentType?.startsWith('image/')) throw new Error(words.imageFile);
  return `/media/${answer.fileId}`;
}
