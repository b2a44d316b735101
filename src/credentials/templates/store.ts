import { sql } from 'kysely';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';
import type { Look } from './look.ts';

type Reader = Reads | Tx;

export type TemplateState = 'draft' | 'in_force' | 'ended';
export type Template = {
  templateId: string;
  officeId: string;
  state: TemplateState;
  look: Look;
  createdAt: Date;
  inForceAt: Date | null;
};

const columns = sql`t.certificate_template_id as "templateId", t.office_id as "officeId", t.state,
  t.content as look, t.created_at as "createdAt", t.in_force_at as "inForceAt"`;

export async function templateOfOffice(
  db: Reader,
  officeId: string,
  state: 'draft' | 'in_force',
): Promise<Template | undefined> {
  const found = await sql<Template>`select ${columns} from certificate_template t
    where t.office_id = ${officeId} and t.state = ${state}`.execute(db);
  return found.rows[0];
}

/** The one in force at the office itself or nearest above it. */
export async function nearestTemplate(db: Reader, path: readonly string[]): Promise<Template | undefined> {
  const found = await sql<Template>`select ${columns} from certificate_template t
    where t.office_id = any(${path}::uuid[]) and t.state = 'in_force'
    order by array_position(${path}::uuid[], t.office_id) desc limit 1`.execute(db);
  return found.rows[0];
}

export async function templateById(db: Reader, templateId: string): Promise<Template | undefined> {
  const found = await sql<Template>`select ${columns} from certificate_template t
    where t.certificate_template_id = ${templateId}`.execute(db);
  return found.rows[0];
}

export type OfficeWithTemplate = {
  code: string;
  nameHi: string;
  nameEn: string | null;
  hasDraft: boolean;
  inForceAt: Date | null;
};

/** Offices of the scopes that have a template of their own, from the top. */
export async function officesWithTemplates(
  db: Reader,
  scopes: readonly string[],
): Promise<OfficeWithTemplate[]> {
  const found = await sql<OfficeWithTemplate>`select o.code, o.name_hi as "nameHi", o.name_en as "nameEn",
      bool_or(t.state = 'draft') as "hasDraft", max(t.in_force_at) filter (where t.state = 'in_force') as "inForceAt"
    from certificate_template t join office o using (office_id)
    where t.state <> 'ended' and ${inScope(sql`o.path`, scopes)}
    group by o.office_id order by cardinality(o.path), o.code limit 200`.execute(db);
  return found.rows;
}

type NewDraft = { templateId: string; officeId: string; look: Look; at: Date; by: string | null };

/** Keeps the office's one draft; an earlier one is overwritten. */
export async function keepDraft(tx: Tx, draft: NewDraft): Promise<string> {
  const kept = await sql<{ id: string }>`insert into certificate_template
      (certificate_template_id, office_id, state, content, created_at, created_by)
    values (${draft.templateId}, ${draft.officeId}, 'draft', ${JSON.stringify(draft.look)}::jsonb, ${draft.at}, ${draft.by})
    on conflict (office_id, state) where state <> 'ended'
    do update set content = excluded.content, created_at = excluded.created_at, created_by = excluded.created_by
    returning certificate_template_id as id`.execute(tx);
  return kept.rows[0]?.id ?? draft.templateId;
}

export async function dropDraft(tx: Tx, officeId: string): Promise<boolean> {
  const gone = await sql`delete from certificate_template where office_id = ${officeId} and state = 'draft'
    returning 1`.execute(tx);
  return gone.rows.length > 0;
}

/** The one in force ends; returns whether there was one. */
export async function endInForce(tx: Tx, officeId: string, at: Date): Promise<boolean> {
  const ended = await sql`update certificate_template set state = 'ended', ended_at = ${at}
    where office_id = ${officeId} and state = 'in_force' returning 1`.execute(tx);
  return ended.rows.length > 0;
}

/** The draft comes into force; its id, or undefined where there is none. */
export async function bringIntoForce(tx: Tx, officeId: string, at: Date): Promise<string | undefined> {
  const made = await sql<{
    id: string;
  }>`update certificate_template set state = 'in_force', in_force_at = ${at}
    where office_id = ${officeId} and state = 'draft' returning certificate_template_id as id`.execute(tx);
  return made.rows[0]?.id;
}

export type Picture = { sha256: string; png: Buffer; width: number; height: number };

export async function keepPicture(tx: Tx, picture: Picture & { at: Date }): Promise<void> {
  await sql`insert into certificate_picture (sha256, png, width, height, created_at)
    values (${picture.sha256}, ${picture.png}, ${picture.width}, ${picture.height}, ${picture.at})
    on conflict do nothing`.execute(tx);
}

export async function picturesBySha(db: Pick<Db, 'read'>, wanted: string[]): Promise<Map<string, Picture>> {
  if (wanted.length === 0) return new Map();
  const found = await sql<Picture>`select sha256, png, width, height from certificate_picture
    where sha256 = any(${wanted}::text[])`.execute(db.read);
  return new Map(found.rows.map((row) => [row.sha256, row]));
}
