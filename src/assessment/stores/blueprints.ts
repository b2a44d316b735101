import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import type { BlueprintRules } from '../rules.ts';
import type { Stamp } from './banks.ts';
import { ownerPath } from './owner.ts';

export type BlueprintRow = {
  blueprintId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  officeId: string | null;
  officePath: string[] | null;
  revision: number;
  rules: BlueprintRules;
  changedAt: Date;
  retiredAt: Date | null;
};

const columns = sql`p.blueprint_id as "blueprintId", p.code, p.title_hi as "titleHi", p.title_en as "titleEn",
  p.office_id as "officeId", ${ownerPath} as "officePath", p.revision, v.rules, p.changed_at as "changedAt",
  p.retired_at as "retiredAt"`;
const tables = sql`blueprint p join blueprint_version v on v.blueprint_id = p.blueprint_id and v.revision = p.revision
  left join office o on o.office_id = p.office_id`;

export async function blueprintsIn(ctx: Pick<Ctx, 'db'>, scopes: string[]): Promise<BlueprintRow[]> {
  const everywhere = scopes.includes('*');
  const found = await sql<BlueprintRow>`select ${columns} from ${tables}
    where ${everywhere} or ${ownerPath} && ${scopes.filter((one) => one !== '*')}::uuid[]
    order by p.retired_at is not null, p.code limit 500`.execute(ctx.db.read);
  return found.rows;
}

export async function blueprintByCode(read: Reads | Tx, code: string): Promise<BlueprintRow | undefined> {
  const found = await sql<BlueprintRow>`select ${columns} from ${tables} where p.code = ${code}`.execute(
    read,
  );
  return found.rows[0];
}

export async function lockBlueprint(tx: Tx, code: string): Promise<BlueprintRow | undefined> {
  const found = await sql<BlueprintRow>`select ${columns} from ${tables} where p.code = ${code}
    for update of p`.execute(tx);
  return found.rows[0];
}

type NewBlueprint = Pick<
  BlueprintRow,
  'blueprintId' | 'code' | 'titleHi' | 'titleEn' | 'officeId' | 'revision' | 'rules'
>;

/** Inserts a blueprint, or puts its next revision in force. */
export async function keepBlueprint(tx: Tx, row: NewBlueprint, stamp: Stamp): Promise<void> {
  await sql`insert into blueprint (blueprint_id, code, title_hi, title_en, office_id, revision, created_at, created_by,
      changed_at, changed_by)
    values (${row.blueprintId}, ${row.code}, ${row.titleHi}, ${row.titleEn}, ${row.officeId}, ${row.revision},
      ${stamp.now}, ${stamp.by}, ${stamp.now}, ${stamp.by})
    on conflict (blueprint_id) do update set title_hi = excluded.title_hi, title_en = excluded.title_en,
      revision = excluded.revision, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    tx,
  );
  await sql`insert into blueprint_version (blueprint_id, revision, rules, saved_at, saved_by)
    values (${row.blueprintId}, ${row.revision}, ${JSON.stringify(row.rules)}::jsonb, ${stamp.now}, ${stamp.by})`.execute(
    tx,
  );
}

const known = new WeakMap<Db, Map<string, BlueprintRules>>();

/** The rules that a paper was drawn by; a revision never changes, so it is read once a process. */
export async function rulesOf(db: Db, blueprintId: string, revision: number): Promise<BlueprintRules> {
  const cache = known.get(db) ?? new Map<string, BlueprintRules>();
  known.set(db, cache);
  const key = `${blueprintId}:${revision}`;
  const kept = cache.get(key);
  if (kept) return kept;
  const found = await sql<{ rules: BlueprintRules }>`select rules from blueprint_version
    where blueprint_id = ${blueprintId} and revision = ${revision}`.execute(db.read);
  const rules = found.rows[0]?.rules;
  if (!rules) throw new Error(`no rules of blueprint ${key}`);
  if (cache.size > 2000) cache.clear();
  cache.set(key, rules);
  return rules;
}

export type BlueprintUse = {
  course: string;
  titleHi: string | null;
  titleEn: string | null;
  lesson: string;
  lessonHi: string | null;
  lessonEn: string | null;
};

/** Lessons of draft or published versions that name this blueprint. */
export async function usesOf(ctx: Pick<Ctx, 'db'>, code: string): Promise<BlueprintUse[]> {
  const found = await sql<BlueprintUse>`select distinct on (c.code, l.code) c.code as course,
      c.title_hi as "titleHi", c.title_en as "titleEn", l.code as lesson, l.title_hi as "lessonHi",
      l.title_en as "lessonEn"
    from lesson l join course_version v using (course_version_id) join course c using (course_id)
    where l.quiz->>'blueprint' = ${code} and v.state <> 'superseded'
    order by c.code, l.code, v.number desc`.execute(ctx.db.read);
  return found.rows;
}
