import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import type { Day } from '../../kernel/dates.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { addJob } from '../../kernel/jobs.ts';
import { requireOffice } from '../../organisations/index.ts';
import { rolesKeepingCalendars } from '../policy.ts';
import { calendarById, calendarsOfYear, insertCalendar } from '../stores/calendars.ts';
import { type Calendar, daysOfYear } from './calendar.ts';
import { knownCalendars, stepsIn, usualDaysOf } from './reference.ts';

export type CalendarInput = {
  /** One of the known calendars, or a name of one's own. */
  code: string;
  year: string;
  officeCode: string;
  groups?: string[];
  cutOff?: Day;
  freezeOn?: Day;
  serviceOn?: Day;
  objectionDays?: number;
  orderNumber?: string;
  orderDate?: Day;
  /** The calendar whose days this order changes. */
  extendsId?: string;
};

/** What the pages say beside a calendar whose days for statements rest on no order. */
export const noOrderDoubt = 'no_order';

/** Enters the calendar of a year for a subtree; an order that extends one is entered as its own and cites it. */
export async function saveCalendar(ctx: Ctx, input: CalendarInput): Promise<string> {
  const office = await requireOffice(ctx, input.officeCode, rolesKeepingCalendars);
  const days = daysOfYear(input.year);
  if (!days) throw badField('year', { hi: 'वर्ष ऐसे लिखें: 2025-26', en: 'Write the year like this: 2025-26' });
  const extended = input.extendsId ? await calendarById(ctx.db.read, input.extendsId) : undefined;
  if (input.extendsId && (!extended || extended.year !== input.year)) throw notFound();
  if (extended && !input.orderNumber)
    throw badField('orderNumber', {
      hi: 'बढ़ाने वाले आदेश की संख्या लिखें।',
      en: 'Give the number of the order that extends.',
    });
  const template = knownCalendars().find(({ code }) => code === input.code);
  const base = extended ?? usualDaysOf(days.to);
  const calendarId = newId();
  const calendar = {
    ...days,
    calendarId,
    code: extended?.code ?? input.code,
    year: input.year,
    officeId: office.officeId,
    groups: input.groups ?? extended?.groups ?? template?.groups ?? null,
    cutOff: input.cutOff ?? base.cutOff,
    freezeOn: input.freezeOn ?? base.freezeOn,
    serviceOn: input.serviceOn ?? base.serviceOn,
    objectionDays: input.objectionDays ?? base.objectionDays,
    steps: extended?.steps ?? (template ? stepsIn(template, input.year) : []),
    orderNumber: input.orderNumber ?? null,
    orderDate: input.orderDate ?? null,
    extendsCalendarId: extended?.calendarId ?? null,
    sources: extended?.sources ?? template?.sources ?? [],
    doubts: input.orderNumber ? [] : [noOrderDoubt],
  };
  refuseDisorder(calendar);
  if (!calendar.orderNumber && (await hasAbove(ctx, { calendar, path: office.path }))) throw orderNeeded();
  await ctx.db.transaction(async (tx) => {
    await insertCalendar(tx, { ...calendar, recordedBy: personIdOf(ctx.actor) });
    const of = { subjectKind: 'appraisal-calendar', subjectId: calendarId, officeId: office.officeId };
    const detail = { code: calendar.code, year: input.year, order: input.orderNumber };
    if (extended) await audit(tx, ctx, { action: 'appraisal_calendar.extended', ...of, detail });
    else await audit(tx, ctx, { action: 'appraisal_calendar.entered', ...of, detail });
    // What is frozen already has its days moved.
    if (calendar.orderNumber) await addJob(tx, 'appraisal:serve', {}, { key: `calendar ${calendarId}` });
  });
  return calendarId;
}

/** Whether somebody here falls under another calendar already: of an office above, or by order of this one. */
async function hasAbove(
  ctx: Ctx,
  { calendar, path }: { calendar: Calendar; path: readonly string[] },
): Promise<boolean> {
  const { year, officeId, groups } = calendar;
  const isAlike = (other: Calendar) =>
    !groups || !other.groups || other.groups.some((group) => groups.includes(group));
  return (await calendarsOfYear(ctx.db.read, year)).some(
    (other) =>
      path.includes(other.officeId ?? '') &&
      isAlike(other) &&
      (other.officeId !== officeId || other.orderNumber !== null),
  );
}

function orderNeeded() {
  return badField('orderNumber', {
    hi: 'इस कार्यालय पर ऊपर का कैलेंडर, या आदेश से दर्ज कैलेंडर, लागू है। अलग तिथियों के लिए आदेश की संख्या लिखें।',
    en: 'The calendar of an office above, or one entered by order, holds here. Give the number of the order for other days.',
  });
}

function refuseDisorder({ from, to, cutOff, freezeOn, serviceOn }: Calendar): void {
  if (cutOff < from || cutOff > to)
    throw badField('cutOff', {
      hi: 'गणना की अंतिम तिथि वर्ष के भीतर हो।',
      en: 'The cut-off lies within the year.',
    });
  if (freezeOn <= cutOff)
    throw badField('freezeOn', {
      hi: 'स्थिर करने का दिन गणना की अंतिम तिथि के बाद का हो।',
      en: 'The freeze is after the cut-off.',
    });
  if (serviceOn < freezeOn)
    throw badField('serviceOn', {
      hi: 'तामील का दिन स्थिर करने के दिन से पहले नहीं हो सकता।',
      en: 'The service is not before the freeze.',
    });
}

function badField(path: string, text: { hi: string; en: string }) {
  return invalid([{ path, code: 'invalid', text }]);
}
