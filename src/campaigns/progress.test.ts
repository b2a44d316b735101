import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { addDays } from '../kernel/dates.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { countCampaigns } from './count-campaigns.ts';
import { foldAllMet } from './keep-folding-met.ts';
import { reconcileCampaigns } from './reconcile-campaigns.ts';
import { metAt } from './stores/league.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const day0 = '2026-01-01';
const persons = Array.from({ length: 4 }, () => newId());
const courses = Array.from({ length: 5 }, () => newId());
/** Two overlap, one is below an office, one is announced late. */
const campaigns = [
  { id: newId(), office: 0, from: 10, length: 9, target: 90 },
  { id: newId(), office: 1, from: 15, length: 3, target: 45 },
  { id: newId(), office: 4, from: 12, length: 1, target: 30 },
];

type Act = { kind: string; person: number; office: number; other: number; day: number; course: number };
const act = fc.record({
  kind: fc.constantFrom(
    ...['complete', 'complete', 'complete', 'import', 'bulk', 'void', 'void bulk', 'post', 'end', 'merge'],
    ...['account', 'move office', 'announce late', 'fold'],
  ),
  person: fc.nat(3),
  office: fc.nat(8),
  other: fc.nat(8),
  // The days around the first and last of each.
  day: fc.oneof(fc.constantFrom(9, 10, 12, 13, 14, 15, 17, 18, 19), fc.nat(30)),
  course: fc.nat(4),
});

test('for any history each person has done of a campaign what the events say, and offices count who met it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
      await startAgain();
      for (const one of acts) await perform(one);
      await compareAll();
      await foldAllMet(world.runtime);
      await compareAll();
      assert.deepEqual(await reconcileCampaigns(world.system), []);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 12) },
  );
});

test('reconcile tells of a progress and of a counter that are not what the events say', async () => {
  await startAgain();
  await perform({ kind: 'post', person: 0, office: 0, other: 0, day: 0, course: 0 });
  for (const course of [0, 1, 2, 3])
    await perform({ kind: 'complete', person: 0, office: 0, other: 0, day: 12, course });
  assert.deepEqual(await reconcileCampaigns(world.system), []);
  await sql`update campaign_progress set minutes = minutes + 1`.execute(db.read);
  await sql`insert into campaign_delta (campaign_id, nodes, met)
    select ${campaigns[0]?.id}::uuid, path, 1 from office limit 1`.execute(db.read);
  const found = await reconcileCampaigns(world.system);
  assert.ok(found.some((one) => one.metric.endsWith('persons whose progress differs')));
  assert.ok(found.some((one) => one.metric.endsWith(': met')));
});

async function startAgain(): Promise<void> {
  await sql`truncate person, posting, completion, campaign_progress, campaign_delta, campaign_counter, campaign`.execute(
    db.read,
  );
  const offices = await officeIds();
  for (const [index, id] of offices.entries()) {
    const path = offices
      .slice(0, index + 1)
      .filter((_, at) => at === 0 || at === index || (index > 3 && at === (index % 3) + 1));
    await sql`update office set path = ${path}::uuid[], parent_id = ${path.at(-2) ?? null} where office_id = ${id}`.execute(
      db.read,
    );
  }
  for (const [index, one] of campaigns.entries())
    await sql`insert into campaign (campaign_id, code, title_hi, office_id, from_day, to_day, target_minutes,
        entered_at, announced_at, counted_at)
      values (${one.id}, ${`C${index}`}, 'X', ${offices[one.office]}, ${addDays(day0, one.from)},
        ${addDays(day0, one.from + one.length - 1)}, ${one.target}, now(), ${index === 1 ? null : new Date()},
        ${index === 1 ? null : new Date()})`.execute(db.read);
  for (const personId of persons)
    await sql`insert into person (person_id, name_en, account_day) values (${personId}, 'X', ${day0})`.execute(
      db.read,
    );
}

async function officeIds(): Promise<string[]> {
  const found = await sql<{
    id: string;
  }>`select office_id as id from office order by created_at, code`.execute(db.read);
  return found.rows.map((row) => row.id);
}

type Work = Parameters<typeof db.transaction>[0];

function change(personId: string, work: Work, hint?: { kind: string }): Promise<void> {
  return db.transaction((tx) =>
    changeFacts(tx, { ids: [personId], hint }, async () => void (await work(tx))),
  );
}

function everybody(work: Work): Promise<void> {
  return db.transaction(async (tx) => {
    await sql`create temporary table touched on commit drop as select person_id from person`.execute(tx);
    await changeFacts(tx, { table: 'touched' }, async () => void (await work(tx)));
  });
}

async function perform(one: Act): Promise<void> {
  const personId = persons[one.person] ?? '';
  const offices = await officeIds();
  const officeId = offices[one.office % offices.length] ?? '';
  const day = addDays(day0, one.day);
  const courseId = courses[one.course] ?? '';
  const minutes = 15 + 15 * one.course;
  const frozen = one.other === 8 ? null : officeId;
  const insertOne = (tx: Parameters<Work>[0], completionId: string) =>
    sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
      values (${personId}, ${completionId}, ${courseId}, ${day}, 'daksh', ${minutes}, ${frozen})
      on conflict do nothing`.execute(tx);
  const acts: Record<string, () => Promise<unknown>> = {
    complete: () => {
      const completionId = newId();
      const hint = { kind: 'completed', completionIds: [completionId] };
      return change(personId, (tx) => insertOne(tx, completionId), hint);
    },
    import: () => change(personId, (tx) => insertOne(tx, newId())),
    bulk: () =>
      everybody((tx) =>
        sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
          select person_id, gen_random_uuid(), ${courseId}, ${day}, 'import', ${minutes}, ${frozen} from person
          on conflict do nothing`.execute(tx),
      ),
    void: () =>
      change(personId, (tx) =>
        sql`update completion set voided_at = now() where person_id = ${personId} and course_id = ${courseId}`.execute(
          tx,
        ),
      ),
    'void bulk': () =>
      everybody((tx) =>
        sql`update completion set voided_at = now() where source = 'import' and course_id = ${courseId}`.execute(
          tx,
        ),
      ),
    post: () =>
      change(personId, (tx) =>
        sql`insert into posting (person_id, posting_id, office_id, starts_on, is_primary)
          values (${personId}, ${newId()}, ${officeId}, ${day}, true)`.execute(tx),
      ),
    end: () =>
      change(personId, (tx) =>
        sql`update posting set ends_on = greatest(starts_on, ${day}::date) where person_id = ${personId}`.execute(
          tx,
        ),
      ),
    merge: () =>
      change(personId, (tx) =>
        sql`update person set merged_into = ${one.other % 2 ? persons[0] : null} where person_id = ${personId}`.execute(
          tx,
        ),
      ),
    account: () =>
      change(personId, (tx) =>
        sql`update person set account_day = ${one.other % 3 ? day : null} where person_id = ${personId}`.execute(
          tx,
        ),
      ),
    'move office': () => moveOffice(officeId, offices[one.other % offices.length] ?? ''),
    'announce late': async () => {
      await sql`update campaign set announced_at = now() where announced_at is null`.execute(db.read);
      await countCampaigns(world.runtime);
    },
    fold: () => foldAllMet(world.runtime),
  };
  await acts[one.kind]?.();
}

/** Hangs an office under another that is not below it, with all that is below. */
async function moveOffice(officeId: string, parentId: string): Promise<void> {
  const paths = await pathsOf();
  const parentPath = paths.get(parentId) ?? [];
  if (parentPath.includes(officeId) || paths.get(officeId)?.length === 1) return;
  await everybody(async (tx) => {
    await sql`update office set parent_id = ${parentId} where office_id = ${officeId}`.execute(tx);
    await sql`update office set path = ${parentPath}::uuid[] || path[array_position(path, ${officeId}::uuid):]
      where ${officeId} = any(path)`.execute(tx);
  });
}

async function pathsOf(): Promise<Map<string, string[]>> {
  const found = await sql<{ id: string; path: string[] }>`select office_id as id, path from office`.execute(
    db.read,
  );
  return new Map(found.rows.map((row) => [row.id, row.path]));
}

type Done = {
  person: string;
  course: string;
  day: string;
  minutes: number;
  office: string | null;
  at: string;
  id: string;
};
type Posting = { person: string; office: string; from: string; until: string | null };

async function compareAll(): Promise<void> {
  const paths = await pathsOf();
  const isBelow = (office: string | null, top: string) =>
    office !== null && (paths.get(office) ?? []).includes(top);
  const completions = await rows<Done>(
    sql`select c.person_id as person, course_id as course, completed_day as day, minutes, office_id as office,
      c.recorded_at::text as at, completion_id as id
      from completion c join person p using (person_id)
      where c.voided_at is null and account_day is not null and merged_into is null
      order by c.completed_day, c.recorded_at, c.completion_id`,
  );
  const postings = await rows<Posting>(
    sql`select person_id as person, office_id as office, starts_on as from, ends_on as until from posting
      where voided_at is null`,
  );
  const kept = await rows<{
    person: string;
    campaign: string;
    minutes: number;
    courses: number;
    met: string | null;
  }>(
    sql`select person_id as person, campaign_id as campaign, minutes, courses, met_on as met from campaign_progress where courses > 0`,
  );
  const announced = await rows<{ id: string; top: string; from: string; to: string; target: number }>(
    sql`select campaign_id as id, office_id as top, from_day as from, to_day as to, target_minutes as target
      from campaign where announced_at is not null`,
  );
  for (const campaign of announced) {
    const met = new Map<string, number>();
    for (const person of persons) {
      const counted = completions.filter(
        (one) =>
          one.person === person &&
          one.day >= campaign.from &&
          one.day <= campaign.to &&
          !completions.some(
            (other) => other.person === person && other.course === one.course && other.day < one.day,
          ) &&
          (isBelow(one.office, campaign.top) ||
            postings.some(
              (posting) =>
                posting.person === person &&
                posting.from <= one.day &&
                (posting.until === null || posting.until >= one.day) &&
                isBelow(posting.office, campaign.top),
            )),
      );
      const minutes = counted.reduce((sum, one) => sum + one.minutes, 0);
      let reached = 0;
      const reaching = counted.find((one) => {
        reached += one.minutes;
        return reached >= campaign.target;
      });
      const row = kept.find((one) => one.person === person && one.campaign === campaign.id);
      assert.deepEqual(
        row && [row.minutes, row.courses, row.met],
        counted.length === 0 ? undefined : [minutes, counted.length, reaching?.day ?? null],
      );
      for (const node of paths.get(reaching?.office ?? '') ?? []) met.set(node, (met.get(node) ?? 0) + 1);
    }
    const found = await metAt(db.read, campaign.id, [...paths.keys()]);
    for (const node of paths.keys()) assert.equal(found.get(node) ?? 0, met.get(node) ?? 0);
  }
}

async function rows<Row>(query: ReturnType<typeof sql>): Promise<Row[]> {
  return (await query.execute(db.read)).rows as Row[];
}
