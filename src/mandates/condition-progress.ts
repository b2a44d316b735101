import type { Day } from '../kernel/dates.ts';
import { type Condition, type Leaf, minutesAsked, type Rules, shareCount } from './rules/rules.ts';
import type { DoneItem } from './stores/done-items.ts';

/** What counts for an order between two days: each course once, sessions as they were. */
export type Counted = { courses: DoneItem[]; sessions: DoneItem[]; papers: DoneItem[] };

export type LeafProgress = { required: number; done: number; met: boolean };

/** Sorts what a person did by the rules of an order, from the window's first day up to a day. */
export function countItems(
  items: readonly DoneItem[],
  rules: Pick<Rules, 'countRenewals' | 'claims'>,
  days: { from: Day; to: Day },
): Counted {
  const first = new Map<string, DoneItem>();
  for (const item of items) {
    const isCourse = item.kind === 'course' || (item.kind === 'claim' && rules.claims);
    if (!isCourse || (rules.countRenewals && item.day < days.from)) continue;
    const known = first.get(item.itemId);
    const isEarlier =
      !known || item.day < known.day || (item.day === known.day && item.minutes < known.minutes);
    if (isEarlier) first.set(item.itemId, item);
  }
  const inDays = (item: DoneItem) => item.day >= days.from && item.day <= days.to;
  return {
    courses: [...first.values()].filter(inDays),
    sessions: items.filter((item) => item.kind === 'session' && inDays(item)),
    papers: items.filter((item) => item.kind === 'paper' && inDays(item)),
  };
}

/** The part of the window that a person serves: so many of so many days. */
export type Part = { days: number; of: number };
const whole: Part = { days: 1, of: 1 };

/** How far one leaf of the condition is. Units: courses, hours, days, one passed test. */
export function leafProgress(leaf: Leaf, counted: Counted, part: Part = whole): LeafProgress {
  const asked = (count: number) => Math.ceil((count * part.days) / part.of);
  if (leaf.courses)
    return atLeast(asked(leaf.courses.atLeast), matching(counted.courses, leaf.courses).length);
  if (leaf.share) return atLeast(asked(shareCount(leaf.share)), matching(counted.courses, leaf.share).length);
  if (leaf.hours) return atLeast(asked(minutesAsked(leaf.hours)) / 60, minutesOf(leaf.hours, counted) / 60);
  if (leaf.days) return atLeast(asked(leaf.days.atLeast), fullDays(leaf.days, counted.sessions));
  const code = leaf.passed?.assessment;
  const isPassed = [...counted.papers, ...counted.courses].some((item) => item.code === code);
  return atLeast(1, Number(isPassed));
}

/** Conditions that hang together: all of them are asked, or any one. `parent`: the place of the group around it. */
export type ConditionGroup = { match: 'all' | 'any'; met: boolean; parent: number | null };

export type Grouped = {
  /** The outermost first. */
  groups: ConditionGroup[];
  /** Of each leaf: the place of its group. */
  groupOf: number[];
  /** Of each leaf: whether it is still asked. What is not met is not, where another met the group around it. */
  isOpen: boolean[];
};

/** How the leaves of a condition hang together, by which of them are met; a group within its like is one with it. */
export function groupsOf(condition: Condition, isMet: readonly boolean[]): Grouped {
  const groups: ConditionGroup[] = [];
  const groupOf: number[] = [];
  const place = (part: Condition, at: number): boolean[] => {
    const parts = part.allOf ?? part.anyOf;
    if (!parts) return [isMet[groupOf.push(at) - 1] ?? false];
    const match = part.anyOf ? 'any' : 'all';
    if (parts.length === 1 || groups[at]?.match === match) return parts.flatMap((one) => place(one, at));
    return [placeGroup(match, parts, at)];
  };
  const placeGroup = (match: 'all' | 'any', parts: Condition[], parent: number | null): boolean => {
    const group: ConditionGroup = { match, met: false, parent };
    const at = groups.push(group) - 1;
    const results = parts.flatMap((one) => place(one, at));
    group.met = match === 'all' ? results.every(Boolean) : results.some(Boolean);
    return group.met;
  };
  const whole = unwrapped(condition);
  placeGroup(whole.anyOf ? 'any' : 'all', whole.allOf ?? whole.anyOf ?? [whole], null);
  const isSettled = (at: number | null): boolean =>
    at !== null && (groups[at]?.met === true || isSettled(groups[at]?.parent ?? null));
  return { groups, groupOf, isOpen: groupOf.map((at, leaf) => !isMet[leaf] && !isSettled(at)) };
}

function unwrapped(condition: Condition): Condition {
  const parts = condition.allOf ?? condition.anyOf;
  const [only] = parts ?? [];
  return only && parts?.length === 1 ? unwrapped(only) : condition;
}

/** Which of them a leaf counts; days have none, their sessions stand on a page of their own. */
export function countedFor(leaf: Leaf, { courses, papers }: Counted): DoneItem[] {
  const rule = leaf.courses ?? leaf.share ?? leaf.hours;
  if (rule) return matching(courses, rule);
  const code = leaf.passed?.assessment;
  return code ? [...papers, ...courses].filter((item) => item.code === code) : [];
}

function atLeast(required: number, done: number): LeafProgress {
  return { required, done, met: done >= required };
}

export function matching(items: readonly DoneItem[], rule: { tag?: string; of?: string[] }): DoneItem[] {
  return items.filter(
    (item) =>
      (!rule.tag || item.tags.includes(rule.tag)) && (!rule.of || rule.of.some((code) => code === item.code)),
  );
}

/** A programme whose course is completed too counts once: by the larger of both. */
function minutesOf(rule: { tag?: string }, { courses, sessions }: Counted): number {
  const worth = new Map<string, number>();
  for (const session of matching(sessions, rule))
    worth.set(session.itemId, (worth.get(session.itemId) ?? 0) + session.minutes);
  for (const course of matching(courses, rule))
    worth.set(course.itemId, Math.max(worth.get(course.itemId) ?? 0, course.minutes));
  return [...worth.values()].reduce((sum, minutes) => sum + minutes, 0);
}

function fullDays(rule: { minutesPerDay: number; attendanceShare: number }, sessions: readonly DoneItem[]) {
  const byDay = Map.groupBy(sessions, (session) => session.day);
  const needed = rule.minutesPerDay * rule.attendanceShare - 1e-9;
  return [...byDay.values()].filter((day) => day.reduce((sum, one) => sum + one.minutes, 0) >= needed).length;
}
