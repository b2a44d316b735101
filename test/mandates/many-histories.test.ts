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
import { orderById } from '../../src/mandates/stores/orders.ts';
import { boundPersons } from '../../src/mandates/stores/persons.ts';
import { countedOn } from '../../src/mandates/stores/standings.ts';
import { openWorld } from '../world.ts';
import {
  type Chance,
  chanceOf,
  day0,
  factsOf,
  insertFacts,
  joinedOf,
  type Places,
  shakeFacts,
} from './random-facts.ts';
import { clean, type RulesGiven, rules } from './random-rules.ts';
import { type PlainFacts, type PlainOrder, plainOrder, plainStatus, readPlainFacts } from './reference.ts';

// Many persons and orders a round: each person under each order is a history of its own, compared day by day.
const rounds = Number(process.env['PROPERTY_ROUNDS'] ?? 1);
const seed = Number(process.env['PROPERTY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const size = { persons: 40, orders: 5 };

const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const offices = (
  await sql<{
    id: string;
    code: string;
    parent: string | null;
    path: string[];
  }>`select office_id as id, code, parent_id as parent, path from office order by cardinality(path), code`.execute(
    db.read,
  )
).rows;
const root = offices[0]?.id ?? '';
const places: Places = await prepareWorld();

test(`under any orders, whoever does whatever, everybody stands where the plain reference says (seed ${seed})`, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const chance = chanceOf(seed + round);
    const persons = await newPersons(chance);
    const orders = await publishSome(chance, seed + round);
    await compare({ chance, persons, orders, when: `seed ${seed + round}, published` });
    await laterOrders(chance, orders, seed + round);
    places.mandates = await idsOf(orders);
    await changeSome(chance, persons);
    await settleMandates(world.system);
    await compare({ chance, persons, orders, when: `seed ${seed + round}, changed` });
    assert.deepEqual(await reconcileMandates(world.system), []);
  }
});

async function prepareWorld(): Promise<Places> {
  const courses = ['PA', 'PB', 'PC', 'PD', 'PE'].map((code) => ({ code, id: newId() }));
  const sessions = Array.from({ length: 8 }, (_, index) => ({ id: newId(), index }));
  const [designations, cadres, blueprint] = [[newId(), newId(), newId()], [newId(), newId()], newId()];
  await db.transaction(async (tx) => {
    await sql`truncate person, posting, completion, role_grant, counter_delta, office_counter, mandate_touched`.execute(
      tx,
    );
    for (const { code, id } of courses)
      await sql`insert into course (course_id, code, title_en, state) values (${id}, ${code}, 'X', 'published')`.execute(
        tx,
      );
    for (const { id, index } of sessions)
      await sql`insert into training_session (session_id, code, programme_code, title_en, day, minutes, course_id)
        values (${id}, ${`S${index}`}, 'P', 'X', ${addDays(day0, 30 + Math.floor(index / 2) * 45)}, 400,
          ${index % 4 === 0 ? courses[4]?.id : null})`.execute(tx);
    for (const [index, name] of ['लिपिक', 'चालक', 'सहायक'].entries())
      await sql`insert into designation (designation_id, name, name_key, name_en)
        values (${designations[index]}, ${name}, ${name}, ${index === 0 ? 'Clerk' : null})
        on conflict do nothing`.execute(tx);
    for (const [index, name] of ['संवर्ग क', 'संवर्ग ख'].entries())
      await sql`insert into cadre (cadre_id, name, name_key) values (${cadres[index]}, ${name}, ${name})`.execute(
        tx,
      );
    await sql`insert into blueprint (blueprint_id, code, title_en, created_at, changed_at)
      values (${blueprint}, 'TEST-1', 'X', now(), now())`.execute(tx);
  });
  const named = await sql<{ id: string }>`select designation_id as id from designation
    where name in ('लिपिक', 'चालक', 'सहायक')`.execute(db.read);
  return {
    ...{ offices: offices.map((one) => one.id), courses: courses.map((one) => one.id), mandates: [] },
    ...{
      sessions: sessions.map((one) => one.id),
      cadres,
      blueprint,
      designations: named.rows.map((one) => one.id),
    },
  };
}

async function newPersons(chance: Chance): Promise<string[]> {
  const ids = Array.from({ length: size.persons }, () => newId());
  places.mandates = [];
  for (const { id, parent, path } of offices)
    await sql`update office set parent_id = ${parent}, path = ${path}::uuid[] where office_id = ${id}`.execute(
      db.read,
    );
  await sql`truncate person, posting, completion, service_event, exemption, extension_request, claim, attendance, paper, mandate,
    mandate_sheet_standing, mandate_sheet_counter, mandate_touched, mandate_recount, counter_delta, office_counter cascade`.execute(
    db.read,
  );
  await sql`update course set tags = case code when 'PA' then '{ai}' when 'PB' then '{ai,cyber}' else '{}' end::text[]
    where code like 'P_'`.execute(db.read);
  await db.transaction((tx) =>
    changeFacts(tx, { ids }, async () => {
      for (const id of ids)
        await sql`insert into person (person_id, name_en, joined_on, retires_on) values (${id}, 'X', ${joinedOf(chance)},
          ${chance.is(0.3) ? addDays(day0, chance.below(800)) : null})`.execute(tx);
      await insertFacts(
        tx,
        ids.map((id) => factsOf(chance, id, places, true)),
      );
    }),
  );
  return ids;
}

let made = 0;

async function publish(given: RulesGiven, more: RulesGiven = {}): Promise<string> {
  made += 1;
  const number = `O-${made}`;
  const order = { number, date: '2025-07-10', issuer: 'X' };
  await draftMandate(world.system, readOrder({ order, title: { en: 'X' }, ...given, ...more }));
  await publishMandate(world.system, number);
  return number;
}

async function publishSome(_chance: Chance, roundSeed: number): Promise<string[]> {
  const numbers: string[] = [];
  for (const given of fc.sample(rules, { numRuns: size.orders, seed: roundSeed }))
    numbers.push(await publish(clean(given)));
  return numbers;
}

/** Orders that extend, amend (twice too) and withdraw some of those in force. */
async function laterOrders(chance: Chance, orders: string[], roundSeed: number): Promise<void> {
  const [first = '', second = '', third = '', fourth = ''] = orders;
  const [one, two] = fc.sample(rules, { numRuns: 2, seed: roundSeed + 1 }).map(clean);
  if (one && two) {
    const from = addDays(day0, chance.below(300));
    orders.push(await publish(one, { amends: { number: first, effectiveOn: from } }));
    const later = addDays(from, chance.one([0, 1, 60]));
    orders.push(await publish(two, { amends: { number: orders.at(-1) ?? '', effectiveOn: later } }));
  }
  for (const number of [second, third])
    await publish({}, { extends: { number, until: addDays('2026-10-01', chance.below(90)) } });
  await publish({}, { withdraws: { number: fourth, effectiveOn: addDays(day0, chance.below(400)) } });
}

async function idsOf(numbers: string[]): Promise<string[]> {
  const found = await sql<{
    id: string;
  }>`select mandate_id as id from mandate where number = any(${numbers}::text[])
    order by number`.execute(db.read);
  return found.rows.map((row) => row.id);
}

/** Facts of past and future days, for half the persons, and a change of the tree and of tags. */
async function changeSome(chance: Chance, persons: string[]): Promise<void> {
  const ids = persons.filter(() => chance.is(0.5));
  await db.transaction((tx) =>
    changeFacts(tx, { ids }, async () => {
      await insertFacts(
        tx,
        ids.map((id) => factsOf(chance, id, places, false)),
      );
      await shakeFacts(tx, chance, { personIds: ids, survivor: ids[0] ?? '' });
    }),
  );
  if (chance.is(0.5))
    await sql`update course set tags = '{cyber}' where course_id = ${chance.one(places.courses)}`.execute(
      db.read,
    );
  await moveOffice(chance.one(places.offices), chance.one(places.offices));
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

const steps = [0, 35, 61, 92, 130, 167, 200, 250, 300, 345, 364, 365, 400, 549];

type Compared = { chance: Chance; persons: string[]; orders: string[]; when: string };

async function compare({ chance, persons, orders, when }: Compared): Promise<void> {
  const facts = await readPlainFacts(db, persons);
  for (const number of orders) {
    const order = await plainOrder(db, number);
    for (const step of steps) await compareDay({ facts, order, number, day: addDays(day0, step), when });
    await compareOwn({ facts, order, number, day: addDays(day0, chance.below(500)), when });
  }
}

type At = { facts: PlainFacts; order: PlainOrder; number: string; day: string; when: string };

async function compareDay({ facts, order, number, day, when }: At): Promise<void> {
  const { mandateId } = order;
  const bound = await boundPersons(db.read, { mandateId, officeId: root, asOf: day, limit: 1000 });
  const sums = new Map(
    offices.map((office) => [office.id, { met: 0, metLate: 0, open: 0, overdue: 0, exempt: 0 }]),
  );
  for (const person of facts.persons) {
    for (const office of offices) {
      const status = plainStatus(facts, order, { person, office: office.id, day });
      const sum = sums.get(office.id);
      if (status && sum) sum[status] += 1;
      if (office.id !== root) continue;
      const found = bound.find((one) => one.personId === person.id)?.status;
      if (found !== status)
        assert.fail(
          `${when}: ${number} on ${day}: ${found} instead of ${status}\n${JSON.stringify({ person, order }, null, 1)}`,
        );
    }
  }
  const row = await orderById(db.read, mandateId);
  assert.ok(row);
  const counted = await countedOn(db.read, {
    order: row,
    officeIds: offices.map((office) => office.id),
    asOf: day,
  });
  for (const office of offices) {
    const { officeId: _, ...figures } = counted.find((one) => one.officeId === office.id) ?? {
      officeId: '',
      ...nobody,
    };
    const there = facts.persons.filter((person) =>
      plainStatus(facts, order, { person, office: office.id, day }),
    );
    const said = `${when}: ${number} ${office.code} ${day}`;
    assert.deepEqual(figures, sums.get(office.id), `${said}\n${JSON.stringify({ there, order }, null, 1)}`);
  }
}

const nobody = { met: 0, metLate: 0, open: 0, overdue: 0, exempt: 0 };

/** What a few persons' own pages say is the same, also when asked for what was recorded until now. */
async function compareOwn({ facts, order, number, day, when }: At): Promise<void> {
  for (const person of facts.persons.slice(0, 4)) {
    const plain = plainStatus(facts, order, { person, office: root, day });
    for (const recordedUntil of [undefined, new Date('2027-01-01')]) {
      const own = await standingOfPerson(world.system, person.id, { asOf: day, recordedUntil });
      const mine = own.find((one) => one.mandate.number === number);
      const said = `${when}: the own page of ${number} on ${day}\n${JSON.stringify({ person, order, mine }, null, 1)}`;
      assert.equal(mine?.status, plain, said);
      const flat = !order.rules.condition.allOf && !order.rules.condition.anyOf;
      if (mine && flat) assert.equal(mine.conditions[0]?.met, mine.reachedOn !== null, said);
    }
  }
}
