import MarkdownIt from 'markdown-it';

// Raw HTML stays text, so what an author writes cannot carry markup of its own; links are plain http(s).
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false, typographer: false });
markdown.validateLink = (url) => /^(https?:|mailto:|tel:|\/(?!\/)|#)/i.test(url.trim());

/** A lesson's Markdown as safe HTML; headings begin at level 2, since the page has the first. */
export function renderMarkdown(source: string): string {
  const tokens = markdown.parse(source, {});
  for (const token of tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close')
      token.tag = token.tag === 'h1' ? 'h2' : token.tag;
  }
  return markdown.renderer.render(tokens, markdown.options, {});
}

/** Words of a text, in either script; the reading time of a lesson that declares none follows from it. */
export function countWords(source: string): number {
  return source.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
