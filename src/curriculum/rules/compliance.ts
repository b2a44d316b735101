import type { Day } from '../../kernel/dates.ts';

export const kinds = ['programme', 'plan', 'collection'] as const;
/** What a rule can be about. */
export type Kind = (typeof kinds)[number];
export type Enforcement = 'blocking' | 'warning';

/** A rule as the order gives it: which parts, in what, where, from when, and what follows without them. */
export type Rule = {
  ruleId: string;
  orderNumber: string;
  officeId: string;
  kinds: Kind[];
  tags: string[];
  /** Of each tag; 0: any length. */
  minimumMinutes: number;
  enforcement: Enforcement;
  staleAfterYears: number | null;
  validFrom: Day;
  /** The last day; null: open. */
  validUntil: Day | null;
};

/** A part of a syllabus, a line of a plan, a course of a collection. */
export type Part = {
  courseId: string | null;
  programmeId: string | null;
  /** Of a part that is neither course nor programme; the others are looked up as of the day. */
  tags: string[];
  minutes: number;
};

/** What held from a day on, until the next version's day; `isOff`: from that day on it was not shown at all. */
export type Version = { from: Day; parts: Part[]; isOff?: boolean };

export type Subject = {
  kind: Kind;
  id: string;
  officePath: string[];
  /** In the order of their days; none before the first. */
  versions: Version[];
  /** The last day; null: open. */
  until: Day | null;
};

/** A course as of any day: states in the order of their days; before the first, the first holds. */
export type CourseFacts = {
  tags: { from: Day; tags: string[] }[];
  /** The declared duration of the version in force. */
  minutes: { from: Day; minutes: number }[];
  /** From this day on it is no longer offered, and is no part of anything. */
  retiredOn: Day | null;
};

/** What parts refer to, dated. */
export type Sources = {
  courses: ReadonlyMap<string, CourseFacts>;
  programmes: ReadonlyMap<string, Subject>;
};

/** A part that a rule asks for and that is not there, or is too short. */
export type Missing = { rule: Rule; tag: string; minutes: number };

/** Rules that hold for something of this kind below these offices on that day. */
export function rulesFor<R extends Rule>(
  rules: readonly R[],
  { kind, officePath }: Pick<Subject, 'kind' | 'officePath'>,
  day: Day,
): R[] {
  return rules.filter(
    (rule) =>
      rule.kinds.includes(kind) &&
      officePath.includes(rule.officeId) &&
      rule.validFrom <= day &&
      (rule.validUntil === null || day <= rule.validUntil),
  );
}

/** The version in force on the day, if the subject is there at all on it. */
export function versionOn<V extends Version>(
  subject: { versions: V[]; until: Day | null },
  day: Day,
): V | undefined {
  if (subject.until !== null && day > subject.until) return undefined;
  const version = subject.versions.findLast((one) => one.from <= day);
  return version?.isOff ? undefined : version;
}

/**
 * What the rules miss in it on the day: an empty list is compliance, `undefined` that no rule holds for it or
 * that it is not in force. A function of dated facts alone, so any past day is answered as that day stood.
 */
export function missingOn(
  subject: Subject,
  { rules, sources, day }: { rules: readonly Rule[]; sources: Sources; day: Day },
): Missing[] | undefined {
  const version = versionOn(subject, day);
  const asking = rulesFor(rules, subject, day);
  if (!version || asking.length === 0) return undefined;
  return missingIn(version.parts, { rules: asking, sources, day });
}

/** The same of parts that may yet be published. */
export function missingIn(
  parts: readonly Part[],
  { rules, sources, day }: { rules: readonly Rule[]; sources: Sources; day: Day },
): Missing[] {
  return rules.flatMap((rule) =>
    rule.tags.flatMap((tag) => {
      const found = minutesWith(parts, tag, { sources, day });
      const minutes = found.reduce((sum, one) => sum + one, 0);
      const isThere = found.length > 0 && minutes >= rule.minimumMinutes;
      return isThere ? [] : [{ rule, tag, minutes }];
    }),
  );
}

type At = { sources: Sources; day: Day };

/**
 * The lengths of the parts that carry the tag on the day; a programme stands for those of its own syllabus. A course
 * or a programme counts once, however many roles or programmes it is listed for.
 */
function minutesWith(parts: readonly Part[], tag: string, at: At): number[] {
  const courseIds = new Set<string>();
  const programmeIds = new Set<string>();
  const typed: number[] = [];
  const look = (list: readonly Part[]): void => {
    for (const part of list) {
      if (part.courseId) courseIds.add(part.courseId);
      else if (part.programmeId) lookInto(part.programmeId);
      else if (part.tags.includes(tag)) typed.push(part.minutes);
    }
  };
  const lookInto = (programmeId: string): void => {
    const programme = at.sources.programmes.get(programmeId);
    if (!programme || programmeIds.has(programmeId)) return;
    programmeIds.add(programmeId);
    look(versionOn(programme, at.day)?.parts ?? []);
  };
  look(parts);
  return [...typed, ...[...courseIds].flatMap((courseId) => courseWith(courseId, tag, at))];
}

function courseWith(courseId: string, tag: string, { sources, day }: At): number[] {
  const course = sources.courses.get(courseId);
  if (!course || (course.retiredOn !== null && course.retiredOn <= day)) return [];
  if (!stateOn(course.tags, day)?.tags.includes(tag)) return [];
  return [stateOn(course.minutes, day)?.minutes ?? 0];
}

function stateOn<S extends { from: Day }>(states: readonly S[], day: Day): S | undefined {
  return states.findLast((state) => state.from <= day) ?? states[0];
}
