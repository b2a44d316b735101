import type { Ctx } from '../kernel/context.ts';
import { type OfficeLine, officeLines } from './store.ts';

export type OfficePage = { rootsOnly: boolean; parentCode?: string; after?: string; limit: number };

/** Offices by code, a page at a time. No policy: offices' names are public. */
export async function listOffices(
  ctx: Pick<Ctx, 'db'>,
  page: OfficePage,
): Promise<{ items: OfficeLine[]; next: string | null }> {
  const rows = await officeLines(ctx.db.read, { ...page, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.code ?? null) : null };
}

/** Every office, in chunks. */
export async function* allOffices(
  ctx: Pick<Ctx, 'db'>,
  filter: Pick<OfficePage, 'rootsOnly'>,
): AsyncGenerator<OfficeLine[]> {
  let after: string | undefined;
  do {
    const page = await listOffices(ctx, { ...filter, after, limit: 10_000 });
    yield page.items;
    after = page.next ?? undefined;
  } while (after !== undefined);
}
