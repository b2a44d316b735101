import { diffArrays } from 'diff';

/**
 * The new text as HTML, with what was put in and what was taken out marked: words inside `ins` and `del`, the
 * structure that of the new one. Both come from the one renderer, so they are safe as they are.
 */
export function markedHtml(old: string, now: string): string {
  return diffArrays(tokensOf(old), tokensOf(now))
    .map(({ added, removed, value }) => {
      if (removed) return wrapped('del', value.map(wordOf).join(''));
      return added ? wordsIn('ins', value) : value.join('');
    })
    .join('');
}

/** One of two texts, with the words marked that the other has not. */
export function ownWordsMarked(own: string, other: string): string {
  return diffArrays(tokensOf(other), tokensOf(own))
    .map(({ added, removed, value }) => (removed ? '' : added ? wordsIn('mark', value) : value.join('')))
    .join('');
}

/** A text without markup, as HTML. */
export function plainHtml(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return escaped
    .split(/\n+/)
    .filter((line) => line.trim())
    .map((line) => `<p>${line}</p>`)
    .join('\n');
}

function tokensOf(html: string): string[] {
  return html.match(/<[^>]+>|\s+|[^<\s]+/g) ?? [];
}

/** Of what was taken out the words and the pictures stay, not its paragraphs and cells. */
function wordOf(token: string): string {
  if (!token.startsWith('<') || token.startsWith('<img')) return token;
  return token.startsWith('</') ? ' ' : '';
}

function isMarkup(token: string): boolean {
  return token.startsWith('<') && !token.startsWith('<img');
}

/** Runs of words inside the mark, tags outside of it. */
function wordsIn(tag: string, tokens: string[]): string {
  let html = '';
  let run = '';
  for (const token of tokens) {
    if (!isMarkup(token)) {
      run += token;
      continue;
    }
    html += wrapped(tag, run) + token;
    run = '';
  }
  return html + wrapped(tag, run);
}

function wrapped(tag: string, text: string): string {
  return text.trim() ? `<${tag}>${text}</${tag}>` : text;
}
