import { type RawBuilder, sql } from 'kysely';
import { type Ctx, requireRole, scopesOf } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';

/** Every role that an office can give; what each may do is each feature's policy. */
export const roles = [
  'nodal',
  'leader',
  'author',
  'reviewer',
  'publisher',
  'appraisal',
  'centre',
  'editor',
  'operator',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

/** Roles that read names and personal fields of the people in their subtree (INTERFACES: Roles). */
export const rolesSeeingPersons: readonly Role[] = ['nodal', 'appraisal', 'auditor'];
/** Roles that read figures of their subtree exactly. */
export const rolesSeeingFigures: readonly Role[] = [
  'nodal',
  'leader',
  'appraisal',
  'auditor',
  'operator',
  'centre',
];

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
  const found = await sql<OfficeRow>`select ${officeColumns} from office where code = ${code}`.execute(
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

/** True where `path` (root first, the office itself last) passes through one of the scopes. */
export function pathIsInScope(path: readonly string[], scopes: readonly string[]): boolean {
  return scopes.includes('*') || path.some((id) => scopes.includes(id));
}

/** Whether the actor holds one of the roles over this office. */
export function holdsRoleOver(ctx: Ctx, wanted: readonly string[], path: readonly string[]): boolean {
  return pathIsInScope(path, scopesOf(ctx.actor, wanted));
}

/** The office with this code if the actor holds one of the roles over it; not visible means not found. */
export async function requireOffice(ctx: Ctx, code: string, wanted: readonly string[]): Promise<OfficeRow> {
  const scopes = requireRole(ctx, wanted);
  const office = await officeByCode(ctx, code);
  if (!office || !pathIsInScope(office.path, scopes)) throw notFound();
  return office;
}

/** SQL for "this path column lies in one of the scopes". */
export function inScope(pathColumn: RawBuilder<unknown>, scopes: readonly string[]): RawBuilder<boolean> {
  if (scopes.includes('*')) return sql<boolean>`true`;
  return sql<boolean>`${pathColumn} && ${scopes}::uuid[]`;
}
