import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../kernel/project-root.ts';
import { openTable } from '../../kernel/tabular/index.ts';
import { foldText } from '../../kernel/text/index.ts';

export type ListedDepartment = { nameHi: string; nameEn: string };

let kept: Promise<ListedDepartment[]> | undefined;

/** The departments of Uttar Pradesh as they are published; a start, for nobody counts them alike. */
export function departmentsList(): Promise<ListedDepartment[]> {
  kept ??= readList();
  return kept;
}

async function readList(): Promise<ListedDepartment[]> {
  const path = join(projectRoot(), 'reference', 'up-departments.csv');
  const columns = ['name_hi', 'name_en'].map((name) => ({ name }));
  const table = await openTable(createReadStream(path), { columns });
  const list: ListedDepartment[] = [];
  for await (const chunk of table.rows)
    for (const { values } of chunk.rows) list.push({ nameHi: values[0] ?? '', nameEn: values[1] ?? '' });
  return list;
}

/** Two names of one department: spelling, and whether "department" is said, do not part them. */
export function isSameDepartment(
  a: { nameHi: string; nameEn: string | null },
  b: { nameHi: string; nameEn: string | null },
): boolean {
  return (
    bareName(a.nameHi) === bareName(b.nameHi) ||
    (b.nameEn !== null && bareName(a.nameEn ?? '') === bareName(b.nameEn))
  );
}

function bareName(name: string): string {
  return foldText(name)
    .replaceAll(/(^| )(विभाग|department of|department|dept of|dept)( |$)/g, ' ')
    .replaceAll(/ (एवं|तथा|व|और|and) /g, ' ')
    .trim();
}
