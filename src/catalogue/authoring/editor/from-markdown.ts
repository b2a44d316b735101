import MarkdownIt, { type Token } from 'markdown-it';
import { MarkdownParser } from 'prosemirror-markdown';
import type { Node } from 'prosemirror-model';
import { lessonSchema } from './schema.ts';

// As markdown.ts reads it, save that bare addresses stay text: a link made of them would be written anew.
const tokenizer = new MarkdownIt({ html: false, linkify: false, breaks: false, typographer: false });

const parser = new MarkdownParser(lessonSchema, tokenizer, {
  blockquote: { block: 'blockquote' },
  paragraph: { block: 'paragraph' },
  list_item: { block: 'list_item' },
  bullet_list: {
    block: 'bullet_list',
    getAttrs: (_token, tokens, index) => ({ tight: isTight(tokens, index) }),
  },
  ordered_list: {
    block: 'ordered_list',
    getAttrs: (token, tokens, index) => ({
      order: Number(token.attrGet('start') ?? 1),
      tight: isTight(tokens, index),
    }),
  },
  heading: { block: 'heading', getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
  code_block: { block: 'code_block', noCloseToken: true },
  fence: { block: 'code_block', getAttrs: (token) => ({ params: token.info || '' }), noCloseToken: true },
  hr: { node: 'horizontal_rule' },
  image: {
    node: 'image',
    getAttrs: (token) => ({
      src: token.attrGet('src'),
      title: token.attrGet('title') || null,
      alt: token.content || null,
    }),
  },
  hardbreak: { node: 'hard_break' },
  table: { block: 'table' },
  thead: { ignore: true },
  tbody: { ignore: true },
  tr: { block: 'table_row' },
  th: { block: 'table_header' },
  td: { block: 'table_cell' },
  em: { mark: 'em' },
  strong: { mark: 'strong' },
  s: { mark: 'strikethrough' },
  link: {
    mark: 'link',
    getAttrs: (token) => ({ href: token.attrGet('href'), title: token.attrGet('title') || null }),
  },
  code_inline: { mark: 'code', noCloseToken: true },
});

/** A lesson's Markdown as the editor's document; read on the server, so that the editor stays light. */
export function fromMarkdown(source: string): Node {
  return parser.parse(source);
}

function isTight(tokens: readonly Token[], index: number): boolean {
  for (const token of tokens.slice(index + 1)) if (token.type !== 'list_item_open') return token.hidden;
  return false;
}
