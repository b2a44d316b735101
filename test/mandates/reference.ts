import type { Db } from '../../src/kernel/db.ts';

/**
 * Where people stand under an order, by the plain words of the interfaces: day by day, person by person, with
 * nothing kept. Slow on purpose; it shares no code with the program.
 */
export type PlainOrder = {
  mandateId: string;
  /** Its own key and those of the orders whose place it took. */
  line: string[];
  orderDate: string;
  rules: PlainRules;
  /** Designations and cadres that it named when it was put in force, by key. */
  named: string[];
  extendedUntil: string | null;
  inForceFrom: string | null;
  inForceUntil: string | null;
};
export type PlainRules = {
  scope: {
    offices: string[];
    groups?: string[];
    engagements?: string[];
    cadres?: string[];
    designations?: string[];
    serviceYears?: { min?: number; max?: number };
  };
  window: { from: string; to: string } | { days: number; after: 'joining' | 'posting' | 'assignment' };
  condition: PlainCondition;
  countRenewals: boolean;
  graceDays: number;
  joinersMinimumDays: number;
  claims: boolean;
  proportional?: boolean;
  clocks: { stop: string[]; leaveDays: number; deputation: string; retirementMonths?: number };
};
export type PlainCondition = {
  allOf?: PlainCondition[];
  anyOf?: PlainCondition[];
  courses?: { atLeast: number; tag?: string; of?: string[] };
  share?: { of: string[]; atLeast: number };
  hours?: { atLeast: number; tag?: string };
  days?: { atLeast: number; minutesPerDay: number; attendanceShare: number };
  passed?: { assessment: string };
};

type Row = Record<string, unknown>;
type Posting = {
  office_id: string;
  kind: string;
  group: string;
  engagement: string | null;
  ids: (string | null)[];
  cadre: string | null;
  designation: (string | null)[];
  from: string;
  to: string;
};
type Item = { key: string; code: string; tags: string[]; day: string; minutes: number };
type Person = {
  id: string;
  joined: string | null;
  retires: string | null;
  postings: Posting[];
  events: { kind: string; from: string; to: string }[];
  exemptions: { mandate: string; from: string; to: string }[];
  granted: { mandate: string; until: string }[];
  items: (Item & { isClaim: boolean })[];
  sessions: Item[];
  papers: { code: string; day: string }[];
};
export type PlainFacts = { persons: Person[]; paths: Map<string, string[]>; officeIds: Map<string, string> };

const never = '9999-12-31';
const plus = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const between = (day: string, from: string, to: string) => from <= day && day <= to;

export async function readPlainFacts(db: Db, ids: string[]): Promise<PlainFacts> {
  const all = async (text: string) => (await db.pool.query<Row>(text)).rows;
  const mine = async (text: string) => (await db.pool.query<Row>(text, [ids])).rows;
  const offices = await all('select office_id, code, path from office');
  const persons = await mine('select * from person where person_id = any($1) and merged_into is null');
  const postings = await mine(`select p.*, cadre.name as cadre_name, designation.name as designation_name,
      designation.name_en as designation_en
    from posting p left join cadre using (cadre_id) left join designation using (designation_id)
    where person_id = any($1) and voided_at is null`);
  const events = await mine('select * from service_event where person_id = any($1) and voided_at is null');
  const exemptions = await mine('select * from exemption where person_id = any($1) and voided_at is null');
  const granted = await mine(
    "select * from extension_request where person_id = any($1) and state = 'granted' and voided_at is null",
  );
  const items =
    await mine(`select person_id, course_id as key, course.code, tags, completed_day as day, minutes, false as "isClaim"
    from completion join course using (course_id) where person_id = any($1) and voided_at is null
    union all select person_id, coalesce(c.course_id, claim_id), coalesce(course.code, ''), coalesce(tags, topics, '{}'), completed_on, minutes, true
    from claim c left join course on course.course_id = c.course_id
    where person_id = any($1) and c.state = 'accepted' and c.voided_at is null`);
  const sessions =
    await mine(`select person_id, coalesce(s.course_id, s.session_id) as key, coalesce(course.code, '') as code, coalesce(tags, '{}') as tags,
      day, a.minutes
    from attendance a join training_session s using (session_id) left join course on course.course_id = s.course_id
    where person_id = any($1) and a.voided_at is null and a.status = 'present'`);
  const papers =
    await mine(`select person_id, code, to_char(submitted_at at time zone 'Asia/Kolkata', 'YYYY-MM-DD') as day
    from paper join blueprint using (blueprint_id) where person_id = any($1) and is_passed`);
  const of = (rows: Row[], id: unknown) => rows.filter((row) => row['person_id'] === id);
  return {
    paths: new Map(offices.map((row) => [String(row['office_id']), row['path'] as string[]])),
    officeIds: new Map(offices.map((row) => [String(row['code']), String(row['office_id'])])),
    persons: persons.map((row) => ({
      id: String(row['person_id']),
      joined: row['joined_on'] as string | null,
      retires: row['retires_on'] as string | null,
      postings: of(postings, row['person_id']).map((p) => ({
        office_id: String(p['office_id']),
        kind: String(p['kind']),
        group: String(p['service_group']),
        engagement: p['engagement'] as string | null,
        ids: [p['cadre_id'] as string | null, p['designation_id'] as string | null],
        cadre: p['cadre_name'] as string | null,
        designation: [p['designation_name'] as string | null, p['designation_en'] as string | null],
        from: String(p['starts_on']),
        to: (p['ends_on'] as string | null) ?? never,
      })),
      events: of(events, row['person_id']).map((e) => ({
        kind: String(e['kind']),
        from: String(e['starts_on']),
        to: (e['ends_on'] as string | null) ?? never,
      })),
      exemptions: of(exemptions, row['person_id']).map((e) => ({
        mandate: String(e['mandate_id']),
        from: String(e['starts_on']),
        to: (e['ends_on'] as string | null) ?? never,
      })),
      granted: of(granted, row['person_id']).map((e) => ({
        mandate: String(e['mandate_id']),
        until: String(e['granted_until']),
      })),
      items: of(items, row['person_id']) as unknown as Person['items'],
      sessions: of(sessions, row['person_id']) as unknown as Person['sessions'],
      papers: of(papers, row['person_id']) as unknown as Person['papers'],
    })),
  };
}

export type PlainStatus = 'exempt' | 'met' | 'metLate' | 'open' | 'overdue';
const horizon = { from: '2022-09-01', to: '2027-06-30' };

/** The status of a person on a day at an office, or nothing where he is not bound there. */
export function plainStatus(
  facts: PlainFacts,
  order: PlainOrder,
  { person, office, day }: { person: Person; office: string; day: string },
): PlainStatus | undefined {
  const days = once(order, person, () => windowOf(facts, order, person));
  if (!days || !isMember(facts, order, { person, office, day, days })) return undefined;
  return statusOf(order, person, { day, days });
}

type Days = { from: string; to: string };

const windows = new WeakMap<PlainOrder, WeakMap<Person, { days: Days | undefined }>>();

/** A person's window under an order is looked for once: it does not depend on the day of asking. */
function once(order: PlainOrder, person: Person, find: () => Days | undefined): Days | undefined {
  const ofOrder = windows.get(order) ?? new WeakMap();
  windows.set(order, ofOrder);
  const known = ofOrder.get(person) ?? { days: find() };
  ofOrder.set(person, known);
  return known.days;
}

function statusOf(
  order: PlainOrder,
  person: Person,
  { day, days }: { day: string; days: Days },
): PlainStatus {
  const { clocks, graceDays } = order.rules;
  if (
    clocks.retirementMonths !== undefined &&
    person.retires &&
    person.retires >= days.from &&
    person.retires <= monthsLater(days.to, clocks.retirementMonths)
  )
    return 'exempt';
  if (person.exemptions.some((e) => order.line.includes(e.mandate) && between(day, e.from, e.to)))
    return 'exempt';
  const due = dueOf(order, person, days);
  const part = partOf(order.rules, person, days);
  if (
    holds(order.rules.condition, counted(order.rules, person, { from: days.from, to: day }, days.from), part)
  ) {
    const inTime = counted(order.rules, person, { from: days.from, to: due < day ? due : day }, days.from);
    return holds(order.rules.condition, inTime, part) ? 'met' : 'metLate';
  }
  return due === never || day <= plus(due, graceDays) ? 'open' : 'overdue';
}

type Part = { served: number; all: number };

/** Of a fixed window, under an order that asks in proportion: how many of its days somebody serves. */
function partOf(rules: PlainRules, person: Person, { from, to }: Days): Part {
  if (!rules.proportional || !('from' in rules.window)) return { served: 1, all: 1 };
  const begins = [joinedOf(person), lateOf(person)].filter((day) => day && between(day, from, to));
  const ends = person.retires && between(person.retires, from, to) ? person.retires : to;
  let served = 0;
  let all = 0;
  for (let day = from; day <= to; day = plus(day, 1)) {
    all += 1;
    if (begins.every((first) => first && first <= day) && day <= ends) served += 1;
  }
  return { served: Math.max(served, 1), all };
}

/** The smallest whole number that is not below the part of what is asked. */
function portion(count: number, { served, all }: Part): number {
  let asked = 0;
  while (asked * all < count * served) asked += 1;
  return asked;
}

function lateOf(person: Person): string | undefined {
  return person.events
    .filter((e) => e.kind === 'late_joining')
    .map((e) => e.from)
    .sort()
    .at(-1);
}

function monthsLater(day: string, months: number): string {
  const [y = 0, m = 0, d = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(y, m - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(y, m - 1 + months, Math.min(d, last))).toISOString().slice(0, 10);
}

function inScope(
  facts: PlainFacts,
  order: PlainOrder,
  { person, office, day }: { person: Person; office: string; day: string },
) {
  const { scope, clocks } = order.rules;
  const covering = person.postings.filter((p) => between(day, p.from, p.to));
  if (person.events.some((e) => e.kind === 'death' && e.from <= day)) return false;
  if (
    clocks.deputation === 'notBound' &&
    person.events.some((e) => e.kind === 'deputation_out' && between(day, e.from, e.to))
  )
    return false;
  const roots = scope.offices.map((code) => facts.officeIds.get(code) ?? '');
  if (scope.serviceYears && !inBand(scope.serviceYears, person.joined, day)) return false;
  const pathOf = (p: Posting) => facts.paths.get(p.office_id) ?? [];
  const isNamed = (id: string | null | undefined) => Boolean(id && order.named.includes(id));
  const matches = (p: Posting) => {
    if (!roots.some((root) => pathOf(p).includes(root))) return false;
    if (scope.groups && !scope.groups.includes(p.group)) return false;
    if (scope.cadres && !scope.cadres.some((name) => name === p.cadre) && !isNamed(p.ids[0])) return false;
    if (
      scope.designations &&
      !scope.designations.some((name) => p.designation.includes(name)) &&
      !isNamed(p.ids[1])
    )
      return false;
    if (scope.engagements) return p.engagement !== null && scope.engagements.includes(p.engagement);
    return p.engagement !== 'honorary' && p.engagement !== 'elected';
  };
  const lends = covering.filter((p) => p.kind === 'deputation' || p.kind === 'attached');
  // An order that binds the lent too lets the regular posting rest only where it binds them anyway.
  const rests = clocks.deputation === 'bound' ? lends.some(matches) : lends.length > 0;
  return covering.some((p) => matches(p) && pathOf(p).includes(office) && !(rests && p.kind === 'regular'));
}

function inBand({ min, max }: { min?: number; max?: number }, joined: string | null, day: string): boolean {
  if (!joined) return false;
  // How many times the day of joining has come round again.
  const years =
    Number(day.slice(0, 4)) - Number(joined.slice(0, 4)) - (day.slice(5) < joined.slice(5) ? 1 : 0);
  return Math.max(years, 0) >= (min ?? 0) && years <= (max ?? 1000);
}

function everywhere(facts: PlainFacts, order: PlainOrder, person: Person, day: string): boolean {
  return person.postings.some((p) => inScope(facts, order, { person, office: p.office_id, day }));
}

function windowOf(facts: PlainFacts, order: PlainOrder, person: Person): Days | undefined {
  const { window } = order.rules;
  if ('from' in window) return window;
  const bound = [];
  for (let day = horizon.from; day <= horizon.to; day = plus(day, 1))
    if (everywhere(facts, order, person, day)) bound.push(day);
  const first = bound[0];
  if (!first) return undefined;
  const anchor = {
    joining: joinedOf(person) ?? first,
    posting: first,
    assignment: bound.find((day) => day >= order.orderDate) ?? order.orderDate,
  }[window.after];
  return { from: anchor, to: plus(anchor, window.days) };
}

function joinedOf(person: Person): string | undefined {
  return person.joined ?? person.postings.map((p) => p.from).sort()[0];
}

type At = { person: Person; office: string; day: string; days: Days };

function isMember(facts: PlainFacts, order: PlainOrder, { person, office, day, days }: At): boolean {
  if (order.inForceFrom && day < order.inForceFrom) return false;
  if (order.inForceUntil && day > order.inForceUntil) return false;
  return inScope(facts, order, { person, office, day: day <= days.to ? day : days.to });
}

function dueOf(order: PlainOrder, person: Person, days: Days): string {
  const { clocks, joinersMinimumDays: least, window } = order.rules;
  const absences = person.events.filter(
    (e) =>
      clocks.stop.includes(e.kind) &&
      (e.kind !== 'long_leave' || e.to === never || plus(e.from, clocks.leaveDays - 1) <= e.to),
  );
  const last = [days.to, order.extendedUntil ?? ''].sort().at(-1) ?? days.to;
  let stopped = 0;
  for (let day = days.from; day <= last; day = plus(day, 1))
    if (absences.some((a) => between(day, a.from, a.to))) stopped += 1;
  const joined = 'from' in window ? joinedOf(person) : undefined;
  const candidates = [
    plus(last, stopped),
    ...person.granted.filter((g) => order.line.includes(g.mandate)).map((g) => g.until),
    ...[joined, lateOf(person)].flatMap((day) =>
      day && between(day, days.from, days.to) ? plus(day, least) : [],
    ),
    ...returns(absences, { from: days.from, to: last }).map((day) => plus(day, least)),
  ];
  let due = candidates.sort().at(-1) ?? last;
  while (absences.some((a) => between(due, a.from, a.to))) {
    const back = returnFrom(absences, due);
    if (!back) return never;
    due = plus(back, least);
  }
  return due;
}

/** The first day after this one on which nobody says he is absent. */
function returnFrom(absences: { from: string; to: string }[], absent: string): string | undefined {
  for (let day = absent; day <= '2031-12-31'; day = plus(day, 1))
    if (!absences.some((a) => between(day, a.from, a.to))) return day;
  return undefined;
}

/** Days of return from absences that touch these days; absences that touch each other are one. */
function returns(absences: { from: string; to: string }[], days: Days): string[] {
  const isAbsent = (day: string) => absences.some((a) => between(day, a.from, a.to));
  const found: string[] = [];
  let touches = false;
  for (let day = horizon.from; day <= '2028-06-30'; day = plus(day, 1)) {
    if (isAbsent(day)) touches ||= between(day, days.from, days.to);
    else {
      if (touches) found.push(day);
      touches = false;
    }
  }
  return found;
}

type Counted = { items: Item[]; sessions: Item[]; papers: { code: string }[] };

function counted(rules: PlainRules, person: Person, { from, to }: Days, windowFrom: string): Counted {
  const usable = person.items.filter((item) => rules.claims || !item.isClaim);
  const once = (last: string) =>
    [...new Set(usable.map((item) => item.key))].flatMap((key) => {
      const those = usable.filter(
        (item) => item.key === key && (!rules.countRenewals || item.day >= windowFrom),
      );
      const first = those.sort((a, b) =>
        a.day === b.day ? a.minutes - b.minutes : a.day < b.day ? -1 : 1,
      )[0];
      return first && first.day >= windowFrom && first.day <= last ? [first] : [];
    });
  return {
    items: once(to),
    sessions: person.sessions.filter((s) => between(s.day, from, to)),
    papers: person.papers.filter((p) => between(p.day, from, to)),
  };
}

function holds(condition: PlainCondition, done: Counted, part: Part): boolean {
  if (condition.allOf) return condition.allOf.every((one) => holds(one, done, part));
  if (condition.anyOf) return condition.anyOf.some((one) => holds(one, done, part));
  const { courses, share, hours, days, passed } = condition;
  if (courses) {
    const those = done.items.filter(
      (item) =>
        (!courses.tag || item.tags.includes(courses.tag)) && (!courses.of || courses.of.includes(item.code)),
    );
    return those.length >= portion(courses.atLeast, part);
  }
  if (share) {
    const of = new Set(share.of).size;
    let asked = 0;
    while (asked / of < share.atLeast - 1e-9) asked += 1;
    return done.items.filter((item) => share.of.includes(item.code)).length >= portion(asked, part);
  }
  if (hours) {
    const tagged = (item: Item) => !hours.tag || item.tags.includes(hours.tag);
    let minutes = 0;
    // What one sat through and what one completed of the same programme: the larger, once.
    for (const key of new Set([...done.items, ...done.sessions].map((one) => one.key))) {
      const sum = (of: Item[]) =>
        of.filter((one) => one.key === key && tagged(one)).reduce((all, one) => all + one.minutes, 0);
      minutes += Math.max(sum(done.items), sum(done.sessions));
    }
    const tenths = Math.round(hours.atLeast * 600);
    // Tenths of minutes, so that 1.1 hours are 66 minutes and no hair more.
    return minutes >= portion(Math.ceil(tenths / 10), part);
  }
  if (days) {
    const full = [...new Set(done.sessions.map((s) => s.day))].filter(
      (day) =>
        done.sessions.filter((s) => s.day === day).reduce((sum, s) => sum + s.minutes, 0) >=
        days.minutesPerDay * days.attendanceShare - 1e-9,
    );
    return full.length >= portion(days.atLeast, part);
  }
  return [...done.papers, ...done.items].some((one) => one.code === passed?.assessment);
}

export async function plainOrder(db: Db, number: string): Promise<PlainOrder> {
  const order = await db.pool.query<Row>('select * from mandate where number = $1', [number]);
  const row = order.rows[0] ?? {};
  const line = [String(row['mandate_id'])];
  // While each leaves the last day as the one before it wrote it, more time for that one is more time still.
  const sameDay = [...line];
  for (let one = row; one['kind'] === 'amendment'; ) {
    const cited = await db.pool.query<Row>('select * from mandate where mandate_id = $1', [
      one['amends_mandate_id'],
    ]);
    one = cited.rows[0] ?? {};
    line.push(String(one['mandate_id']));
    if (sameDay.length === line.length - 1 && lastDayWritten(one) === lastDayWritten(row))
      sameDay.push(String(one['mandate_id']));
  }
  const later = await db.pool.query<Row>(
    "select * from mandate where amends_mandate_id = $1 and state = 'published'",
    [row['mandate_id']],
  );
  const extensions = await db.pool.query<Row>(
    "select * from mandate where amends_mandate_id = any($1) and state = 'published' and kind = 'extension'",
    [sameDay],
  );
  const untils = extensions.rows.map((r) => (r['rules'] as { until: string }).until);
  const ends = later.rows.filter((r) => r['kind'] !== 'extension').map((r) => String(r['effective_on']));
  return {
    mandateId: String(row['mandate_id']),
    line,
    orderDate: String(row['order_date']),
    rules: row['rules'] as PlainRules,
    named: [row['designation_ids'], row['cadre_ids']].flatMap((ids) => (ids as string[] | null) ?? []),
    extendedUntil: untils.sort().at(-1) ?? null,
    inForceFrom: row['kind'] === 'amendment' ? String(row['effective_on']) : null,
    inForceUntil: ends.length > 0 ? plus(ends.sort()[0] ?? '', -1) : null,
  };
}

function lastDayWritten(row: Row): string {
  const { window } = row['rules'] as PlainRules;
  return 'to' in window ? window.to : `${window.days} days after ${window.after}`;
}
