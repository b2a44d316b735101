import fc from 'fast-check';
import { castOffices } from '../../demo/cast.ts';
import { endReasons, postingKinds } from '../../src/people/desk/schema.ts';
import { groupsOfReports } from '../../src/reports/index.ts';

// Values are written out, so that a failing sequence reads as what was done; few of each, so that acts meet.
const newcomer = fc.constantFrom('N1', 'N2', 'N3', 'N4');
const who = fc.oneof(
  newcomer,
  fc.constantFrom('SW1001', 'SW1004', 'SW2001', 'SW2002', 'HF1001', 'ASHA-BBK-0417'),
);
const known = fc.constantFrom(...castOffices.map(({ code }) => code));
const office = fc.oneof({ weight: 9, arbitrary: known }, { weight: 1, arbitrary: fc.constant('NEW') });
const day = fc.constantFrom(
  ...['2026-11-22', '2026-11-21', '2026-11-01', '2026-10-31', '2026-04-01', '2025-06-30'],
  ...['2026-11-23', '2026-12-01'],
);
const until = fc.constantFrom(undefined, '2026-10-31', '2026-11-22', '2026-12-15');
const kind = fc.constantFrom(...postingKinds);
const group = fc.constantFrom('', 'A', 'C');
const cadre = fc.constantFrom('', 'आशा');
const nth = fc.nat(2);
const course = fc.constantFrom('K-HERE', 'K-AI', 'K-CYBER', 'K-PLAIN');
const area = fc.constantFrom('129', '153', '162');

const people = fc.oneof(
  act('add', { who: newcomer, office, on: day }),
  act('register', { who: newcomer, office, on: day }),
  act('roster', { rows: some({ who, office, kind, on: day, until, group, cadre }) }),
  act('sign in', { who }),
  act('merge', { who, into: who }),
);

const postings = fc.oneof(
  act('post', { who, office, kind, on: day, until }),
  act('end', { who, nth, on: day, reason: fc.constantFrom(...endReasons) }),
  act('correct', { who, nth, from: day, until }),
  act('move', { who, office, on: day }),
);

const learning = fc.oneof(
  act('completions', { rows: some({ who, course, on: day }) }),
  act('enrol', { who }),
  act('withdraw', { who }),
  act('learn', { who }),
  act('attendance', {
    session: fc.constantFrom('S-ROOM', 'S-COURSE', 'S-ONLINE'),
    rows: some({ who, minutes: fc.constantFrom(90, 30, 0) }),
  }),
);

const offices = fc.oneof(
  act('hang', { office, below: office }),
  act('place', { office, area }),
  act('open', { below: office, area }),
  act('close', { office, on: day }),
);

const courses = fc.oneof(
  act('course', {
    course,
    tags: fc.constantFrom('other', 'ai', 'cyber', 'ai;cyber'),
    minutes: fc.constantFrom(30, 50),
  }),
  act('everybody again', {}),
  act('field cadre', { isField: fc.boolean() }),
);

const beside = fc.oneof(
  act('undo', { nth }),
  act('wait', { days: fc.constantFrom(1, 9, 40) }),
  act('fold', {}),
  act('take up', { most: fc.constantFrom(1, 3, 100) }),
);

/** Figures at an office and in an area on a day, and a report of them. */
export const look = fc.constantFrom('people', 'completions', 'courses').chain((subject) =>
  act('look', {
    subject: fc.constant(subject),
    groups: fc.uniqueArray(fc.constantFrom(...groupsOfReports(subject)), { minLength: 1, maxLength: 2 }),
    office: known,
    area: fc.constantFrom('district:129', 'district:153', 'district:162', 'division:AYD', 'state:9'),
    asOf: day,
  }),
);

export const acts = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: postings },
    { weight: 5, arbitrary: learning },
    { weight: 4, arbitrary: people },
    { weight: 3, arbitrary: beside },
    { weight: 2, arbitrary: offices },
    { weight: 2, arbitrary: courses },
    { weight: 1, arbitrary: look },
  ),
  { minLength: 1, maxLength: 24 },
);

export type Look = Drawn<typeof look>;
export type Act = Drawn<typeof acts>[number];

type Drawn<Of> = Of extends fc.Arbitrary<infer Value> ? Value : never;
type Fields<Given> = { [Name in keyof Given]: fc.Arbitrary<Given[Name]> };

function act<const Kind extends string, Given>(kind: Kind, fields: Fields<Given>) {
  return fc.record<Given>(fields).map((given) => ({ act: kind, ...given }));
}

function some<Row>(row: Fields<Row>): fc.Arbitrary<Row[]> {
  return fc.array(fc.record<Row>(row), { minLength: 1, maxLength: 3 });
}
