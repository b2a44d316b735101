import { z } from 'zod';
import { addFieldTexts } from './field-texts.ts';

addFieldTexts({
  bad_list_key: {
    hi: 'यह पृष्ठ-कुंजी ठीक नहीं है। पिछले उत्तर का next ज्यों का त्यों भेजें।',
    en: 'This page key is damaged. Send the `next` of the last answer as it stands.',
  },
});

/** Where a page begins: behind this row of this person. */
export type ListKey = { personId: string; id: string };
export type ListPage = { limit: number; after?: ListKey | undefined };
export type Listed<Row> = { items: Row[]; next: string | null };

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const keyForm = new RegExp(`^(${uuid})\\.(${uuid})$`, 'i');

/** The key of a page of rows that belong to persons: given back as it came in `next`. */
export const listKey = z
  .string()
  .regex(keyForm, 'bad_list_key')
  .transform((text): ListKey => {
    const [, personId = '', id = ''] = keyForm.exec(text) ?? [];
    return { personId, id };
  });
export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(200),
  after: listKey.optional().describe('`next` of the page before'),
});

/** A page from its rows and one more, if there is one. */
export function cutList<Row>(rows: Row[], limit: number, keyOf: (row: Row) => ListKey): Listed<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || !last) return { items, next: null };
  const { personId, id } = keyOf(last);
  return { items, next: `${personId}.${id}` };
}

/** The shape of a list that comes by pages. */
export function pagedList<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** The shape of a list that is always whole. */
export function wholeList<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.null().describe('This list comes whole') });
}

export function whole<Item>(items: Item[]): { items: Item[]; next: null } {
  return { items, next: null };
}
