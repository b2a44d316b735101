import { Readable } from 'node:stream';
import { cast, castOffices } from '../demo/cast.ts';
import { type FileRow, type GoldenDepartment, goldenDepartment, goldenFigures } from '../demo/department.ts';
import { designationsInEnglish } from '../demo/designations.ts';
import { attendanceRows } from '../demo/orders/attendance.ts';
import { requireKind, takeFile } from './imports/index.ts';
import type { Ctx } from './kernel/context.ts';
import { addDays, daysBetween, todayInIndia } from './kernel/dates.ts';
import { Refusal } from './kernel/errors.ts';
import type { Feature, Runtime } from './kernel/feature.ts';
import { commitImport } from './kernel/imports/index.ts';
import { hasInstallationFact, noteInstallationFact } from './kernel/installation.ts';
import { toCsvLine } from './kernel/tabular/index.ts';
import { designationIdOf, keepDesignation, nameCadres, nameFieldCadres } from './organisations/index.ts';
import { grantRole } from './people/index.ts';
import { loadDemonstrationReviews } from './review/index.ts';

/**
 * Loads the demonstration once: the invented department through the same imports that a real one uses, the
 * eight courses, the cast's roles and sign-ins. A killed first start goes on where it stopped.
 */
export async function loadDemonstration(ctx: Ctx, runtime: Runtime, features: Feature[]): Promise<void> {
  // Two first starts on one database: the second waits, and finds everything done.
  const lock = await ctx.db.bulk.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [demonstrationLock]);
    await loadSteps(ctx, runtime, features);
  } finally {
    await lock.query('select pg_advisory_unlock($1)', [demonstrationLock]);
    lock.release();
  }
}

const demonstrationLock = 8_102_028;

async function loadSteps(ctx: Ctx, runtime: Runtime, features: Feature[]): Promise<void> {
  const isDone = (step: string) => hasInstallationFact(ctx.db.read, fact(step));
  const steps: [string, () => Promise<unknown>][] = [
    ['department', () => importDepartment(ctx)],
    ['designations', () => nameDesignations(ctx)],
    ['field cadres', () => nameFieldCadres(ctx, fieldCadres)],
    ['cadres', () => nameCadres(ctx, cadresInEnglish)],
    ['roles', () => appointCast(ctx)],
    ['reviewer', () => appointReviewer(ctx)],
    [
      'features',
      async () => {
        for (const feature of features) await feature.demonstration?.(ctx, runtime);
      },
    ],
    ['attendance', () => importAttendance(ctx)],
    // Last: what is published is kept for good, and later figures would differ from it out of nothing.
    ['published sheets', () => loadDemonstrationReviews(ctx)],
  ];
  for (const [step, work] of steps) {
    if (await isDone(step)) continue;
    process.stderr.write(`प्रदर्शन तैयार हो रहा है / Preparing the demonstration: ${step}\n`);
    await work();
    await noteInstallationFact(ctx.db.read, fact(step));
  }
}

const cadresInEnglish = { आशा: 'ASHA', 'समाज कल्याण पर्यवेक्षक': 'Social Welfare Supervisor' };
const fieldCadres = Object.keys(cadresInEnglish);

function fact(step: string): string {
  return `demonstration.${step}`;
}

async function importDepartment(ctx: Ctx): Promise<void> {
  const department = goldenDepartment();
  await importRows(ctx, 'offices', [...department.offices, ...otherOffices(department)]);
  await importRows(ctx, 'courses', department.courses);
  await importRows(ctx, 'roster', [...department.roster, ...otherPeople(department)]);
  await importRows(ctx, 'completions', recentCompletions(department, todayInIndia(ctx.clock)));
}

/** Classroom training adds to no published figure: those are of courses. */
async function importAttendance(ctx: Ctx): Promise<void> {
  const today = todayInIndia(ctx.clock);
  const rows = attendanceRows(goldenDepartment(), (days) => addDays(today, -days));
  await importRows(ctx, 'attendance', rows);
}

async function importRows(ctx: Ctx, kind: string, rows: FileRow[]): Promise<void> {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))].map(
    toCsvLine,
  );
  const flags = { complete: false, allOrNothing: false, allowManyEnded: false };
  const source = Readable.from([Buffer.from(lines.join(''))]);
  await commitImport(ctx, await takeFile(ctx, requireKind(kind), { source, name: `${kind}.csv`, flags }));
}

function otherOffices(department: GoldenDepartment): FileRow[] {
  const known = new Set(department.offices.map((row) => row['office_code']));
  return castOffices
    .filter((office) => !known.has(office.code))
    .map((office) => ({
      office_code: office.code,
      name_hi: office.nameHi,
      name_en: office.nameEn,
      parent_code: office.parent,
      kind: office.kind,
      area_code: office.area,
    }));
}

function otherPeople(department: GoldenDepartment): FileRow[] {
  const known = new Set(department.roster.map((row) => row['employee_code']));
  return cast
    .filter((person) => !known.has(person.code))
    .map((person) => ({
      employee_code: person.code,
      name_hi: person.nameHi,
      name_en: person.nameEn,
      mobile: person.mobile,
      email: person.email ?? '',
      office_code: person.office,
      designation: person.designation,
      group: person.group ?? '',
      cadre: person.cadre ?? '',
      engagement: person.engagement,
      posting_kind: 'regular',
      posted_on: person.postedOn,
      joined_on: person.joinedOn,
    }));
}

/** The published department's learning, moved so that it ends yesterday: a dashboard of today has a trend. */
function recentCompletions(department: GoldenDepartment, today: string): FileRow[] {
  const shift = daysBetween(goldenFigures.asOf, addDays(today, -1));
  return department.made.learnt.map(({ person, course, day }) => ({
    employee_code: person.code,
    course_code: course.code,
    completed_on: addDays(day, shift),
    source: 'iGOT',
  }));
}

/** The roster's files give designations in Hindi; the list of designations has the English names. */
async function nameDesignations(ctx: Ctx): Promise<void> {
  for (const [name, nameEn] of Object.entries(designationsInEnglish)) {
    const designationId = await ctx.db.transaction((tx) => designationIdOf(tx, name));
    await keepDesignation(ctx, { designationId, name, nameEn });
  }
}

async function appointCast(ctx: Ctx): Promise<void> {
  for (const person of cast) {
    for (const { role, office } of person.roles) {
      await grantRole(ctx, { employeeCode: person.code, role, officeCode: office, kind: 'charge' }).catch(
        heldAlready,
      );
    }
  }
}

/** A course needs a second person's word: beside the publisher somebody else can give it here. */
async function appointReviewer(ctx: Ctx): Promise<void> {
  const at = { employeeCode: 'SW1003', officeCode: 'SW', kind: 'charge' } as const;
  await grantRole(ctx, { ...at, role: 'reviewer' }).catch(heldAlready);
}

/** A first start that was killed half-way appoints the rest; who holds a role already keeps it. */
function heldAlready(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'conflict')) throw error;
}
