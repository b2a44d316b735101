import { sql } from 'kysely';
import { castOffices } from '../../demo/cast.ts';
import type { World } from '../../test/world.ts';
import { type Figures, settleMarks } from '../insight/index.ts';
import { addDays } from '../kernel/dates.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';

/** Measures of a report that counters have as well, and their figure there. */
export const measures = {
  registered: 'registered',
  signed_in: 'signedIn',
  completions: 'completions',
  renewals: 'renewals',
  digital_minutes: 'digitalMinutes',
  classroom_minutes: 'classroomMinutes',
  learning_minutes: 'learningMinutes',
  at_least_one: 'atLeastOne',
  three_or_more: 'threeOrMore',
  fewer_than_three: 'fewerThanThree',
  begun: 'begun',
  ai_reach: 'aiReach',
  cyber_reach: 'cyberReach',
} as const satisfies Record<string, keyof Figures>;

/** A few dozen people with several postings, loans, cadres, repeated completions and enrolments, the same for a seed. */
export async function randomPeople(world: World, seed: number): Promise<void> {
  const random = generator(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const offices = castOffices.map((office) => world.officeId(office.code));
  const courses = await someCourses(world);
  const cadres = [...(await someCadres(world)), null];
  const ids = Array.from({ length: 40 }, () => newId());
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids }, async () => {
      for (const [at, id] of ids.entries()) {
        const account = random() < 0.9 ? addDays('2025-12-01', Math.floor(random() * 200)) : null;
        const signedIn = account && random() < 0.5 ? addDays(account, Math.floor(random() * 60)) : null;
        await sql`insert into person (person_id, employee_code, name_hi, name_en, account_day, signed_in_day)
          values (${id}, ${`R${at}`}, ${`=नाम ${at}`}, ${`Name, "${at}"`}, ${account}, ${signedIn})`.execute(
          tx,
        );
        for (let post = 0; post < 1 + Math.floor(random() * 2.4); post += 1) {
          const kind = post === 0 ? 'regular' : pick(['additional_charge', 'deputation', 'attached']);
          const from = addDays('2025-06-01', Math.floor(random() * 420));
          const to = random() < 0.3 ? addDays(from, Math.floor(random() * 300)) : null;
          await sql`insert into posting (person_id, posting_id, office_id, service_group, engagement, cadre_id, kind, is_primary, starts_on, ends_on)
            values (${id}, ${newId()}, ${pick(offices)}, ${pick(['A', 'B', 'C', null])}, ${pick(['permanent', 'contract'])},
              ${pick(cadres)}, ${kind}, ${post === 0}, ${from}, ${to})`.execute(tx);
        }
        const days = new Set<string>();
        for (let done = 0; done < Math.floor(random() * 7); done += 1) {
          const [course, day] = [pick(courses), addDays('2026-01-01', Math.floor(random() * 320))];
          if (days.has(course + day)) continue;
          days.add(course + day);
          await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id,
              service_group, engagement)
            values (${id}, ${newId()}, ${course}, ${day}, 'import', ${10 * Math.floor(random() * 9)},
              ${random() < 0.9 ? pick(offices) : null}, ${pick(['A', 'B'])}, 'permanent')`.execute(tx);
        }
        if (random() < 0.4)
          await enrol(tx, {
            id,
            course: pick(courses),
            day: addDays('2026-02-01', Math.floor(random() * 200)),
          });
      }
    }),
  );
}

/** Sessions in a room, of a course and of none, and online, that some of them attended. */
export async function randomAttendance(world: World, seed: number): Promise<void> {
  const random = generator(seed);
  const { db } = world.runtime;
  const rows = await sql<{ id: string }>`select person_id as id from person
    where employee_code ~ '^R[0-9]+$' order by employee_code`.execute(db.read);
  const ids = rows.rows.map((row) => row.id);
  const sessions = await someSessions(world);
  await db.transaction((tx) =>
    changeFacts(tx, { ids }, async () => {
      for (const id of ids)
        for (const session of sessions) {
          const minutes = 30 * Math.floor(random() * 5);
          if (random() < 0.3)
            await sql`insert into attendance (person_id, attendance_id, session_id, minutes, status)
              values (${id}, ${newId()}, ${session}, ${minutes}, ${minutes > 0 ? 'present' : 'absent'})`.execute(
              tx,
            );
        }
    }),
  );
}

type Tx = Parameters<Parameters<World['runtime']['db']['transaction']>[0]>[0];

async function enrol(
  tx: Tx,
  { id, course, day }: { id: string; course: string; day: string },
): Promise<void> {
  await sql`insert into enrolment (person_id, enrolment_id, course_id, course_version_id, enrolled_at, enrolled_day, last_active_at)
    values (${id}, ${newId()}, ${course}, ${newId()}, ${new Date(`${day}T05:00:00Z`)}, ${day}, ${new Date(`${day}T05:00:00Z`)})`.execute(
    tx,
  );
}

async function someSessions(world: World): Promise<string[]> {
  const ids = Array.from({ length: 4 }, () => newId());
  for (const [at, id] of ids.entries())
    await sql`insert into training_session (session_id, code, programme_code, title_en, day, minutes, mode, course_id)
      values (${id}, ${`RS-${at}`}, ${`RP-${at}`}, 'Session', ${addDays('2026-02-10', at * 80)}, 120,
        ${at === 3 ? 'online' : 'classroom'}, (select course_id from course where code = ${`REP-${at}`} and ${at !== 2}))`.execute(
      world.runtime.db.read,
    );
  return ids;
}

/** Two of the field, one not. */
async function someCadres(world: World): Promise<string[]> {
  const ids = Array.from({ length: 3 }, () => newId());
  for (const [at, id] of ids.entries())
    await sql`insert into cadre (cadre_id, name, name_key, is_field)
      values (${id}, ${`संवर्ग ${at}`}, ${`rep${at}`}, ${at < 2})`.execute(world.runtime.db.read);
  await settleMarks(world.system);
  return ids;
}

async function someCourses(world: World): Promise<string[]> {
  const ids = Array.from({ length: 4 }, () => newId());
  for (const [at, id] of ids.entries())
    await sql`insert into course (course_id, code, title_hi, title_en, state, tags, provider, published_at)
      values (${id}, ${`REP-${at}`}, ${`कोर्स ${at}`}, ${`Course ${at}`}, 'published',
        ${at === 0 ? ['ai', 'cyber'] : at === 1 ? ['ai'] : []}::text[], ${at % 2 ? 'iGOT' : 'LBSNAA'}, '2025-01-01')`.execute(
      world.runtime.db.read,
    );
  return ids;
}

/** Park and Miller's: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 16807) % 2147483647;
    return (state - 1) / 2147483646;
  };
}
