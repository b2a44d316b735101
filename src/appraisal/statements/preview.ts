import type { Ctx } from '../../kernel/context.ts';
import { appraisalYear, type Day, todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { type PersonMandate, settleChanged, standingOfPerson } from '../../mandates/index.ts';
import {
  beginningOn,
  type Calendar,
  calendarOfPerson,
  daysOfYear,
  defaultCalendar,
  isUsual,
  yearBefore,
} from '../calendars/calendar.ts';
import { calendarsOfYear } from '../stores/calendars.ts';
import { wordsNow } from '../stores/material.ts';
import { leftFrom } from '../stores/statements.ts';
import { buildContent, mainPosting } from './build-content.ts';
import type { StatementContent } from './content.ts';
import { gatherDrafts, headerOf, keysOf, wordsOf } from './make-statements.ts';
import { unknownYear } from './run-job.ts';

/** By an order's number: what it asks, and how much of that is there. */
export type Progress = ReadonlyMap<string, Pick<PersonMandate, 'conditions' | 'groups'>>;

export type Preview = {
  content: StatementContent;
  calendar: Calendar;
  officeId: string | null;
  /** As of today, or of the cut-off once that is over. It is no part of what is frozen. */
  progress: Progress;
};

/** The statement as it would be today; the caller has checked that the actor may see the person. */
export async function previewStatement(ctx: Ctx, personId: string, year = yearOf(ctx)): Promise<Preview> {
  if (!daysOfYear(year)) throw unknownYear();
  await settleChanged(ctx.db);
  const usual = defaultCalendar(year);
  const [first] = await draft(ctx, personId, usual);
  if (!first) throw notFound();
  const calendars = await calendarsOfYear(ctx.db.read, year);
  const left = await leftFrom(ctx.db.read, [personId], yearBefore(year));
  const held = calendarOfPerson(calendars, first.inputs.postings, usual);
  const calendar = beginningOn(held, left.get(personId));
  const made = isUsual(calendar, usual) ? first : ((await draft(ctx, personId, calendar))[0] ?? first);
  const words = wordsOf(await wordsNow(ctx.db.read, keysOf([made])));
  const header = headerOf(calendar, { number: null, frozenAt: null, replaces: null });
  const content = buildContent(header, { ...made, words });
  return {
    content,
    calendar,
    officeId: mainPosting(made.inputs.postings, calendar.cutOff)?.officeId ?? null,
    progress: await progressOf(ctx, personId, calendar.cutOff),
  };
}

async function progressOf(ctx: Ctx, personId: string, cutOff: Day): Promise<Progress> {
  const today = todayInIndia(ctx.clock);
  const orders = await standingOfPerson(ctx, personId, { asOf: today < cutOff ? today : cutOff });
  const asking = orders.filter(({ status }) => status !== 'exempt');
  return new Map(asking.map((order) => [order.mandate.number, order]));
}

export function yearOf(ctx: Pick<Ctx, 'clock'>): string {
  return appraisalYear(todayInIndia(ctx.clock)).name;
}

function draft(ctx: Ctx, personId: string, calendar: Calendar) {
  return gatherDrafts(ctx.db.read, { personIds: [personId], calendar, asOf: todayInIndia(ctx.clock) });
}
