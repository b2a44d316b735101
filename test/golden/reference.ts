import type pg from 'pg';

/**
 * METRICS.md read literally, person by person and day by day, from the rows: slow, plain, and made of
 * nothing that `src/insight` uses.
 */
export type Facts = {
  offices: { id: string; path: string[]; createdAt: number; code: string; areaId: string | null }[];
  areas: { id: string; nodeId: string; parentId: string | null; kind: string }[];
  persons: { id: string; accountDay: string | null; signedInDay: string | null; mergedInto: string | null }[];
  postings: Posting[];
  enrolments: { personId: string; enrolledDay: string; withdrawnDay: string | null }[];
  completions: {
    personId: string;
    courseId: string;
    day: string;
    minutes: number;
    officeId: string | null;
    group: string | null;
    engagement: string | null;
  }[];
  courses: { id: string; tags: string[] }[];
  /** Attended minutes in a room. */
  attended: { personId: string; day: string; minutes: number; courseId: string | null }[];
};

/** One class of people. */
export type ClassWanted = { group: string | null; engagement: string | null; isField: boolean };

type Posting = {
  personId: string;
  id: string;
  officeId: string;
  kind: string;
  isPrimary: boolean;
  startsOn: string;
  endsOn: string | null;
  endReason: string | null;
  group: string | null;
  engagement: string | null;
  isField: boolean;
};

export type Reference = {
  registered: number;
  /** Accounts whose first counting day has come. */
  onboarded: number;
  notOnRoster: number;
  former: number;
  signedIn: number;
  completions: number;
  renewals: number;
  digitalMinutes: number;
  classroomMinutes: number;
  aiReach: number;
  cyberReach: number;
  atLeastOne: number;
  threeOrMore: number;
  begun: number;
  activityCompletions: number;
  activityRenewals: number;
  activityMinutes: number;
};

export async function readFacts(pool: pg.Pool): Promise<Facts> {
  const rows = async <Row>(text: string) => (await pool.query(text)).rows as Row[];
  return {
    offices: await rows(
      `select office_id as id, path, code, extract(epoch from created_at)::float8 as "createdAt",
        area_id as "areaId" from office`,
    ),
    areas: await rows(`select area_id as id, node_id as "nodeId", parent_id as "parentId", kind from area`),
    persons: await rows(`select person_id as id, account_day as "accountDay", signed_in_day as "signedInDay",
      merged_into as "mergedInto" from person`),
    postings: await rows(`select person_id as "personId", posting_id as id, office_id as "officeId", kind,
      is_primary as "isPrimary", starts_on as "startsOn", ends_on as "endsOn", end_reason as "endReason",
      service_group as group, engagement, coalesce(is_field, false) as "isField"
      from posting left join cadre using (cadre_id) where voided_at is null`),
    enrolments: await rows(`select person_id as "personId", enrolled_day as "enrolledDay",
      withdrawn_day as "withdrawnDay" from enrolment`),
    completions:
      await rows(`select person_id as "personId", course_id as "courseId", completed_day as day, minutes,
      office_id as "officeId", service_group as group, engagement from completion where voided_at is null`),
    courses: await rows('select course_id as id, tags from course'),
    attended: await rows(`select person_id as "personId", day, attendance.minutes, course_id as "courseId"
      from attendance join training_session using (session_id)
      where attendance.voided_at is null and status = 'present' and mode in ('classroom', 'residential')`),
  };
}

/** The figures of an office or an area, or of one class of the people there. */
export function figuresByRule(facts: Facts, nodeId: string, asOf: string, ofClass?: ClassWanted): Reference {
  const below = officesOf(facts, nodeId);
  const total: Reference = { ...nobody };
  for (const person of facts.persons) {
    if (person.accountDay === null || person.mergedInto !== null) continue;
    const done = coursesUpTo(rowsOf(facts.completions, person.id), asOf);
    countActivity(total, done, { below, ofClass });
    if (person.accountDay > asOf) continue;
    const postings = rowsOf(facts.postings, person.id);
    total.onboarded += Number(wasOnboarded(postings, { from: person.accountDay, to: asOf, below, ofClass }));
    const current = postings.filter((posting) => covers(posting, asOf));
    if (current.length === 0) {
      if (!ofClass) countOutside(total, { facts, postings, below, asOf });
    } else if (
      effective(current).some((posting) => below.has(posting.officeId)) &&
      isOfClass(effective(current), ofClass)
    ) {
      const isActive = rowsOf(facts.enrolments, person.id).some(
        (row) => row.enrolledDay <= asOf && (row.withdrawnDay === null || row.withdrawnDay > asOf),
      );
      countMember(total, {
        facts,
        done,
        isActive,
        hasSignedIn: person.signedInDay !== null && person.signedInDay <= asOf,
        attended: rowsOf(facts.attended, person.id).filter((row) => row.day <= asOf),
      });
    }
  }
  return total;
}

type Owned = { personId: string };
const grouped = new WeakMap<readonly Owned[], Map<string, Owned[]>>();

/** Those of one person; a department has tens of thousands, so they are told apart once. */
function rowsOf<Row extends Owned>(rows: Row[], personId: string): Row[] {
  const groups = grouped.get(rows) ?? Map.groupBy<string, Owned>(rows, (row) => row.personId);
  grouped.set(rows, groups);
  return (groups.get(personId) ?? []) as Row[];
}

const counted = new WeakMap<Facts, Map<string, Set<string>>>();

/** The offices that are counted at an office or an area. */
function officesOf(facts: Facts, nodeId: string): Set<string> {
  const known = counted.get(facts) ?? new Map<string, Set<string>>();
  counted.set(facts, known);
  const below =
    known.get(nodeId) ??
    new Set(facts.offices.filter((office) => isCounted(facts, office, nodeId)).map((office) => office.id));
  known.set(nodeId, below);
  return below;
}

/** By the tree of offices, or by the area of the nearest office on the way up that has one. */
function isCounted(facts: Facts, office: Facts['offices'][number], nodeId: string): boolean {
  if (office.path.includes(nodeId)) return true;
  const way = office.path.toReversed().map((id) => facts.offices.find((one) => one.id === id)?.areaId);
  let area = facts.areas.find((one) => one.id === way.find((id) => id));
  while (area && area.kind !== 'country') {
    if (area.nodeId === nodeId) return true;
    const parentId = area.parentId;
    area = facts.areas.find((one) => one.id === parentId);
  }
  return false;
}

/** Whether the first posting in order, among those that count, is of the class. */
function isOfClass(current: Posting[], ofClass: ClassWanted | undefined): boolean {
  if (!ofClass) return true;
  const [first] = current.toSorted(
    (a, b) =>
      Number(b.isPrimary) - Number(a.isPrimary) ||
      b.startsOn.localeCompare(a.startsOn) ||
      a.id.localeCompare(b.id),
  );
  return (
    first?.group === ofClass.group &&
    first.engagement === ofClass.engagement &&
    first.isField === ofClass.isField
  );
}

const nobody: Reference = {
  registered: 0,
  onboarded: 0,
  notOnRoster: 0,
  former: 0,
  signedIn: 0,
  completions: 0,
  renewals: 0,
  digitalMinutes: 0,
  classroomMinutes: 0,
  aiReach: 0,
  cyberReach: 0,
  atLeastOne: 0,
  threeOrMore: 0,
  begun: 0,
  activityCompletions: 0,
  activityRenewals: 0,
  activityMinutes: 0,
};

type Done = { firsts: Facts['completions']; renewals: Facts['completions'] };

/** Which completions up to the day are a course's first and which its renewals, by what is known now. */
function coursesUpTo(completions: Facts['completions'], asOf: string): Done {
  const ordered = completions.toSorted((a, b) => a.day.localeCompare(b.day));
  const seen = new Set<string>();
  const done: Done = { firsts: [], renewals: [] };
  for (const row of ordered) {
    if (row.day > asOf) continue;
    (seen.has(row.courseId) ? done.renewals : done.firsts).push(row);
    seen.add(row.courseId);
  }
  return done;
}

type Where = { below: Set<string>; ofClass?: ClassWanted | undefined };

/** The completion freezes group and engagement, and no cadre. */
function countActivity(total: Reference, done: Done, { below, ofClass }: Where): void {
  const isOf = (row: Facts['completions'][number]) =>
    !ofClass || (row.group === ofClass.group && row.engagement === ofClass.engagement && !ofClass.isField);
  const here = (row: Facts['completions'][number]) =>
    row.officeId !== null && below.has(row.officeId) && isOf(row);
  total.activityCompletions += done.firsts.filter(here).length;
  total.activityRenewals += done.renewals.filter(here).length;
  total.activityMinutes += done.firsts.filter(here).reduce((sum, row) => sum + row.minutes, 0);
}

/** Whether the first day on which the person counted anywhere has come, and was a day below this office. */
function wasOnboarded(postings: Posting[], days: Where & { from: string; to: string }): boolean {
  const candidates = [days.from, ...postings.map((posting) => posting.startsOn)]
    .filter((day) => day >= days.from && day <= days.to)
    .toSorted();
  const first = candidates.find((day) => postings.some((posting) => covers(posting, day)));
  if (first === undefined) return false;
  const onThatDay = postings.filter((posting) => covers(posting, first));
  return (
    effective(onThatDay).some((posting) => days.below.has(posting.officeId)) &&
    isOfClass(effective(onThatDay), days.ofClass)
  );
}

function covers(posting: Posting, day: string): boolean {
  return posting.startsOn <= day && (posting.endsOn === null || posting.endsOn >= day);
}

/** While a deputation or attachment runs, the lending office's (regular) posting does not count. */
function effective(current: Posting[]): Posting[] {
  const isLent = current.some((posting) => posting.kind === 'deputation' || posting.kind === 'attached');
  return isLent ? current.filter((posting) => posting.kind !== 'regular') : current;
}

type Outside = { facts: Facts; postings: Posting[]; below: Set<string>; asOf: string };

function countOutside(total: Reference, { facts, postings, below, asOf }: Outside): void {
  const ended = postings
    .filter((posting) => posting.endsOn !== null && posting.endsOn < asOf)
    .toSorted(latestFirst);
  const last = ended[0];
  const shownAt = last?.officeId ?? rootFor(facts, postings);
  if (shownAt === undefined || !below.has(shownAt)) return;
  total.notOnRoster += 1;
  if (last?.endReason && last.endReason !== 'transferred') total.former += 1;
}

function latestFirst(a: Posting, b: Posting): number {
  return (
    (b.endsOn ?? '').localeCompare(a.endsOn ?? '') ||
    Number(b.isPrimary) - Number(a.isPrimary) ||
    b.startsOn.localeCompare(a.startsOn) ||
    a.startsOn.localeCompare(b.startsOn) ||
    a.id.localeCompare(b.id)
  );
}

function rootFor(facts: Facts, postings: Posting[]): string | undefined {
  const next = postings.toSorted(
    (a, b) => a.startsOn.localeCompare(b.startsOn) || a.id.localeCompare(b.id),
  )[0];
  if (next) return facts.offices.find((office) => office.id === next.officeId)?.path[0];
  const roots = facts.offices.filter((office) => office.path.length === 1);
  return roots.toSorted((a, b) => a.createdAt - b.createdAt || a.code.localeCompare(b.code))[0]?.id;
}

type Member = {
  facts: Facts;
  done: Done;
  isActive: boolean;
  hasSignedIn: boolean;
  attended: Facts['attended'];
};

function countMember(total: Reference, { facts, done, isActive, hasSignedIn, attended }: Member): void {
  const isTagged = (tag: string) =>
    done.firsts.some((row) => facts.courses.find((course) => course.id === row.courseId)?.tags.includes(tag));
  const completed = new Set(done.firsts.map((row) => row.courseId));
  const courses = done.firsts.length;
  total.registered += 1;
  total.signedIn += Number(hasSignedIn);
  total.completions += courses;
  total.renewals += done.renewals.length;
  total.digitalMinutes += done.firsts.reduce((sum, row) => sum + row.minutes, 0);
  total.atLeastOne += Number(courses >= 1);
  total.threeOrMore += Number(courses >= 3);
  total.begun += Number(courses === 0 && isActive);
  total.aiReach += Number(isTagged('ai'));
  total.cyberReach += Number(isTagged('cyber'));
  total.classroomMinutes += attended
    .filter((row) => row.courseId === null || !completed.has(row.courseId))
    .reduce((sum, row) => sum + row.minutes, 0);
}
