import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { searchDocument } from '../../kernel/text/index.ts';

export const rootCode = 'GEN';

type Office = {
  n: number;
  id: string;
  code: string;
  nameHi: string;
  nameEn: string;
  parentId: string | null;
  kind: string;
  path: string[];
};

const levels = [
  { kind: 'government', hi: 'काल्पनिक शासन', en: 'Imaginary Government' },
  { kind: 'department', hi: 'काल्पनिक विभाग', en: 'Imaginary Department' },
  { kind: 'directorate', hi: 'काल्पनिक निदेशालय', en: 'Imaginary Directorate' },
  { kind: 'district', hi: 'काल्पनिक जनपद कार्यालय', en: 'Imaginary District Office' },
  { kind: 'block', hi: 'काल्पनिक विकासखंड कार्यालय', en: 'Imaginary Block Office' },
] as const;
const deepest = { kind: 'institution', hi: 'काल्पनिक संस्थान', en: 'Imaginary Institution' } as const;

/** A tree of about four levels under one root, and `gen_office` (n, office_id) for what follows. */
export async function addOffices(tx: Tx, order: { offices: number; seed: number }): Promise<void> {
  await sql`create temporary table gen_office (n integer primary key, office_id uuid) on commit drop`.execute(
    tx,
  );
  const made: Office[] = [];
  const fanOut = Math.ceil(order.offices ** (1 / 4));
  for (let n = 0; n < order.offices; n += 1) {
    const parent = n === 0 ? undefined : made[Math.floor((n - 1) / fanOut)];
    made.push(officeOf(n, parent, order.seed));
  }
  for (let at = 0; at < made.length; at += 2000) await insertOffices(tx, made.slice(at, at + 2000));
}

function officeOf(n: number, parent: Office | undefined, seed: number): Office {
  const id = idOf(`office ${seed} ${n}`, n);
  const level = levels[parent?.path.length ?? 0] ?? deepest;
  return {
    n,
    id,
    code: n === 0 ? rootCode : `${rootCode}-${String(n).padStart(5, '0')}`,
    nameHi: n === 0 ? level.hi : `${level.hi} ${n}`,
    nameEn: n === 0 ? level.en : `${level.en} ${n}`,
    parentId: parent?.id ?? null,
    kind: level.kind,
    path: [...(parent?.path ?? []), id],
  };
}

/** A UUID of version 7 whose time grows with `n` and whose rest depends on the text alone. */
export function idOf(text: string, n: number): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const time = (Date.UTC(2019, 0, 1) + n).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

async function insertOffices(tx: Tx, offices: Office[]): Promise<void> {
  const rows = offices.map((office) => ({
    ...office,
    search: searchDocument([office.code, office.nameHi, office.nameEn]),
  }));
  await sql`with made as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as m (n int, id uuid, code text, "nameHi" text,
        "nameEn" text, "parentId" uuid, kind text, path uuid[], search text)
    ), kept as (
      insert into office (office_id, code, name_hi, name_en, parent_id, kind, path, search_text)
      select id, code, "nameHi", "nameEn", "parentId", kind, path, search from made
    )
    insert into gen_office (n, office_id) select n, id from made`.execute(tx);
}
