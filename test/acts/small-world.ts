import { sql } from 'kysely';
import { courseInput, createCourse, publishCourse } from '../../src/catalogue/index.ts';
import { foldCounters } from '../../src/insight/index.ts';
import type { Db } from '../../src/kernel/db.ts';
import { addPosting } from '../../src/people/desk/add-posting.ts';
import { takeUpDigests } from '../../src/reports/index.ts';
import { commit, csv } from '../imports/files.ts';
import { openWorld, type World } from '../world.ts';

/** What the acts of one sequence know of those before them. */
export type Run = {
  world: World;
  /** Those that may be taken back, in their order. */
  imports: string[];
  /** The last one of each person, by code. */
  enrolments: Map<string, string>;
  versions: number;
};

/** Offices with areas and a dozen people of the cast, one of them lent, and four courses. */
export async function openSmallWorld(): Promise<World> {
  const world = await openWorld();
  const { system, runtime } = world;
  await createCourse(system, courseHere(1));
  await publishCourse(system, 'K-HERE');
  const rows = { 'K-AI': 'ai', 'K-CYBER': 'cyber', 'K-PLAIN': 'other' };
  const lines = Object.entries(rows).map(([code, tag]) => `${code},${code},30,${tag}`);
  await commit(system, 'courses', csv('course_code,title_hi,duration_minutes,tags', ...lines));
  const lent = { personId: world.personId('pushpa'), officeCode: 'SW-DIR', kind: 'deputation' } as const;
  await addPosting(system, { ...lent, startsOn: '2026-04-01' });
  await foldCounters(runtime);
  await takeUpDigests(system);
  await keepRows(runtime.db);
  return world;
}

/** The course that is learnt here, by opening its only lesson. */
export function courseHere(version: number) {
  const lesson = { code: 'l1', kind: 'text', title: 'पाठ', body: `पाठ ${version}`, minimumSeconds: 0 };
  return courseInput.parse({ code: 'K-HERE', title: { hi: 'K-HERE' }, tags: ['ai'], lessons: [lesson] });
}

export async function beginRun(world: World): Promise<Run> {
  await putRowsBack(world.runtime.db);
  world.clock.set('2026-11-22T06:00:00Z');
  return { world, imports: [], enrolments: new Map(), versions: 1 };
}

const changingTables = sql`pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
  and not relispartition and relname not in ('area', 'migration')`;

async function keepRows(db: Db): Promise<void> {
  await sql`create schema kept`.execute(db.read);
  const tables = await sql<{ name: string }>`select relname as name from ${changingTables}`.execute(db.read);
  for (const { name } of tables.rows)
    await sql`create table kept.${sql.ref(name)} as table public.${sql.ref(name)}`.execute(db.read);
}

/** Quicker than another database, or than truncating: each of these is hundreds of files. */
async function putRowsBack(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    // The rows agreed with one another when they were kept; nothing shall follow them again.
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`do $$ declare name text; begin
      for name in select relname from ${changingTables} loop
        execute format('delete from public.%I', name);
        if to_regclass(format('kept.%I', name)) is not null then
          execute format('insert into public.%I overriding system value select * from kept.%I', name, name);
        end if;
      end loop;
    end $$`.execute(tx);
  });
}
