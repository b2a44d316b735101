import { addDays, type Day } from '../../kernel/dates.ts';
import { mainPosting } from '../statements/build-content.ts';
import type { InputPosting } from '../statements/content.ts';

export type Step = { step: string; by: Day | null; note: string | null };

export type Calendar = {
  calendarId: string | null;
  code: string;
  year: string;
  officeId: string | null;
  groups: string[] | null;
  from: Day;
  to: Day;
  cutOff: Day;
  freezeOn: Day;
  serviceOn: Day;
  objectionDays: number;
  steps: Step[];
  orderNumber: string | null;
  orderDate: Day | null;
  extendsCalendarId: string | null;
  sources: string[];
  doubts: string[];
};

/** Days between cut-off and freeze, to service, and for objection, until an order says otherwise. */
export const usualDays = { toFreeze: 15, toService: 20, objection: 15 };

/** The days of a reporting year such as 2025-26: 1 April to 31 March; undefined where the text names none. */
export function daysOfYear(year: string): { from: Day; to: Day } | undefined {
  const found = /^(\d{4})-(\d{2})$/.exec(year);
  const first = Number(found?.[1]);
  if (!found || (first + 1) % 100 !== Number(found[2]) || first < 1990 || first > 2090) return undefined;
  return { from: `${first}-04-01`, to: `${first + 1}-03-31` };
}

/** What holds where no calendar was entered: said on every page to rest on no order. */
export function defaultCalendar(year: string): Calendar {
  const { from, to } = daysOfYear(year) ?? { from: '1990-04-01', to: '1991-03-31' };
  return {
    calendarId: null,
    code: 'default',
    year,
    officeId: null,
    groups: null,
    from,
    to,
    cutOff: to,
    freezeOn: addDays(to, usualDays.toFreeze),
    serviceOn: addDays(to, usualDays.toService),
    objectionDays: usualDays.objection,
    steps: [],
    orderNumber: null,
    orderDate: null,
    extendsCalendarId: null,
    sources: [],
    doubts: [],
  };
}

/**
 * Which calendar holds for somebody: that of the nearest office on the way up whose groups have him in, and of
 * several there the one entered last, since an extension is entered after what it extends.
 */
export function calendarFor(
  calendars: readonly Calendar[],
  { path, group }: { path: readonly string[]; group: string | null },
): Calendar | undefined {
  const fitting = calendars.filter(
    ({ officeId, groups }) =>
      officeId !== null &&
      path.includes(officeId) &&
      (groups === null || (group !== null && groups.includes(group))),
  );
  const deepest = Math.max(...fitting.map(({ officeId }) => path.indexOf(officeId ?? '')));
  return fitting.findLast(({ officeId }) => path.indexOf(officeId ?? '') === deepest);
}

/**
 * The calendar of somebody with these postings: of where he is posted at the end of the year. The default days hold for
 * whoever falls under none on his own way up, whatever other offices have entered.
 */
export function calendarOfPerson(
  calendars: readonly Calendar[],
  postings: readonly InputPosting[],
  usual: Calendar,
): Calendar {
  const main = mainPosting(postings, usual.cutOff);
  return (main && calendarFor(calendars, main)) ?? usual;
}

/** What an early cut-off of the year before left out belongs to this year: its days begin after that one. */
export function beginningOn(calendar: Calendar, from: Day | undefined): Calendar {
  return from && from < calendar.from ? { ...calendar, from } : calendar;
}

/** The year before, by its name. */
export function yearBefore(year: string): string {
  const first = Number(year.slice(0, 4)) - 1;
  return `${first}-${String((first + 1) % 100).padStart(2, '0')}`;
}

/** Whether the same training is counted as by default. */
export function isUsual(calendar: Calendar, usual: Calendar): boolean {
  return calendar.from === usual.from && calendar.cutOff === usual.cutOff;
}

/** The first day on which anybody at an office or, by the calendars entered below it, under it can have his statement. */
export function firstFreezeDay(
  calendars: readonly Calendar[],
  { year, path, below }: { year: string; path: readonly string[]; below: readonly Calendar[] },
): Day {
  const usual = defaultCalendar(year);
  const here = [null, 'A', 'B', 'C', 'D'].map((group) => calendarFor(calendars, { path, group }) ?? usual);
  return [...here, ...below].map((one) => one.freezeOn).sort()[0] ?? usual.freezeOn;
}
