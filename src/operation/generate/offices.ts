import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { searchDocument } from '../../kernel/text/index.ts';
import type { Size } from './sizes.ts';
import { crews } from './tree/crews.ts';
import type { Place } from './tree/ground.ts';
import { type PlannedOffice, planOffices } from './tree/plan-offices.ts';

export const rootCode = 'GEN';

/** Offices from the one numbered `first` up to, not including, `end`, whose people are made together. */
export type Range = { first: number; end: number };

const officesAtOnce = 2000;

/**
 * The tree under one root, and `gen_office` for what follows: who works there, from when and how eagerly they
 * learn. Returns ranges of offices with about `peopleAtOnce` people.
 */
export async function addOffices(
  tx: Tx,
  order: { size: Size; seed: number; peopleAtOnce: number },
): Promise<Range[]> {
  const { size, seed } = order;
  const planned = planOffices({ ...size, seed }, await placesIn(tx));
  const manned = withPeople(planned, size);
  const search = searchTexts();
  await sql`create temporary table gen_office (n integer primary key, office_id uuid, area_id text, first_person integer,
    people integer, crew integer, active integer, boost integer, opens integer) on commit drop`.execute(tx);
  const ids = planned.map((office) => idOf(`office ${seed} ${office.n}`, office.n));
  for (let at = 0; at < manned.length; at += officesAtOnce) {
    const rows = manned.slice(at, at + officesAtOnce).map((one) => rowOf(one, ids, search));
    await insertOffices(tx, rows);
  }
  await sql`analyze gen_office`.execute(tx);
  return rangesOf(manned, order.peopleAtOnce);
}

async function placesIn(tx: Tx): Promise<Place[]> {
  const found =
    await sql<Place>`select area_id as "areaId", kind, code, name_hi as "nameHi", name_en as "nameEn",
    parent_id as "parentId" from area order by kind, area_id`.execute(tx);
  return found.rows;
}

type Manned = { office: PlannedOffice; first: number; people: number; strength: number; active: number };

/** Everybody has a number; an office's people have neighbouring ones. As many learn as the size says, here more, there less. */
function withPeople(planned: PlannedOffice[], size: Size): Manned[] {
  const all = planned.reduce((sum, office) => sum + office.people, 0);
  const zeal = planned.reduce((sum, office) => sum + office.people * office.zeal, 0) / all;
  let passed = 0;
  const manned = planned.map((office) => {
    const first = Math.round((passed / all) * size.people);
    passed += office.people;
    const people = Math.round((passed / all) * size.people) - first;
    const active = Math.round(((1000 - size.idlePerMille) * office.zeal) / zeal);
    return { office, first, people, strength: people, active: Math.min(Math.max(active, 15), 985) };
  });
  // Children come after their parents: from the last to the first, each adds to the one above.
  for (const { office, strength } of manned.toReversed()) {
    const above = office.parent && manned[office.parent.n];
    if (above) above.strength += strength;
  }
  return manned;
}

function rangesOf(manned: Manned[], peopleAtOnce: number): Range[] {
  const ranges: Range[] = [];
  let first = 0;
  let people = 0;
  for (const { office, people: here } of manned) {
    people += here;
    const isLast = office.n === manned.length - 1;
    if (people < peopleAtOnce && !isLast) continue;
    ranges.push({ first, end: office.n + 1 });
    [first, people] = [office.n + 1, 0];
  }
  return ranges;
}

function rowOf({ office, first, people, strength, active }: Manned, ids: string[], search: SearchTexts) {
  const { n, name, place, serial, isPlaceNamed } = office;
  const code = n === 0 ? rootCode : `${rootCode}-${String(n).padStart(5, '0')}`;
  const number = serial === undefined ? '' : ` ${serial}`;
  const at = (placeName: string) => (isPlaceNamed ? `, ${placeName}` : '');
  return {
    n,
    id: ids[n],
    code,
    nameHi: `${name.hi}${number}${at(place.nameHi ?? place.nameEn)}`,
    nameEn: `${name.en}${number}${at(place.nameEn)}`,
    parentId: office.parent ? ids[office.parent.n] : null,
    kind: office.kind,
    // An institution stands on the ground of the office above, as rosters have it.
    areaCode: office.kind === 'institution' ? null : place.code,
    areaId: office.kind === 'institution' ? null : place.areaId,
    strength: Math.ceil((strength * (1.04 + (n % 7) * 0.02)) / 5) * 5,
    path: pathOf(office).map((above) => ids[above.n]),
    search: search(office, code),
    ...{ first, people, crew: crews.indexOf(office.crew), active },
    boost: Math.round((100 + office.zeal) / 2),
    opens: office.opensAfterDays,
  };
}

function pathOf(office: PlannedOffice): PlannedOffice[] {
  return office.parent ? [...pathOf(office.parent), office] : [office];
}

type SearchTexts = (office: PlannedOffice, code: string) => string;

/** What an office is found by. Names repeat, so the words of each part are looked up once: a tenth of the time. */
function searchTexts(): SearchTexts {
  const known = new Map<string, string>();
  const wordsOf = (...texts: string[]) => {
    const key = texts.join('|');
    const found = known.get(key) ?? searchDocument(texts).trim();
    known.set(key, found);
    return found.split(' ');
  };
  return ({ name, place, serial, isPlaceNamed }, code) => {
    const words = new Set(wordsOf(rootCode));
    for (const digits of [code.slice(rootCode.length + 1), String(serial ?? '')])
      if (digits !== '') words.add(digits).add(`q${digits}`);
    for (const word of wordsOf(name.hi, name.en)) words.add(word);
    if (isPlaceNamed) for (const word of wordsOf(place.nameHi ?? '', place.nameEn)) words.add(word);
    return ` ${[...words].join(' ')} `;
  };
}

/** A UUID of version 7 whose time grows with `n` and whose rest depends on the text alone. */
export function idOf(text: string, n: number): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const time = (Date.UTC(2019, 0, 1) + n).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

async function insertOffices(tx: Tx, rows: ReturnType<typeof rowOf>[]): Promise<void> {
  await sql`with made as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as m (n int, id uuid, code text, "nameHi" text,
        "nameEn" text, "parentId" uuid, kind text, "areaCode" text, "areaId" text, strength int, path uuid[], search text,
        first int, people int, crew int, active int, boost int, opens int)
    ), kept as (
      insert into office (office_id, code, name_hi, name_en, parent_id, kind, area_code, area_id, strength, path, search_text)
      select id, code, "nameHi", "nameEn", "parentId", kind, "areaCode", "areaId", strength, path, search from made order by n
    )
    insert into gen_office (n, office_id, area_id, first_person, people, crew, active, boost, opens)
    select n, id, "areaId", first, people, crew, active, boost, opens from made`.execute(tx);
}
