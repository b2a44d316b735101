import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../kernel/project-root.ts';
import { openTable } from '../../kernel/tabular/index.ts';
import { stateNamesHi } from './state-names.ts';

export type AreaRow = {
  areaId: string;
  kind: string;
  code: string;
  nameHi: string | null;
  nameEn: string;
  parentId: string | null;
  census2011: string | null;
  note: string | null;
};

export const areaFiles = [
  'states.csv',
  'districts-india.csv',
  'up-divisions.csv',
  'up-districts.csv',
  'up-tehsils.csv',
  'up-blocks.csv',
  'up-urban-bodies.csv',
];

export function areaFile(name: string): string {
  return join(projectRoot(), 'reference', name);
}

const uttarPradesh = '9';

/** The areas of the reference files, parents before children. */
export async function readAreas(): Promise<AreaRow[]> {
  const country = area('country', 'IN', { nameHi: 'भारत', nameEn: 'India', parentId: null });
  const states = (await rowsOf('states.csv')).map((row) =>
    area('state', row['State Code'], {
      nameHi: stateNamesHi[row['State Code'] ?? ''] ?? null,
      nameEn: titleCase(row['State Name']),
      parentId: country.areaId,
      census2011: row['Census 2011 Code'],
    }),
  );
  return [country, ...states, ...(await readDistricts()), ...(await readBelowDistricts())];
}

async function readDistricts(): Promise<AreaRow[]> {
  const divisions = (await rowsOf('up-divisions.csv')).map((row) =>
    area('division', row['code_local'], {
      nameHi: row['name_hi'],
      nameEn: row['name_en'],
      parentId: `state:${uttarPradesh}`,
    }),
  );
  const own = (await rowsOf('up-districts.csv')).map((row) =>
    area('district', row['lgd_district_code'], {
      nameHi: row['name_hi'],
      nameEn: row['common_name_en'],
      parentId: `division:${row['division_code_local']}`,
      census2011: row['census2011_code'],
    }),
  );
  const others = (await rowsOf('districts-india.csv'))
    .filter((row) => row['State Code'] !== uttarPradesh)
    .map((row) =>
      area('district', row['District Code'], {
        nameEn: titleCase(row['District Name']),
        parentId: `state:${row['State Code']}`,
        census2011: row['Census 2011 Code'],
      }),
    );
  return [...divisions, ...own, ...others];
}

async function readBelowDistricts(): Promise<AreaRow[]> {
  const tehsils = (await rowsOf('up-tehsils.csv')).map((row) =>
    area('tehsil', row['lgd_subdistrict_code'], {
      nameEn: titleCase(row['subdistrict_en']),
      parentId: districtOf(row['lgd_district_code']),
      census2011: row['census2011_code'],
    }),
  );
  const blocks = (await rowsOf('up-blocks.csv')).map((row) =>
    area('block', row['lgd_block_code'], {
      nameHi: row['block_local'],
      nameEn: titleCase(row['block_en']),
      parentId: districtOf(row['lgd_district_code']),
    }),
  );
  const bodies = (await rowsOf('up-urban-bodies.csv')).map((row) =>
    area('urban_body', row['lgd_local_body_code'], {
      nameEn: titleCase(row['name_en']),
      // One body stands in no district of the directory.
      parentId: row['lgd_district_code'] ? `district:${row['lgd_district_code']}` : `state:${uttarPradesh}`,
      census2011: row['census2011_code'],
      note: [row['type_hi'], row['note']].filter(Boolean).join('; '),
    }),
  );
  return [...tehsils, ...blocks, ...bodies];
}

/** A body across two districts lies in the first; one whose district the directory leaves out, in the state. */
function districtOf(code = ''): string {
  const first = /^\d+/.exec(code.trim())?.[0];
  return first ? `district:${first}` : `state:${uttarPradesh}`;
}

type Facts = {
  nameHi?: string | null;
  nameEn: string | undefined;
  parentId: string | null;
  census2011?: string;
  note?: string;
};

function area(kind: string, code = '', facts: Facts): AreaRow {
  return {
    areaId: `${kind}:${code}`,
    kind,
    code,
    nameHi: facts.nameHi || null,
    nameEn: facts.nameEn ?? code,
    parentId: facts.parentId,
    // The directory writes zeros where there is no code.
    census2011: facts.census2011 && !/^0+$/.test(facts.census2011) ? facts.census2011 : null,
    note: facts.note || null,
  };
}

/** The directory writes many names in capitals; a name that is not is left as it is. */
function titleCase(name = ''): string {
  if (name !== name.toUpperCase()) return name;
  const words = name.toLowerCase().replace(/(^|[\s(.-])\p{L}/gu, (start) => start.toUpperCase());
  return words.replace(/ (And|Of|The) /g, (word) => word.toLowerCase());
}

async function rowsOf(name: string): Promise<Record<string, string>[]> {
  const headings = await headingsOf(name);
  const columns = headings.map((heading) => ({ name: heading }));
  const table = await openTable(createReadStream(areaFile(name)), { columns });
  const rows: Record<string, string>[] = [];
  for await (const chunk of table.rows) {
    for (const { values } of chunk.rows)
      rows.push(Object.fromEntries(headings.map((heading, place) => [heading, values[place] ?? ''])));
  }
  return rows;
}

async function headingsOf(name: string): Promise<string[]> {
  const table = await openTable(createReadStream(areaFile(name)), { columns: [] });
  await table.close();
  return table.headings;
}
