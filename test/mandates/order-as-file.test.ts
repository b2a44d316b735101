import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CommandLine } from '../../src/kernel/feature.ts';
import { importMandate, mandates } from '../../src/mandates/index.ts';
import { commit, csv } from '../imports/files.ts';
import { openWorld } from '../world.ts';

// The file's definition in docs and interfaces, read once more with people and courses that nothing else uses.
const world = await openWorld();
const folder = mkdtempSync(join(tmpdir(), 'order-'));
after(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const order = { number: 'शा.आ. 9/2026', date: '2026-01-16', issuer: 'मुख्य सचिव' };
const file = {
  order,
  title: { hi: 'तीन कोर्स, एक AI पर' },
  scope: { offices: ['Z'] },
  window: { from: '2025-04-01', to: '2026-03-31' },
  condition: { allOf: [{ courses: { atLeast: 3 } }, { courses: { atLeast: 1, tag: 'ai' } }] },
};

const people = [
  'p1,एक,Z-A,क,नियमित,2010-01-01,2010-01-01,,',
  'p2,दो,Z-A,A,permanent,01-02-2010,01.02.2010,,',
  'p3,तीन,Z-B,b,स्थायी,2012-01-01,2012-01-01,,',
  'p4,चार,Z-B,C,संविदा,2012-01-01,2012-01-01,,',
  'p5,पाँच,Z-B,D,honorary,2012-01-01,2012-01-01,,',
  'p6,छह,Z-B,D,निर्वाचित,2012-01-01,2012-01-01,,',
  'p7,सात,Z-A,A,permanent,2012-01-01,2012-01-01,regular,',
  'p7,सात,Z-B,A,permanent,2012-01-01,2013-01-01,additional_charge,',
  'p8,आठ,Z-A,A,permanent,2026-03-20,2026-03-20,,',
  'p9,नौ,Z-A,A,permanent,2012-01-01,2012-01-01,regular,2026-03-30',
  'p10,दस,Z-A,A,permanent,2026-04-02,2026-04-02,,',
  'p11,ग्यारह,Z-A,A,permanent,2012-01-01,2012-01-01,regular,2026-05-01',
];
const done = [
  // In time to the minute: 23:59 in India on the last day; two minutes later is the next day.
  ...['p1,Z1,2025-04-01', 'p1,Z2,2025-08-08', 'p1,ZAI,2026-03-31T18:29:00Z'],
  ...['p2,Z1,2025-04-01', 'p2,Z2,2025-08-08', 'p2,ZAI,2026-03-31T18:31:00Z'],
  // The day before the window, and renewed in it: counts nothing unless renewals do.
  ...['p4,Z1,2025-03-31', 'p4,Z1,2025-06-01', 'p4,Z2,2025-06-01', 'p4,ZAI,2025-06-02'],
  // Four courses, none of them on AI.
  ...['p7,Z1,2025-05-01', 'p7,Z2,2025-05-02', 'p7,Z3,2025-05-03', 'p7,Z4,2025-05-04'],
  // Joined eleven days before the end: thirty days from then on.
  ...['p8,Z1,2026-04-01', 'p8,Z2,2026-04-02', 'p8,ZAI,2026-04-19'],
];

before(async () => {
  const taken = [
    await commit(
      world.system,
      'offices',
      csv('office_code,name_hi,parent_code', 'Z-B,ब,Z', 'Z-A,अ,Z', 'Z,विभाग,UP'),
    ),
    await commit(
      world.system,
      'courses',
      csv(
        'course_code,title_hi,duration_minutes,tags',
        'Z1,क,60,',
        'Z2,ख,60,',
        'Z3,ग,60,',
        'Z4,घ,60,',
        'ZAI,ङ,60,AI',
      ),
    ),
    await commit(
      world.system,
      'roster',
      csv(
        'employee_code,name_hi,office_code,group,engagement,joined_on,posted_on,posting_kind,posted_until',
        ...people,
      ),
    ),
    await commit(world.system, 'completions', csv('employee_code,course_code,completed_on', ...done)),
  ];
  assert.deepEqual(
    taken.map((one) => one.errors),
    [[], [], [], []],
  );
});

let files = 0;

/** What the command prints as JSON, with its exit status. */
async function run(given: unknown, ...flags: string[]) {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, typeof given === 'string' ? given : JSON.stringify(given));
  const printed: string[] = [];
  const line = lineOf(['mandate', path], ['json', ...flags], printed);
  const status = await importMandate(world.system, line);
  assert.equal(printed.length, 1, 'one JSON value and nothing else');
  return { status, ...JSON.parse(printed[0] ?? '') };
}

function lineOf(args: string[], flags: string[], printed: string[]): CommandLine {
  const pairs = flags.map((flag) => flag.split('=')).map(([name = '', value]) => [name, value ?? true]);
  return {
    args,
    flags: Object.fromEntries(pairs),
    print: (text) => printed.push(text),
    printError: () => undefined,
  };
}

async function figures(number: string, office: string, asOf?: string) {
  const printed: string[] = [];
  const command = mandates.commands?.find((one) => one.name === 'mandate');
  const flags = ['json', `office=${office}`, ...(asOf ? [`as-of=${asOf}`] : [])];
  await command?.run(world.system, lineOf([number], flags, printed), world.runtime);
  const said = JSON.parse(printed[0] ?? '');
  assert.deepEqual(Object.keys(said).sort(), ['bound', 'exempt', 'met', 'metLate', 'open', 'overdue']);
  assert.equal(said.bound, said.met + said.metLate + said.open + said.overdue + said.exempt);
  return `${said.bound}: ${said.met} ${said.metLate} ${said.open} ${said.overdue} ${said.exempt}`;
}

test('a dry run says what the commit then does, and enters nothing', async () => {
  const dry = await run(`\uFEFF${JSON.stringify(file)}`);
  assert.deepEqual([dry.status, dry.kind, dry.committed, dry.rows, dry.added], [0, 'mandate', false, 1, 1]);
  await assert.rejects(figures(order.number, 'Z'), { code: 'not_found' });
  const done = await run(file, 'commit');
  assert.deepEqual([done.committed, done.bound, done.alreadyMet], [true, dry.bound, dry.alreadyMet]);
  assert.deepEqual([done.bound, done.alreadyMet], [7, 3]);
  const again = await run(file, 'commit');
  assert.deepEqual([again.unchanged, again.added], [1, 0]);
});

test('figures of a day to come say so, and those of a past day do not, however it is written', async () => {
  const command = mandates.commands?.find((one) => one.name === 'mandate');
  const told = async (asOf: string) => {
    const printed: string[] = [];
    const flags = ['office=Z', `as-of=${asOf}`];
    await command?.run(world.system, lineOf([order.number], flags, printed), world.runtime);
    return printed.length;
  };
  const days = ['2026-03-31', '31-03-2026', '2098-12-31', '31-12-2098'];
  assert.deepEqual(await Promise.all(days.map(told)), [1, 1, 2, 2]);
});

test('each figure is what the definition says, on any day', async () => {
  // Bound at the end: p1 p2 p3 p4 p7 p8 p11; honorary and elected never, p9 gone, p10 come too late.
  assert.equal(await figures(order.number, 'Z'), '7: 2 1 0 4 0');
  assert.equal(await figures(order.number, 'Z', '2026-03-31'), '7: 1 0 6 0 0');
  assert.equal(
    await figures(order.number, 'Z', '2026-04-01'),
    '7: 1 1 1 4 0',
    'the late joiner is open still',
  );
  assert.equal(await figures(order.number, 'Z', '2026-03-30'), '8: 0 0 8 0 0', 'who left was bound that day');
  assert.equal(
    await figures(order.number, 'Z', '2025-03-01'),
    '7: 0 0 7 0 0',
    'before the window: who was posted',
  );
  assert.equal(await figures(order.number, 'Z-A'), '5: 2 1 0 2 0', 'a person of two offices at each of them');
  assert.equal(await figures(order.number, 'Z-B'), '3: 0 0 0 3 0', 'and once above them');
  assert.equal(await figures(order.number, 'UP', '2030-01-01'), '7: 2 1 0 4 0', 'a day to come is today');
});

test('grace delays overdue alone; renewals count where the order says so', async () => {
  const lenient = {
    ...file,
    order: { ...order, number: 'L' },
    graceDays: 10,
    countRenewals: true,
    joinersMinimumDays: 0,
  };
  await run(lenient, 'commit');
  assert.equal(
    await figures('L', 'Z', '2026-04-10'),
    '7: 2 1 4 0 0',
    'with the renewal p4 has three in time',
  );
  assert.equal(await figures('L', 'Z', '2026-04-11'), '7: 2 1 0 4 0');
  assert.equal(await figures('L', 'Z'), '7: 2 2 0 3 0', 'without days for joiners p8 is late');
});

test('groups in Hindi or small letters and engagements in Hindi are read; the honorary are bound when named', async () => {
  const named = (number: string, scope: object) =>
    run({ ...file, order: { ...order, number }, scope: { offices: ['Z'], ...scope } });
  assert.equal((await named('G1', { groups: ['क'] })).bound, 5);
  assert.equal((await named('G2', { groups: ['a', 'ख'] })).bound, 6);
  assert.equal((await named('G3', { engagements: ['मानदेय', 'elected', 'Contract'] })).bound, 3);
  assert.equal((await named('G4', { groups: ['B'], engagements: ['permanent'] })).bound, 1);
  // On the last day p8 has served no whole year; ten years and more all others but him.
  assert.equal((await named('G5', { serviceYears: { max: 0 } })).bound, 1);
  assert.equal((await named('G6', { serviceYears: { min: 10 } })).bound, 6);
});

test('what cannot be read is refused whole, and the status says that nothing was done', async () => {
  const faulty: [unknown, RegExp][] = [
    ['{"order":', /JSON/],
    [{ ...file, scope: { offices: ['NOWHERE'] } }, /NOWHERE/],
    [{ ...file, window: { from: '2025-04-01', to: '2026-02-30' } }, /window/],
    [{ ...file, window: { from: '2026-04-01', to: '2025-04-01' } }, /window/],
    [{ ...file, order: { ...order, date: 'soon' } }, /order\.date/],
    [{ ...file, condition: { courses: { atLeast: 1, of: ['NO-COURSE'] } } }, /NO-COURSE/],
    [{ ...file, condition: { passed: { assessment: 'NO-TEST' } } }, /NO-TEST/],
    [{ ...file, condition: { courses: { atLeast: 1 }, hours: { atLeast: 1 } } }, /condition/],
    [{ ...file, scope: { offices: ['Z'], groups: ['E'] } }, /scope\.groups/],
    [{ ...file, graceDay: 3 }, /graceDay/],
    [{ ...file, graceDays: 3 }, /is there already/],
  ];
  for (const [given, words] of faulty)
    await assert.rejects(run(given, 'commit'), (error: { text: { en: string } }) => {
      assert.match(error.text.en, words);
      return true;
    });
  assert.equal(await figures(order.number, 'Z'), '7: 2 1 0 4 0');
});

test('relative windows, shares, hours and nested conditions are each person’s own', async () => {
  const own = (number: string, more: object) =>
    run({ ...file, order: { ...order, number }, ...more }, 'commit');
  // Thirty days after each posting: p8 in time to the day, p10 has days left, three did it years later.
  await own('R', { window: { days: 30, after: 'posting' }, condition: { courses: { atLeast: 3 } } });
  assert.equal(await figures('R', 'Z-A', '2026-04-19'), '7: 1 3 1 2 0');
  await own('S', { condition: { share: { of: ['Z1', 'Z2', 'ZAI'], atLeast: 0.5 } } });
  assert.equal(await figures('S', 'Z'), '7: 5 0 0 2 0', 'half of three are two');
  await own('H', { condition: { hours: { atLeast: 4 } } });
  assert.equal(await figures('H', 'Z'), '7: 1 0 0 6 0');
  const either = {
    anyOf: [
      { passed: { assessment: 'Z4' } },
      { allOf: [{ hours: { atLeast: 3 } }, { courses: { atLeast: 1, tag: 'AI' } }] },
    ],
  };
  await own('N', { condition: either, graceDays: 0 });
  assert.equal(await figures('N', 'Z'), '7: 3 1 0 3 0');
});
