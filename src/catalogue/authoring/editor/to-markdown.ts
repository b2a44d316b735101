import {
  defaultMarkdownSerializer,
  MarkdownSerializer,
  type MarkdownSerializerState,
} from 'prosemirror-markdown';
import type { Node } from 'prosemirror-model';
import { lessonSchema } from './schema.ts';

const serializer = new MarkdownSerializer(
  {
    ...defaultMarkdownSerializer.nodes,
    table: writeTable,
    // Devanagari after a bullet reads the same; a dash is what the help names.
    bullet_list(state, node) {
      state.renderList(node, '  ', () => '- ');
    },
  },
  {
    ...defaultMarkdownSerializer.marks,
    strikethrough: { open: '~~', close: '~~', mixable: true, expelEnclosingWhitespace: true },
  },
);

/** The text of the editor as it is kept. */
export function toMarkdown(doc: Node): string {
  return serializer.serialize(doc, { tightLists: true });
}

function writeTable(state: MarkdownSerializerState, table: Node): void {
  table.forEach((row, _offset, index) => {
    const cells = row.children.map(cellText);
    state.ensureNewLine();
    state.write(`| ${cells.join(' | ')} |`);
    if (index > 0) return;
    state.ensureNewLine();
    state.write(`|${' --- |'.repeat(cells.length)}`);
  });
  state.closeBlock(table);
}

function cellText(cell: Node): string {
  const { paragraph, doc } = lessonSchema.nodes;
  const text =
    doc && paragraph ? serializer.serialize(doc.create(null, paragraph.create(null, cell.content))) : '';
  return text.replace(/\\?\n/g, ' ').replace(/(?<!\\)\|/g, '\\|');
}
