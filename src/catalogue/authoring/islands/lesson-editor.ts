/** The lesson's form with script: an editor in place of each Markdown field. Without it the form works as well. */
import { openRichText } from '../editor/rich-text.ts';
import type { Words } from '../editor/words.ts';

const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '';
const words = JSON.parse(document.getElementById('editor-words')?.dataset['words'] ?? '{}') as Words;

for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-doc]'))
  openRichText(area, { words, upload, plugins: [], buttons: [], onChange: () => undefined });

async function upload(file: File): Promise<string> {
  const response = await fetch(`/api/v1/files?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream', 'x-csrf-token': token },
    body: file,
  });
  const answer = (await response.json()) as {
    fileId?: string;
    contentType?: string;
    title?: string;
    detail?: string;
  };
  if (!response.ok) throw new Error(answer.detail ?? answer.title ?? words.imageFailed);
  if (!answer.contentType?.startsWith('image/')) throw new Error(words.imageFile);
  return `/media/${answer.fileId}`;
}
