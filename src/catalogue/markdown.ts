import MarkdownIt, { type Token } from 'markdown-it';

// Raw HTML stays text, so what an author writes cannot carry markup of its own; links are plain http(s).
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false, typographer: false });
markdown.validateLink = (url) => /^(https?:|mailto:|tel:|\/(?![/\\])|#)/i.test(url.trim());

const ownImage = /^\/media\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/**
 * A lesson's Markdown as safe HTML; headings begin at level 2, since the page has the first. Of pictures only
 * those kept in Daksh are shown, of others the words; links to elsewhere tell nothing of the page.
 */
export function renderMarkdown(source: string): string {
  const tokens = markdown.parse(source, {});
  for (const token of tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close')
      token.tag = token.tag === 'h1' ? 'h2' : token.tag;
    for (const child of token.children ?? []) mend(child);
  }
  return markdown.renderer.render(tokens, markdown.options, {});
}

function mend(token: Token): void {
  if (token.type === 'link_open' && /^https?:/i.test(String(token.attrGet('href'))))
    token.attrSet('rel', 'noopener noreferrer');
  if (token.type !== 'image') return;
  if (ownImage.test(sourceOf(token))) token.attrSet('loading', 'lazy');
  else {
    token.type = 'text';
    token.tag = '';
  }
}

function sourceOf(token: Token): string {
  return String(token.attrGet('src') ?? '');
}

/** The pictures that a text names: `own` by the id of the file in Daksh, `foreign` by address. */
export function imagesIn(source: string): { own: string[]; foreign: string[] } {
  if (!source.includes('![')) return { own: [], foreign: [] };
  const images = markdown.parse(source, {}).flatMap((token) => token.children ?? []);
  const sources = images.filter((token) => token.type === 'image').map(sourceOf);
  const own = sources.flatMap((address) => ownImage.exec(address)?.[1]?.toLowerCase() ?? []);
  return { own: [...new Set(own)], foreign: sources.filter((address) => !ownImage.test(address)) };
}

/** Words of a text, in either script; the reading time of a lesson that declares none follows from it. */
export function countWords(source: string): number {
  return source.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
