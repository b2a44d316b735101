import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { addDays } from '../../src/kernel/dates.ts';
import { changeFacts } from '../../src/kernel/facts.ts';
import { newId } from '../../src/kernel/ids.ts';
import { draftMandate } from '../../src/mandates/draft-mandate.ts';
import { settleMandates, standingOfPerson } from '../../src/mandates/index.ts';
import { publishMandate } from '../../src/mandates/publish-mandate.ts';
import { reconcileMandates } from '../../src/mandates/reconcile-mandates.ts';
import { readOrder } from '../../src/mandates/rules/order-file.ts';
import { orderByNumber } from '../../src/mandates/stores/orders.ts';
import { countedOn } from '../../src/mandates/stores/standings.ts';
import { openWorld } from '../world.ts';
import { clean, type RulesGiven, rules } from './random-rules.ts';
import { plainOrder, plainStatus, readPlainFacts } from './reference.ts';

const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const day0 = '2025-04-01';
const persons = Array.from({ length: 5 }, () => newId());
const offices = (
  await sql<{ id: string; code: string }>`select office_id as id, code from office order by code`.execute(
    db.read,
  )
).rows;
const courses = ['PA', 'PB', 'PC', 'PD', 'PE'].map((code) => ({ code, id: newId() }));
const sessions = Array.from({ length: 6 }, (_, index) => ({ id: newId(), index }));

await db.transaction(async (tx) => {
  await sql`truncate person, posting, completion, role_grant, counter_delta, office_counter, mandate_touched`.execute(
    tx,
  );
  for (const course of courses)
    await sql`insert into course (course_id, code, title_en, state) values (${course.id}, ${course.code}, 'X', 'published')`.execute(
      tx,
    );
  await sql`insert into blueprint (blueprint_id, code, title_en, created_at, changed_at)
    values (${newId()}, 'TEST-1', 'X', now(), now())`.execute(tx);
  for (const { id, index } of sessions)
    await sql`insert into training_session (session_id, code, programme_code, title_en, day, minutes, course_id)
      values (${id}, ${`S${index}`}, 'P', 'X', ${addDays(day0, 40 + Math.floor(index / 2) * 30)}, 200,
        ${index % 3 === 0 ? courses[4]?.id : null})`.execute(tx);
});

type Act = {
  kind: string;
  person: number;
  office: number;
  other: number;
  day: number;
  length: number;
  course: number;
};
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(
    ...[
      'post',
      'post',
      'post',
      'lend',
      'charge',
      'end',
      'void posting',
      'complete',
      'complete',
      'complete',
      'complete',
    ],
    ...['void completion', 'bulk', 'service', 'service', 'void service', 'exempt', 'void exemption', 'grant'],
    ...[
      'claim',
      'attend',
      'attend',
      'attend',
      'merge',
      'joined',
      'retires',
      'move office',
      'tags',
      'extend',
      'amend',
    ],
    ...['settle', 'group'],
  ),
  person: fc.nat(4),
  office: fc.nat(8),
  other: fc.nat(8),
  day: fc.oneof(fc.nat(420), fc.constantFrom(60, 61, 62, 364, 365)),
  length: fc.nat(150),
  course: fc.nat(4),
});

let made = 0;
const runs = Number(process.env['PROPERTY_RUNS'] ?? 25);

test('for any order and any history, every office has on every day the figures of the plain reference', async () => {
  const history = fc.array(act, { minLength: 1, maxLength: 24 });
  await fc.assert(
    fc.asyncProperty(rules, rules, history, fc.nat(24), async (given, amended, acts, publishAt) => {
      await startAgain();
      made += 1;
      const run: Run = {
        number: `O-${made}`,
        published: [],
        given: clean(given),
        amended: clean(amended),
        inForceFrom: '',
      };
      for (const [index, one] of acts.entries()) {
        if (index === publishAt % acts.length) await publish(run, run.number, run.given);
        await perform(run, one);
      }
      await settleMandates(world.system);
      await compareAll(run);
      assert.deepEqual(await reconcileMandates(world.system), []);
    }),
    { numRuns: runs, endOnFailure: process.env['PROPERTY_QUICK'] !== undefined },
  );
});

type Run = {
  number: string;
  published: string[];
  given: RulesGiven;
  amended: RulesGiven;
  inForceFrom: string;
};

async function publish(run: Run, number: string, given: RulesGiven, more: RulesGiven = {}): Promise<void> {
  const order = { number, date: '2025-07-10', issuer: 'X' };
  await draftMandate(world.system, readOrder({ order, title: { en: 'X' }, ...given, ...more }));
  await publishMandate(world.system, number);
  if (!('extends' in more)) run.published.push(number);
}

async function startAgain(): Promise<void> {
  await sql`truncate person, posting, completion, service_event, exemption, extension_request, claim, attendance, mandate,
    mandate_sheet_standing, mandate_sheet_counter, mandate_touched, mandate_recount, counter_delta, office_counter cascade`.execute(
    db.read,
  );
  await sql`update course set tags = case code when 'PA' then '{ai}' when 'PB' then '{ai,cyber}' else '{}' end::text[]
    where code like 'P_'`.execute(db.read);
  for (const personId of persons)
    await change(personId, (tx) =>
      sql`insert into person (person_id, name_en) values (${personId}, 'X')`.execute(tx),
    );
}

type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0];

async function change(personId: string, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  await db.transaction((tx) => changeFacts(tx, { ids: [personId] }, async () => void (await work(tx))));
}

async function perform(run: Run, one: Act): Promise<void> {
  const personId = persons[one.person] ?? '';
  const officeId = offices[one.office % offices.length]?.id ?? '';
  const course = courses[one.course];
  const day = addDays(day0, one.day - 30);
  const until = one.length % 3 === 0 ? null : addDays(day, one.length);
  const mine = (work: (tx: Tx) => Promise<unknown>) => () => change(personId, work);
  const group = ['A', 'B', 'C', 'D'][one.other % 4];
  const engagement = ['permanent', 'permanent', 'contract', 'honorary', null][one.length % 5];
  const post = (kind: string) =>
    mine((tx) =>
      sql`insert into posting (person_id, posting_id, office_id, kind, starts_on, ends_on, service_group, engagement)
        values (${personId}, ${newId()}, ${officeId}, ${kind}, ${day}, ${until}, ${group}, ${engagement})`.execute(
        tx,
      ),
    );
  const posting = sql`(select posting_id from posting where person_id = ${personId} and voided_at is null
    order by starts_on, posting_id offset ${one.course} limit 1)`;
  const mandateId = sql`(select mandate_id from mandate where number = ${run.published.at(-1) ?? ''})`;
  const acts: Record<string, () => Promise<unknown>> = {
    post: post('regular'),
    lend: post(one.other % 2 ? 'deputation' : 'attached'),
    charge: post('additional_charge'),
    group: mine((tx) =>
      sql`update posting set service_group = ${group} where person_id = ${personId} and posting_id = ${posting}`.execute(
        tx,
      ),
    ),
    end: mine((tx) =>
      sql`update posting set ends_on = greatest(starts_on, ${day}::date) where person_id = ${personId} and posting_id = ${posting}`.execute(
        tx,
      ),
    ),
    'void posting': mine((tx) =>
      sql`update posting set voided_at = now() where person_id = ${personId} and posting_id = ${posting}`.execute(
        tx,
      ),
    ),
    complete: mine((tx) =>
      sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
      values (${personId}, ${newId()}, ${course?.id}, ${day}, 'import', ${30 + one.course * 20}) on conflict do nothing`.execute(
        tx,
      ),
    ),
    'void completion': mine((tx) =>
      sql`update completion set voided_at = now() where person_id = ${personId} and course_id = ${course?.id}`.execute(
        tx,
      ),
    ),
    bulk: () => inBulk(one, day),
    service: mine((tx) =>
      sql`insert into service_event (person_id, service_event_id, kind, starts_on, ends_on) values (${personId}, ${newId()},
      ${['long_leave', 'long_leave', 'suspension', 'suspension', 'deputation_out', 'late_joining', 'death'][one.other % 7]}, ${day}, ${until})`.execute(
        tx,
      ),
    ),
    'void service': mine((tx) =>
      sql`update service_event set voided_at = now() where person_id = ${personId} and extract(day from starts_on)::integer % 2 = ${one.other % 2}`.execute(
        tx,
      ),
    ),
    exempt: mine((tx) =>
      sql`insert into exemption (person_id, exemption_id, mandate_id, reason_class, order_number, starts_on, ends_on)
      select ${personId}, ${newId()}, mandate_id, 'medical', 'X', ${day}, ${until} from mandate where mandate_id = ${mandateId}`.execute(
        tx,
      ),
    ),
    'void exemption': mine((tx) =>
      sql`update exemption set voided_at = now() where person_id = ${personId}`.execute(tx),
    ),
    grant: mine((tx) =>
      sql`insert into extension_request (person_id, extension_request_id, mandate_id, asked_until, state, granted_until)
      select ${personId}, ${newId()}, mandate_id, ${day}, 'granted', ${day} from mandate where mandate_id = ${mandateId}`.execute(
        tx,
      ),
    ),
    claim: mine((tx) =>
      sql`insert into claim (person_id, claim_id, course_title, course_id, topics, minutes, completed_on, state)
      values (${personId}, ${newId()}, 'X', ${one.other % 2 ? course?.id : null}, ${one.length % 3 ? ['ai'] : null}::text[], 90, ${day}, ${one.length % 4 ? 'accepted' : 'asked'})`.execute(
        tx,
      ),
    ),
    attend: mine((tx) =>
      sql`insert into attendance (person_id, attendance_id, session_id, minutes, status)
      values (${personId}, ${newId()}, ${sessions[(one.office + one.other) % sessions.length]?.id}, ${100 + one.length}, ${one.length % 6 ? 'present' : 'absent'})
      on conflict do nothing`.execute(tx),
    ),
    merge: mine((tx) =>
      sql`update person set merged_into = ${one.length % 4 === 0 ? persons[0] : null} where person_id = ${personId}`.execute(
        tx,
      ),
    ),
    joined: mine((tx) =>
      sql`update person set joined_on = ${one.other % 3 ? day : addDays(day, -3650)} where person_id = ${personId}`.execute(
        tx,
      ),
    ),
    retires: mine((tx) =>
      sql`update person set retires_on = ${addDays(day, 100)} where person_id = ${personId}`.execute(tx),
    ),
    'move office': () => moveOffice(officeId, offices[one.other % offices.length]?.id ?? ''),
    tags: () =>
      sql`update course set tags = ${one.other % 2 ? ['ai'] : ['cyber']}::text[] where course_id = ${course?.id}`.execute(
        db.read,
      ),
    extend: () => extend(run, day),
    amend: () => amend(run, day),
    settle: () => settleMandates(world.system),
  };
  await acts[one.kind]?.();
}

async function extend(run: Run, until: string): Promise<void> {
  const cited = run.published.at(-1);
  const { window } = (run.published.length > 1 ? run.amended : run.given) as { window: { to?: string } };
  // More time is more time, or it is refused.
  if (!cited) return;
  const standing = (await plainOrder(db, cited)).extendedUntil ?? '';
  if (until <= (window.to ?? '2025-12-01') || until <= standing) return;
  const order = { number: `${cited}-E${newId()}`, date: '2025-12-01', issuer: 'X' };
  await draftMandate(
    world.system,
    readOrder({ order, title: { en: 'X' }, extends: { number: cited, until } }),
  );
  await publishMandate(world.system, order.number);
}

async function amend(run: Run, day: string): Promise<void> {
  const cited = run.published.at(-1);
  // Who takes the place of an amendment does so once that is in force, or is refused.
  if (!cited || run.published.length > 2 || day < run.inForceFrom) return;
  run.inForceFrom = day;
  await publish(run, `${cited}-A`, run.amended, { amends: { number: cited, effectiveOn: day } });
}

async function inBulk(one: Act, day: string): Promise<void> {
  await db.transaction(async (tx) => {
    await sql`create temporary table bulk_persons on commit drop as select person_id from person`.execute(tx);
    await changeFacts(tx, { table: 'bulk_persons' }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        select person_id, gen_random_uuid(), ${courses[one.course]?.id}, ${day}, 'import', 45 from bulk_persons
        on conflict do nothing`.execute(tx);
    });
  });
}

async function moveOffice(officeId: string, parentId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await sql<{ id: string; path: string[] }>`select office_id as id, path from office
      where office_id in (${officeId}, ${parentId})`.execute(tx);
    const pathOf = (id: string) => found.rows.find((row) => row.id === id)?.path ?? [];
    if (pathOf(parentId).includes(officeId) || pathOf(officeId).length === 1) return;
    await sql`update office set parent_id = ${parentId} where office_id = ${officeId}`.execute(tx);
    await sql`update office set path = ${pathOf(parentId)}::uuid[] || path[array_position(path, ${officeId}::uuid):]
      where ${officeId} = any(path)`.execute(tx);
  });
}

const steps = [0, 35, 60, 92, 167, 200, 250, 300, 364, 365, 400, 549];

async function compareAll(run: Run): Promise<void> {
  const facts = await readPlainFacts(db, persons);
  for (const number of run.published) {
    const order = await plainOrder(db, number);
    const row = await orderByNumber(db.read, number);
    assert.ok(row);
    for (const step of steps) {
      const day = addDays(day0, step);
      const counted = await countedOn(db.read, {
        order: row,
        officeIds: offices.map((office) => office.id),
        asOf: day,
      });
      for (const office of offices) {
        const plain = { met: 0, metLate: 0, open: 0, overdue: 0, exempt: 0 };
        for (const person of facts.persons) {
          const status = plainStatus(facts, order, { person, office: office.id, day });
          if (status) plain[status] += 1;
        }
        const found = counted.find((one) => one.officeId === office.id);
        const { met = 0, metLate = 0, open = 0, overdue = 0, exempt = 0 } = found ?? {};
        assert.deepEqual({ met, metLate, open, overdue, exempt }, plain, `${number} ${office.code} ${day}`);
      }
    }
    await compareOwn({ facts, order, number, day: addDays(day0, 250) });
  }
}

type Own = {
  facts: Awaited<ReturnType<typeof readPlainFacts>>;
  order: Awaited<ReturnType<typeof plainOrder>>;
  number: string;
  day: string;
};

/** What a person's own page says is the same. */
async function compareOwn({ facts, order, number, day }: Own): Promise<void> {
  for (const person of facts.persons) {
    const own = await standingOfPerson(world.system, person.id, { asOf: day });
    const mine = own.find((one) => one.mandate.number === number);
    const plain = offices
      .map((office) => plainStatus(facts, order, { person, office: office.id, day }))
      .find(Boolean);
    assert.equal(mine?.status, plain, `${number} of a person on ${day}`);
    const isReached =
      mine &&
      reaches(
        order.rules.condition,
        mine.conditions.map((one) => one.met),
      );
    if (mine) assert.equal(mine.reachedOn !== null, isReached, 'conditions and the day of reaching agree');
  }
}

type PlainCondition = Own['order']['rules']['condition'];

function reaches(given: PlainCondition, met: boolean[]): boolean {
  const parts = given.allOf ?? given.anyOf;
  if (!parts) return met.shift() ?? false;
  const all = parts.map((part) => reaches(part, met));
  return given.allOf ? all.every(Boolean) : all.some(Boolean);
}
