import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { takeFile } from '../../src/imports/import-file.ts';
import type { Ctx } from '../../src/kernel/context.ts';
import {
  checkImport,
  commitImport,
  errorFile,
  findImportKind,
  type ImportResult,
  importById,
} from '../../src/kernel/imports/index.ts';
import { openTable } from '../../src/kernel/tabular/index.ts';
import type { World } from '../world.ts';

export type Taken = { result: ImportResult; errors: Record<string, string>[] };
export type Flags = { office?: string; complete?: boolean; allOrNothing?: boolean; allowManyEnded?: boolean };

/** A CSV file from rows of cells. */
export function csv(headings: string, ...rows: string[]): Buffer {
  return Buffer.from(`${headings}\n${rows.join('\n')}\n`);
}

export async function look(ctx: Ctx, kind: string, file: Buffer, flags: Flags = {}): Promise<Taken> {
  return run(ctx, { kind, file, flags }, checkImport);
}

export async function commit(ctx: Ctx, kind: string, file: Buffer, flags: Flags = {}): Promise<Taken> {
  return run(ctx, { kind, file, flags }, commitImport);
}

type Given = { kind: string; file: Buffer; flags: Flags };

async function run(ctx: Ctx, given: Given, act: typeof checkImport): Promise<Taken> {
  const importId = await receive(ctx, given.kind, given.file, given.flags);
  const result = await act(ctx, importId);
  return { result, errors: await errorsOf(ctx, importId) };
}

export async function receive(ctx: Ctx, kindName: string, file: Buffer, flags: Flags = {}): Promise<string> {
  const kind = findImportKind(kindName);
  if (!kind) throw new Error(`no kind ${kindName}`);
  return takeFile(ctx, kind, {
    source: Readable.from([file]),
    name: `${kindName}.csv`,
    flags: { complete: false, allOrNothing: false, allowManyEnded: false, ...flags },
  });
}

/** The error file, read back by its headings. */
export async function errorsOf(ctx: Ctx, importId: string): Promise<Record<string, string>[]> {
  const row = await importById(ctx.db.read, importId);
  if (!row) throw new Error('no import');
  const text = Buffer.from((await Array.fromAsync(errorFile(ctx, row))).join(''));
  const headings = [...row.headings, 'line', 'reason'];
  const table = await openTable(Readable.from([text]), { columns: headings.map((name) => ({ name })) });
  const rows: Record<string, string>[] = [];
  for await (const chunk of table.rows) {
    for (const { values } of chunk.rows) {
      rows.push(Object.fromEntries(headings.map((name, place) => [name, values[place] ?? ''])));
    }
  }
  return rows;
}

/** `CODE@OFFICE designation group engagement kind from..until reason`, of postings that were not voided. */
export async function postings(world: World, ...codes: string[]): Promise<string[]> {
  const found = await sql<{ line: string }>`
    select concat_ws(' ', p.employee_code || '@' || o.code, coalesce(d.name, '-'), coalesce(t.service_group, '-'),
      coalesce(t.engagement, '-'), t.kind, t.starts_on || '..' || coalesce(t.ends_on::text, ''), t.end_reason,
      case when t.is_primary then '*' end) as line
    from posting t join person p using (person_id) join office o using (office_id)
      left join designation d using (designation_id)
    where t.voided_at is null and p.voided_at is null
      and (${codes.length === 0} or p.employee_code = any(${codes}::text[]))
    order by p.issuer, p.employee_code, t.starts_on, o.code, t.posting_id`.execute(world.runtime.db.read);
  return found.rows.map((row) => row.line);
}

/** `CODE name_hi|name_en mobile email joined..retires account registered`, of people that were not taken back. */
export async function people(world: World, ...codes: string[]): Promise<string[]> {
  const found = await sql<{ line: string }>`
    select concat_ws(' ', p.issuer || ':' || p.employee_code, coalesce(p.name_hi, '') || '|' || coalesce(p.name_en, ''),
      coalesce(p.mobile, '-'), coalesce(p.email, '-'), coalesce(p.joined_on::text, '') || '..' || coalesce(p.retires_on::text, ''),
      p.account_day, p.registered_on, p.controlling_officer_code,
      (select string_agg(c.value, ',' order by c.value) from person_contact c where c.person_id = p.person_id)) as line
    from person p
    where p.voided_at is null and (${codes.length === 0} or p.employee_code = any(${codes}::text[]))
    order by p.issuer, p.employee_code`.execute(world.runtime.db.read);
  return found.rows.map((row) => row.line);
}

/** `CODE COURSE day minutes office group engagement source number`, of completions in force. */
export async function completions(world: World, ...codes: string[]): Promise<string[]> {
  const found = await sql<{ line: string }>`
    select concat_ws(' ', p.employee_code, k.code, c.completed_day, c.minutes, coalesce(o.code, '-'),
      coalesce(c.service_group, '-'), coalesce(c.engagement, '-'), c.source, c.foreign_certificate_no) as line
    from completion c join person p using (person_id) join course k using (course_id) left join office o on o.office_id = c.office_id
    where c.voided_at is null and (${codes.length === 0} or p.employee_code = any(${codes}::text[]))
    order by p.employee_code, k.code, c.completed_day`.execute(world.runtime.db.read);
  return found.rows.map((row) => row.line);
}

export function counts(result: ImportResult): Record<string, number> {
  const { rows, added, changed, unchanged, ended, rejected } = result;
  return { rows, added, changed, unchanged, ended, rejected };
}
