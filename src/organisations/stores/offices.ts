import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import { hot } from '../../kernel/db.ts';

export type OfficeRow = {
  officeId: string;
  code: string;
  nameHi: string;
  nameEn: string | null;
  parentId: string | null;
  kind: string | null;
  areaCode: string | null;
  strength: number | null;
  validFrom: string | null;
  /** The last day; null: open. */
  validUntil: string | null;
  path: string[];
};

export const officeColumns = sql`office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn",
  parent_id as "parentId", kind, area_code as "areaCode", strength,
  valid_from as "validFrom", valid_until as "validUntil", path`;

/** The office with this code, or `undefined`. No policy: offices' names are public. */
export async function officeByCode(ctx: Pick<Ctx, 'db'>, code: string): Promise<OfficeRow | undefined> {
  const found = await sql<OfficeRow>`${hot}select ${officeColumns} from office where code = ${code}`.execute(
    ctx.db.read,
  );
  return found.rows[0];
}

export async function officeById(ctx: Pick<Ctx, 'db'>, officeId: string): Promise<OfficeRow | undefined> {
  const found =
    await sql<OfficeRow>`select ${officeColumns} from office where office_id = ${officeId}`.execute(
      ctx.db.read,
    );
  return found.rows[0];
}

/** SQL for "this path column lies in one of the scopes". */
export function inScope(pathColumn: RawBuilder<unknown>, scopes: readonly string[]): RawBuilder<boolean> {
  if (scopes.includes('*')) return sql<boolean>`true`;
  return sql<boolean>`${pathColumn} && ${scopes}::uuid[]`;
}
