import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import type { NodeType } from 'prosemirror-model';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import { type Command, type EditorState, NodeSelection, TextSelection } from 'prosemirror-state';
import { lessonSchema } from './schema.ts';

const { nodes, marks } = lessonSchema;

function node(name: string): NodeType {
  const type = nodes[name];
  if (!type) throw new Error(`the schema has no ${name}`);
  return type;
}

function mark(name: string) {
  const type = marks[name];
  if (!type) throw new Error(`the schema has no ${name}`);
  return type;
}

export const toggleStrong = toggleMark(mark('strong'));
export const toggleEm = toggleMark(mark('em'));

export function isMarked(state: EditorState, name: string): boolean {
  const { from, $from, to, empty } = state.selection;
  const type = mark(name);
  if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

export type BlockStyle = 'paragraph' | 'heading' | 'subheading';

export function blockStyle(state: EditorState): BlockStyle {
  const parent = state.selection.$from.parent;
  if (parent.type !== nodes['heading']) return 'paragraph';
  return Number(parent.attrs['level']) > 2 ? 'subheading' : 'heading';
}

/** A lesson's headings begin at the second level: its title is the first. */
export function setStyle(style: BlockStyle): Command {
  if (style === 'paragraph') return setBlockType(node('paragraph'));
  return setBlockType(node('heading'), { level: style === 'heading' ? 2 : 3 });
}

export function isInside(state: EditorState, name: string): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1)
    if ($from.node(depth).type === nodes[name]) return true;
  return false;
}

export function toggleList(name: 'bullet_list' | 'ordered_list'): Command {
  return (state, dispatch, view) => {
    if (isInside(state, name)) return liftListItem(node('list_item'))(state, dispatch, view);
    return wrapInList(node(name), { tight: true })(state, dispatch);
  };
}

export const toggleQuote: Command = (state, dispatch, view) =>
  isInside(state, 'blockquote') ? lift(state, dispatch) : wrapIn(node('blockquote'))(state, dispatch, view);

export const insertTable: Command = (state, dispatch) => {
  const row = (cell: NodeType) =>
    node('table_row').create(
      null,
      [cell, cell].map((type) => type.create()),
    );
  const table = node('table').create(null, [
    row(node('table_header')),
    row(node('table_cell')),
    row(node('table_cell')),
  ]);
  if (!dispatch) return !isInside(state, 'table');
  const transaction = state.tr.replaceSelectionWith(table);
  const at = transaction.doc.resolve(
    Math.max(1, transaction.mapping.map(state.selection.from) - table.nodeSize + 3),
  );
  dispatch(transaction.setSelection(TextSelection.near(at)).scrollIntoView());
  return true;
};

export function insertImage(image: { src: string; alt: string }): Command {
  return (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(node('image').create(image)).scrollIntoView());
    return true;
  };
}

export function selectedImage(state: EditorState) {
  const { selection } = state;
  return selection instanceof NodeSelection && selection.node.type === nodes['image']
    ? selection.node
    : undefined;
}

export function setAlt(alt: string): Command {
  return (state, dispatch) => {
    const image = selectedImage(state);
    if (!image) return false;
    dispatch?.(state.tr.setNodeMarkup(state.selection.from, null, { ...image.attrs, alt }));
    return true;
  };
}

/** The address of the link that the cursor stands in. */
export function linkAt(state: EditorState): string {
  const { $from, from, to } = state.selection;
  let href = String(mark('link').isInSet($from.marks())?.attrs['href'] ?? '');
  state.doc.nodesBetween(from, to, (one) => {
    href ||= String(mark('link').isInSet(one.marks)?.attrs['href'] ?? '');
  });
  return href;
}

/** An empty address takes the link away; without a selection the words come with it. */
export function setLink({ href, text }: { href: string; text: string }): Command {
  return (state, dispatch) => {
    const type = mark('link');
    const { from, to, empty } = state.selection;
    const transaction = state.tr;
    if (empty && href)
      transaction.replaceSelectionWith(lessonSchema.text(text || href, [type.create({ href })]), false);
    else {
      transaction.removeMark(from, to, type);
      if (href) transaction.addMark(from, to, type.create({ href }));
    }
    dispatch?.(transaction.scrollIntoView());
    return true;
  };
}
