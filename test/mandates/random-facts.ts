import { sql } from 'kysely';
import { addDays } from '../../src/kernel/dates.ts';
import type { Tx } from '../../src/kernel/db.ts';
import { newId } from '../../src/kernel/ids.ts';

/** A repeatable source of chance: the same seed, the same histories. */
export type Chance = {
  below(count: number): number;
  one<T>(of: readonly T[]): T;
  is(share: number): boolean;
};

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count: number) => Math.floor(next() * count);
  return { below, one: (of) => of[below(of.length)] as (typeof of)[number], is: (share) => next() < share };
}

export const day0 = '2025-04-01';

/** Ids that facts may point to; `mandates` are those that exemptions and more time are granted from. */
export type Places = {
  offices: string[];
  courses: string[];
  sessions: string[];
  designations: string[];
  cadres: string[];
  blueprint: string;
  mandates: string[];
};

type Row = Record<string, unknown>;
export type Facts = Record<string, Row[]>;

// The first and last days of the windows in use, and their neighbours, come up more often than others.
const edges = ['2025-03-31', day0, '2025-06-01', '2025-06-02', '2025-09-15', '2026-03-31', '2026-04-01'];

function dayOf(chance: Chance): string {
  return chance.is(0.2) ? chance.one(edges) : addDays(day0, chance.below(480) - 40);
}

function untilOf(chance: Chance, from: string): string | null {
  return chance.is(0.35) ? null : addDays(from, chance.one([0, 1, 28, 29, 30, 60, 150, 300]));
}

/** What may happen to one person, in any order and number. */
export function factsOf(chance: Chance, personId: string, places: Places, isFirst: boolean): Facts {
  const times = <T>(most: number, make: () => T): T[] => Array.from({ length: chance.below(most + 1) }, make);
  return {
    posting: [
      ...(isFirst ? [postingOf(chance, personId, places)] : []),
      ...times(2, () => postingOf(chance, personId, places)),
    ],
    completion: times(5, () => ({
      ...{ person_id: personId, completion_id: newId(), course_id: chance.one(places.courses) },
      ...{ completed_day: dayOf(chance), source: 'import', minutes: chance.one([20, 30, 33, 60, 66, 90]) },
    })),
    service_event: times(2, () => serviceOf(chance, personId)),
    attendance: times(5, () => ({
      ...{ person_id: personId, attendance_id: newId(), session_id: chance.one(places.sessions) },
      minutes: chance.one([70, 89, 90, 135, 179, 180, 200, 269, 270, 360]),
      status: chance.is(0.85) ? 'present' : 'absent',
    })),
    claim: times(2, () => claimOf(chance, personId, places)),
    paper: times(1, () => paperOf(chance, personId, places)),
    exemption: places.mandates.length === 0 ? [] : times(1, () => exemptionOf(chance, personId, places)),
    extension_request:
      places.mandates.length === 0
        ? []
        : times(1, () => {
            const day = dayOf(chance);
            return {
              ...{
                person_id: personId,
                extension_request_id: newId(),
                mandate_id: chance.one(places.mandates),
              },
              ...(chance.is(0.7)
                ? { state: 'granted', granted_until: day, decided_at: '2025-05-02T00:00:00Z' }
                : { state: 'asked' }),
              asked_until: day,
              recorded_at: '2025-05-01T00:00:00Z',
            };
          }),
  };
}

function postingOf(chance: Chance, personId: string, { offices, designations, cadres }: Places): Row {
  const startsOn = chance.is(0.5) ? addDays(day0, -chance.below(900)) : dayOf(chance);
  return {
    ...{ person_id: personId, posting_id: newId(), office_id: chance.one(offices), starts_on: startsOn },
    kind: chance.one(['regular', 'regular', 'regular', 'additional_charge', 'deputation', 'attached']),
    ends_on: chance.is(0.4) ? null : addDays(startsOn, chance.one([0, 30, 200, 500, 900])),
    service_group: chance.one(['A', 'B', 'C', 'D', null]),
    engagement: chance.one(['permanent', 'permanent', 'contract', 'honorary', 'elected', 'trainee', null]),
    designation_id: chance.is(0.6) ? chance.one(designations) : null,
    cadre_id: chance.is(0.6) ? chance.one(cadres) : null,
    ...(chance.is(0.06) ? { voided_at: '2025-05-01T00:00:00Z' } : {}),
  };
}

function serviceOf(chance: Chance, personId: string): Row {
  const day = dayOf(chance);
  const kind = chance.one([
    'long_leave',
    'long_leave',
    'suspension',
    'suspension',
    'deputation_out',
    'late_joining',
    'death',
  ]);
  const isDeath = kind === 'death' && chance.is(0.7);
  return {
    ...{ person_id: personId, service_event_id: newId(), kind: isDeath ? 'long_leave' : kind },
    ...{ starts_on: day, ends_on: untilOf(chance, day) },
    ...(chance.is(0.08) ? { voided_at: '2025-05-01T00:00:00Z' } : {}),
  };
}

function claimOf(chance: Chance, personId: string, { courses }: Places): Row {
  return {
    ...{ person_id: personId, claim_id: newId(), course_title: 'X' },
    ...{ course_id: chance.is(0.5) ? chance.one(courses) : null, minutes: chance.one([0, 45, 90]) },
    topics: chance.one([null, null, ['ai'], ['cyber', 'ai'], []]),
    ...{ completed_on: dayOf(chance), state: chance.one(['accepted', 'accepted', 'asked', 'refused']) },
    decided_at: '2025-05-02T00:00:00Z',
    ...(chance.is(0.1) ? { voided_at: '2025-05-01T00:00:00Z' } : {}),
  };
}

/** Handed in just before or just after midnight in India, or at noon. */
function paperOf(chance: Chance, personId: string, { courses, blueprint }: Places): Row {
  const at = `${dayOf(chance)}T${chance.one(['18:29:00', '18:31:00', '06:30:00'])}Z`;
  return {
    ...{
      person_id: personId,
      paper_id: newId(),
      course_id: courses[0],
      enrolment_id: newId(),
      lesson_id: newId(),
    },
    ...{
      blueprint_id: blueprint,
      blueprint_revision: 1,
      number: chance.below(1_000_000),
      seed: 'x',
      questions: [],
    },
    ...{ language: 'hi', extra_percent: 0, waits_for_marker: false },
    ...{
      started_at: at,
      submitted_at: at,
      submitted_by: 'person',
      is_passed: chance.one([true, true, false, null]),
    },
  };
}

function exemptionOf(chance: Chance, personId: string, { mandates }: Places): Row {
  const day = dayOf(chance);
  return {
    ...{
      person_id: personId,
      exemption_id: newId(),
      mandate_id: chance.one(mandates),
      reason_class: 'medical',
    },
    ...{ order_number: 'X', starts_on: day, ends_on: untilOf(chance, day) },
    ...(chance.is(0.1) ? { voided_at: '2025-05-01T00:00:00Z' } : {}),
  };
}

/** Writes them by set; what a unique key refuses is left out. */
export async function insertFacts(tx: Tx, all: Facts[]): Promise<void> {
  for (const table of Object.keys(all[0] ?? {})) {
    const rows = all.flatMap((facts) => facts[table] ?? []);
    for (const [names, same] of Map.groupBy(rows, (row) => Object.keys(row).join(',')))
      await sql`insert into ${sql.id(table)} (${sql.raw(names)}) select ${sql.raw(names)}
        from json_populate_recordset(null::${sql.id(table)}, ${JSON.stringify(same)}::json) on conflict do nothing`.execute(
        tx,
      );
  }
}

/** Takes back or changes some of what is there, for one person; past days are changed as easily as others. */
export async function shakeFacts(
  tx: Tx,
  chance: Chance,
  { personIds, survivor }: { personIds: string[]; survivor: string },
): Promise<void> {
  const some = () => personIds.filter(() => chance.is(0.2));
  const voided = ['posting', 'completion', 'service_event', 'exemption', 'claim', 'attendance'];
  for (const table of voided)
    await sql`update ${sql.id(table)} set voided_at = now() where person_id = any(${some()}::uuid[]) and voided_at is null
      and hashtext(${sql.id(table)}::text) % 3 = 0`.execute(tx);
  await sql`update posting set ends_on = greatest(starts_on, ${dayOf(chance)}::date)
    where person_id = any(${some()}::uuid[])`.execute(tx);
  await sql`update posting set service_group = 'A', engagement = 'permanent' where person_id = any(${some()}::uuid[])`.execute(
    tx,
  );
  await sql`update person set joined_on = ${joinedOf(chance)} where person_id = any(${some()}::uuid[])`.execute(
    tx,
  );
  await sql`update person set retires_on = ${dayOf(chance)} where person_id = any(${some()}::uuid[])`.execute(
    tx,
  );
  const merged = personIds.filter((id) => id !== survivor && chance.is(0.03));
  await sql`update person set merged_into = ${survivor} where person_id = any(${merged}::uuid[])`.execute(tx);
}

/** The leap day comes up too: a year later it is the first of March. */
export function joinedOf(chance: Chance): string | null {
  if (chance.is(0.2)) return null;
  if (chance.is(0.2)) return chance.one(['2024-02-29', '2016-02-29', '2015-04-01', '2016-03-31']);
  return chance.is(0.4) ? dayOf(chance) : addDays(day0, -chance.below(5000));
}
