import { addDays, type Day, daysBetween } from '../kernel/dates.ts';
import { extendedDay } from './rules/last-day.ts';
import type { Rules } from './rules/rules.ts';
import type { Absence, DueFacts } from './stores/due-facts.ts';

/** Why one's last day is another than the window's. `leave` and `suspension`: how many days were added. */
export type DueReason =
  | { kind: 'extension' }
  | { kind: 'moreTime' }
  | { kind: 'leave' | 'suspension'; days: number }
  | { kind: 'minimum'; days: number };

export type MovedDue = {
  rules: Pick<Rules, 'clocks' | 'joinersMinimumDays'>;
  lineage: readonly string[];
  extendedUntil: Day | null;
  firstDay: Day;
  lastDay: Day;
  dueOn: Day;
};

/** Whether the last day is that of the order's extension: no fact of the person has moved it any further. */
export function isOfExtension({
  extendedUntil,
  lastDay,
  dueOn,
}: Pick<MovedDue, 'extendedUntil' | 'lastDay' | 'dueOn'>) {
  return dueOn !== lastDay && dueOn === extendedUntil;
}

/** Says of a last day that was moved what moved it; the day itself is reckoned in SQL alone. */
export function dueReasons(moved: MovedDue, facts: DueFacts): DueReason[] {
  const { rules, extendedUntil, firstDay, lastDay, dueOn } = moved;
  if (isOfExtension(moved)) return [{ kind: 'extension' }];
  const granted = facts.granted.some((one) => moved.lineage.includes(one.mandateId) && one.until === dueOn);
  if (granted) return [{ kind: 'moreTime' }];
  const base = extendedDay(lastDay, extendedUntil);
  const isExtended = base !== lastDay;
  const counts = (one: Absence) =>
    rules.clocks.stop.includes(one.kind) &&
    (one.kind !== 'long_leave' ||
      one.endsOn === null ||
      daysBetween(one.startsOn, one.endsOn) + 1 >= rules.clocks.leaveDays);
  const absences = facts.absences.filter(counts);
  const days = (kind: Absence['kind']) =>
    daysWithin(
      absences.filter((one) => one.kind === kind),
      { from: firstDay, to: base },
    );
  const stopped = { leave: days('long_leave'), suspension: days('suspension') };
  const whole: DueReason[] = [
    ...(isExtended ? [{ kind: 'extension' } as const] : []),
    ...(stopped.leave > 0 ? [{ kind: 'leave', days: stopped.leave } as const] : []),
    ...(stopped.suspension > 0 ? [{ kind: 'suspension', days: stopped.suspension } as const] : []),
  ];
  // Where the days do not add up, it is the least time that whoever joins or returns has.
  const isLeast = dueOn > addDays(base, daysWithin(absences, { from: firstDay, to: base }));
  return isLeast ? [...whole, { kind: 'minimum', days: rules.joinersMinimumDays }] : whole;
}

/** How many days of some spells lie in a span, each day once. */
function daysWithin(spells: readonly Absence[], { from, to }: { from: Day; to: Day }): number {
  let sum = 0;
  let next = from;
  for (const { startsOn, endsOn } of spells.toSorted((a, b) => a.startsOn.localeCompare(b.startsOn))) {
    const first = startsOn > next ? startsOn : next;
    const last = endsOn !== null && endsOn < to ? endsOn : to;
    if (last < first) continue;
    sum += daysBetween(first, last) + 1;
    next = addDays(last, 1);
  }
  return sum;
}
