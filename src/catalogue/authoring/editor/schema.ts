import { schema as markdownSchema } from 'prosemirror-markdown';
import { type MarkSpec, Schema } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';

const cells = tableNodes({ tableGroup: 'block', cellContent: 'inline*', cellAttributes: {} });

const strikethrough: MarkSpec = {
  parseDOM: [{ tag: 's' }, { tag: 'del' }],
  toDOM: () => ['s', 0],
};

const base = markdownSchema.spec;

/** What a lesson's text can hold: CommonMark and tables. The editor knows nothing that Markdown cannot keep. */
export const lessonSchema = new Schema({
  nodes: base.nodes.append(cells),
  marks: base.marks.addToEnd('strikethrough', strikethrough),
});
