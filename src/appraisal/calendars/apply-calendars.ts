import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { addCounted, calendarsOfYear, markApplied, nextToApply } from '../stores/calendars.ts';
import { lockFreezes, moveDays, standingAt } from '../stores/statements.ts';
import { type Calendar, calendarOfPerson, defaultCalendar } from './calendar.ts';

/** So many statements in one transaction. */
const portion = 2000;

/**
 * An order that is entered after a freeze moves the days of service and objection of the statements that fall under it
 * by now; these days are no part of what was signed. Of who has been served, nobody loses a day. A kill between two
 * portions loses nothing: what was moved is passed over.
 */
export async function applyCalendars(ctx: Ctx): Promise<number> {
  let moved = 0;
  for (;;) {
    const calendar = await ctx.db.transaction((tx) => nextToApply(tx));
    if (!calendar) return moved;
    let after: string | null = null;
    do {
      const done = await ctx.db.transaction((tx) => applyTo(tx, { calendar, after }));
      moved += done.moved;
      after = done.last;
    } while (after);
    await ctx.db.transaction((tx) => end(tx, ctx, calendar));
  }
}

type Applied = Calendar & { calendarId: string; officeId: string };

async function applyTo(tx: Tx, { calendar, after }: { calendar: Applied; after: string | null }) {
  // What is being frozen by the days of before is there when this begins.
  await lockFreezes(tx);
  const { year, officeId, calendarId } = calendar;
  const found = await standingAt(tx, { year, officeId, after, limit: portion });
  const [calendars, usual] = [await calendarsOfYear(tx, year), defaultCalendar(year)];
  const here = found.filter(
    ({ postings }) => calendarOfPerson(calendars, postings, usual).calendarId === calendarId,
  );
  const moved = await moveDays(tx, here, calendar);
  await addCounted(tx, calendarId, moved);
  return { moved, last: found.length === portion ? (found.at(-1)?.personId ?? null) : null };
}

async function end(tx: Tx, ctx: Ctx, { calendarId, officeId, year, orderNumber }: Applied): Promise<void> {
  const count = await markApplied(tx, calendarId);
  if (!count) return;
  await audit(tx, ctx, {
    ...{
      action: 'appraisal_calendar.applied',
      subjectKind: 'appraisal-calendar',
      subjectId: calendarId,
      officeId,
    },
    detail: { year, order: orderNumber, count },
  });
}
