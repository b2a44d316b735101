import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { announceCampaign } from '../src/campaigns/announce-campaign.ts';
import { countCampaigns } from '../src/campaigns/count-campaigns.ts';
import { keepResults } from '../src/campaigns/keep-results.ts';
import { leagueView } from '../src/campaigns/league-view.ts';
import { readCampaign } from '../src/campaigns/policy.ts';
import { createCampaign } from '../src/campaigns/save-campaign.ts';
import { campaignInput } from '../src/campaigns/schema.ts';
import { sizeClasses } from '../src/campaigns/state.ts';
import { officeSummary } from '../src/insight/index.ts';
import { type Ctx, scopesOf } from '../src/kernel/context.ts';
import { changeFacts } from '../src/kernel/facts.ts';
import { newId } from '../src/kernel/ids.ts';
import { commitMandate } from '../src/mandates/import-mandate.ts';
import { mandateSummary } from '../src/mandates/mandate-summary.ts';
import { readOrder } from '../src/mandates/rules/order-file.ts';
import { rolesSeeingFigures } from '../src/organisations/index.ts';
import { reviewSheet } from '../src/review/sheet/review-sheet.ts';
import { openWorld } from './world.ts';

/**
 * One who holds no role over an office writes down all that is told of it and of those around it: summaries in both
 * views, on two days, sheets, orders and learning weeks, running and kept. Nobody here has moved, so that he may also
 * take as equal what two pages count alike. From it he reckons bounds for everything, and none may close round 1 to 4.
 */
const world = await openWorld();
after(() => world.close());
// Another SEED grows other trees.
const seed = Number(process.env.SEED ?? 16);
const random = generator(seed);

type Office = {
  code: string;
  id: string;
  path: string[];
  parent: Office | null;
  below: Office[];
  own: number;
};
const trees: Office[] = ['M', 'N'].map((code) => grow(code, null, 2));
const offices = trees.flatMap(withBelow);

function grow(code: string, parent: Office | null, depth: number): Office {
  const id = newId();
  const office: Office = { code, id, path: [...(parent?.path ?? []), id], parent, below: [], own: 0 };
  const count = depth === 0 ? 0 : 2 + random(parent ? 3 : 4);
  for (let n = 1; n <= count; n += 1)
    office.below.push(grow(`${code}${n}`, office, random(3) ? depth - 1 : 0));
  const isSmall = random(2) === 0;
  office.own = count > 0 ? (random(4) ? 0 : random(30)) : isSmall ? random(7) : 10 + random(50);
  return office;
}

function withBelow(office: Office): Office[] {
  return [office, ...office.below.flatMap(withBelow)];
}

before(async () => {
  await world.runtime.db.transaction(async (tx) => {
    for (const { code, id, path, parent } of offices)
      await sql`insert into office (office_id, code, name_hi, name_en, parent_id, kind, path)
        values (${id}, ${code}, ${code}, ${code}, ${parent?.id ?? null}, 'office', ${path}::uuid[])`.execute(
        tx,
      );
    await sql`insert into course (course_id, code, title_en, state, tags)
      select gen_random_uuid(), 'M' || n, 'Course', 'published', '{}' from generate_series(1, 5) n`.execute(
      tx,
    );
    const people = offices.flatMap(({ id, own }) => Array.from({ length: own }, () => personAt(id)));
    await sql`create temporary table filled on commit drop as select gen_random_uuid() as person_id, p.*
      from json_to_recordset(${JSON.stringify(people)}::json)
        as p (office_id uuid, service_group text, courses integer, day date, signed_in date)`.execute(tx);
    await changeFacts(tx, { table: 'filled' }, async () => {
      await sql`insert into person (person_id, name_en, account_day, signed_in_day)
        select person_id, 'Person', '2026-01-01', signed_in from filled`.execute(tx);
      await sql`insert into posting (person_id, posting_id, office_id, starts_on, is_primary, service_group)
        select person_id, gen_random_uuid(), office_id, '2026-01-01', true, service_group from filled`.execute(
        tx,
      );
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
        select person_id, gen_random_uuid(), course_id, day, 'daksh', 30, filled.office_id
        from filled join course on course.code like 'M_' and substr(course.code, 2)::integer <= courses`.execute(
        tx,
      );
    });
  });
  await giveOrders();
  await holdWeeks();
});

/** Few days, so that in many an office few have done something on one of them. */
function personAt(officeId: string) {
  return {
    office_id: officeId,
    service_group: random(5) ? 'C' : 'B',
    courses: random(2) ? random(6) : 0,
    day: ['2026-06-10', '2026-10-20', '2026-11-04', '2026-11-18'][random(4)],
    signed_in: random(3) ? null : '2026-02-01',
  };
}

const orders = [
  { number: 'M/1', atLeast: 1, to: '2027-03-31' },
  { number: 'M/2', atLeast: 3, to: '2026-10-31' },
  { number: 'M/3', atLeast: 1, to: '2026-10-31', groups: ['B'] },
];

async function giveOrders(): Promise<void> {
  for (const { number, atLeast, to, groups } of orders)
    await commitMandate(
      world.system,
      readOrder({
        ...{ order: { number, date: '2026-04-01', issuer: 'Secretary' }, title: { en: 'Order' } },
        scope: { offices: trees.map(({ code }) => code), ...(groups ? { groups } : {}) },
        ...{ window: { from: '2026-04-01', to }, condition: { courses: { atLeast } } },
      }),
    );
}

async function holdWeeks(): Promise<void> {
  const weeks = [
    { code: 'kept', at: '2026-11-02T06:00:00Z', fromDay: '2026-11-02', toDay: '2026-11-08' },
    { code: 'live', at: '2026-11-22T06:00:00Z', fromDay: '2026-11-16', toDay: '2026-11-28' },
  ];
  for (const { code, at, fromDay, toDay } of weeks) {
    world.clock.set(at);
    for (const tree of trees) {
      const fields = { titleHi: 'सप्ताह', fromDay, toDay, hours: 1 };
      const week = { ...fields, code: `${code}-${tree.code}`, officeCode: tree.code };
      await createCampaign(world.system, campaignInput.parse(week));
      await announceCampaign(world.system, week.code);
    }
  }
  await countCampaigns(world.runtime);
  await keepResults(world.runtime);
}

/** More than anything counts here. */
const unbounded = 1e9;

/** What is known of each quantity of each office. */
class Notes {
  readonly #bounds = new Map<string, [least: number, most: number]>();
  readonly #sums: { whole: string; parts: string[] }[] = [];

  boundsOf(name: string): [least: number, most: number] {
    return this.#bounds.get(name) ?? [0, unbounded];
  }

  isBetween(name: string, least: number, most: number): void {
    const [low, high] = this.boundsOf(name);
    assert.ok(Math.max(low, least) <= Math.min(high, most), `${name} is not ${least} to ${most}`);
    this.#bounds.set(name, [Math.max(low, least), Math.min(high, most)]);
  }

  is(name: string, value: number | null | undefined): void {
    if (value !== null && value !== undefined) this.isBetween(name, value, value);
  }

  isSum(whole: string, parts: string[]): void {
    this.#sums.push({ whole, parts });
  }

  /** Each sum bounds its parts and each part its sum, until nothing more follows. */
  reckon(): void {
    for (let before = ''; ; ) {
      for (const { whole, parts } of this.#sums) this.#narrow(whole, parts);
      const now = [...this.#bounds.values()].join();
      if (now === before) return;
      before = now;
    }
  }

  #narrow(whole: string, parts: readonly string[]): void {
    const bounds = parts.map((part) => this.boundsOf(part));
    const least = bounds.reduce((sum, [low]) => sum + low, 0);
    const most = bounds.reduce((sum, [, high]) => sum + high, 0);
    this.isBetween(whole, least, Math.min(most, unbounded));
    const [low, high] = this.boundsOf(whole);
    for (const [at, part] of parts.entries()) {
      const [partLow, partHigh] = bounds[at] ?? [0, unbounded];
      this.isBetween(
        part,
        Math.max(partLow, low - (most - partHigh)),
        Math.min(partHigh, high - (least - partLow)),
      );
    }
  }
}

const [today, monthEnd] = ['2026-11-22', '2026-10-31'];
const days = [today, monthEnd];
const bands = ['none', 'few', 'three'] as const;
const statuses = ['met', 'metLate', 'open', 'overdue', 'exempt'] as const;
const quantities = [
  'people',
  'signedIn',
  ...days.flatMap((day) => [...bands, 'begun', 'some', 'under', 'done'].map((name) => `${name} ${day}`)),
  ...orders.flatMap(({ number }) => [
    `bound ${number}`,
    ...days.flatMap((day) => statuses.map((name) => `${name} ${number} ${day}`)),
  ]),
  ...['kept', 'live'].flatMap((week) => [`weekDone ${week}`, `weekMet ${week}`]),
];

async function allTold(ctx: Ctx, tree: Office): Promise<Notes> {
  const notes = new Notes();
  const leaves = withBelow(tree).filter(({ below }) => below.length === 0);
  // What is below nothing tells no more by itself than beside its sisters; one is opened to see that.
  for (const { code } of leaves) for (const day of days) relateBands(notes, code, day);
  for (const office of [...withBelow(tree).filter(({ below }) => below.length > 0), ...leaves.slice(-1)]) {
    for (const day of days) {
      await noteSummary(notes, ctx, { office, day });
      relateBands(notes, office.code, day);
    }
    for (const order of orders) for (const day of days) await noteOrder(notes, ctx, { office, order, day });
    for (const week of ['kept', 'live']) await noteWeek(notes, ctx, { office, week, tree });
    if (office.below.length === 0) continue;
    const parts = [
      ...office.below.map(({ code }) => code),
      ...(office.own > 0 ? [`${office.code} itself`] : []),
    ];
    for (const name of quantities)
      notes.isSum(
        `${office.code} ${name}`,
        parts.map((part) => `${part} ${name}`),
      );
  }
  await noteSheet(notes, ctx, tree);
  notes.reckon();
  return notes;
}

function relateBands(notes: Notes, code: string, day: string): void {
  const of = (name: string) => `${code} ${name} ${day}`;
  notes.isSum(
    `${code} people`,
    bands.map((name) => of(name)),
  );
  notes.isSum(of('some'), [of('few'), of('three')]);
  notes.isSum(of('under'), [of('none'), of('few')]);
}

type Line = { office: { code: string } } & Pick<
  Awaited<ReturnType<typeof officeSummary>>,
  | 'registered'
  | 'signedIn'
  | 'completions'
  | 'learningMinutes'
  | 'atLeastOne'
  | 'fewerThanThree'
  | 'inTraining'
  | 'begun'
  | 'bands'
>;

async function noteSummary(notes: Notes, ctx: Ctx, { office, day }: { office: Office; day: string }) {
  for (const view of ['people', 'activity'] as const) {
    const summary = await officeSummary(ctx, { code: office.code, asOf: day, view });
    assert.equal(summary.asOf, day);
    for (const line of [summary, ...summary.children]) noteLine(notes, line, day);
  }
}

function noteLine(notes: Notes, { office: { code }, ...line }: Line, day: string): void {
  notes.is(`${code} people`, line.registered);
  notes.is(`${code} signedIn`, line.signedIn);
  const { none, oneOrTwo, threeOrMore } = line.bands;
  const told = { none, few: oneOrTwo, three: threeOrMore, begun: line.begun, some: line.atLeastOne };
  const more = { under: line.fewerThanThree, done: line.completions };
  for (const [name, value] of Object.entries({ ...told, ...more })) notes.is(`${code} ${name} ${day}`, value);
  notes.is(`${code} none ${day}`, line.inTraining);
  if (line.learningMinutes !== null) notes.is(`${code} done ${day}`, line.learningMinutes / 30);
}

async function noteSheet(notes: Notes, ctx: Ctx, tree: Office): Promise<void> {
  const sheet = await reviewSheet(ctx, { code: tree.code });
  const units = sheet.sections.find(({ key }) => key === 'units')?.lines ?? [];
  for (const { code, figures } of [{ code: tree.code, figures: sheet.figures }, ...units])
    noteLine(notes, { office: { code }, ...figures }, today);
  for (const order of sheet.orders) noteFigures(notes, tree.code, { ...order, day: today });
}

type OrderAsked = { office: Office; order: (typeof orders)[number]; day: string };

async function noteOrder(notes: Notes, ctx: Ctx, { office, order, day }: OrderAsked): Promise<void> {
  const { number, atLeast, groups } = order;
  const summary = await mandateSummary(ctx, { number, office: office.code, asOf: day });
  assert.equal(summary.asOf, day);
  for (const line of [summary, ...summary.children])
    noteFigures(notes, line.office.code, { ...line, number, day });
  const of = (name: string) => `${office.code} ${name} ${number} ${day}`;
  const bound = `${office.code} bound ${number}`;
  notes.isSum(
    bound,
    statuses.map((name) => of(name)),
  );
  if (groups) return;
  notes.isSum(bound, [`${office.code} people`]);
  // Not proved for whoever sees an office exactly that has all of a status below the next one: he knows that one too.
  if (scopesOf(ctx.actor, rolesSeeingFigures).some((id) => offices.some((one) => one.id === id))) return;
  notes.isSum(`${office.code} ${atLeast === 1 ? 'some' : 'three'} ${day}`, [of('met'), of('metLate')]);
}

type OrderFigures = { number: string; day: string } & Record<
  'bound' | (typeof statuses)[number],
  number | null
>;

function noteFigures(notes: Notes, code: string, { number, day, bound, ...figures }: OrderFigures): void {
  notes.is(`${code} bound ${number}`, bound);
  for (const name of statuses) notes.is(`${code} ${name} ${number} ${day}`, figures[name]);
}

async function noteWeek(notes: Notes, ctx: Ctx, asked: { office: Office; week: string; tree: Office }) {
  const { office, week, tree } = asked;
  const league = await leagueView(ctx, await readCampaign(ctx, `${week}-${tree.code}`), office.code);
  for (const { code, people, completions, minutes, met, sizeClass } of [league.office, ...league.rows]) {
    notes.is(`${code} people`, people);
    notes.is(`${code} weekDone ${week}`, completions);
    if (minutes !== null) notes.is(`${code} weekDone ${week}`, minutes / 30);
    notes.is(`${code} weekMet ${week}`, met);
    const at = sizeClasses.findIndex(({ key }) => key === sizeClass);
    const next = sizeClasses[at + 1]?.least ?? unbounded;
    notes.isBetween(`${code} people`, sizeClasses[at]?.least ?? 0, next - 1);
  }
}

/** Counts of 1 to 4 of offices that the reader does not see exactly, and that nevertheless can only be that. */
function givenAway(notes: Notes, truth: Notes, { tree, own }: { tree: Office; own?: Office }): string[] {
  const hidden = withBelow(tree).filter(({ path }) => !own || !path.includes(own.id));
  const names = hidden.flatMap(({ code }) => quantities.map((name) => `${code} ${name}`));
  return names.filter((name) => {
    const [value, same] = truth.boundsOf(name);
    if (value !== same || value < 1 || value > 4) return false;
    const [least, most] = notes.boundsOf(name);
    return least === most;
  });
}

const truths = new Map<Office, Promise<Notes>>();

/** What those see who see everything. */
function truthOf(tree: Office): Promise<Notes> {
  const truth = truths.get(tree) ?? allTold(world.system, tree);
  truths.set(tree, truth);
  return truth;
}

test('an outsider who sets all pages beside each other has no count of 1 to 4', async () => {
  for (const tree of trees) {
    const truth = await truthOf(tree);
    const people = withBelow(tree).reduce((sum, { own }) => sum + own, 0);
    assert.deepEqual(truth.boundsOf(`${tree.code} people`), [people, people]);
    assert.deepEqual(givenAway(await allTold(world.as('kamla'), tree), truth, { tree }), [], `SEED=${seed}`);
  }
});

test('whoever sees an office of the tree exactly has no count of 1 to 4 beside it', async () => {
  const { actor, ...rest } = world.as('kamla');
  assert.ok(actor.kind === 'person');
  const tree = trees[random(trees.length)];
  assert.ok(tree);
  const below = withBelow(tree).slice(1);
  const own = below[random(below.length)];
  assert.ok(own);
  const ctx: Ctx = { ...rest, actor: { ...actor, grants: [{ role: 'nodal', scopeId: own.id }] } };
  const told = await allTold(ctx, tree);
  const found = givenAway(told, await truthOf(tree), { tree, own });
  assert.deepEqual(found, [], `SEED=${seed}, ${own.code} is the reader’s own`);
});

/** Numbers below a bound; the same for a seed (mulberry32). */
function generator(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
