import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requirePerson, requireRole, scopesOf } from '../kernel/context.ts';
import { addDays, type Day, endOfMonth, todayInIndia, weekOf } from '../kernel/dates.ts';
import { invalid, notFound, Refusal } from '../kernel/errors.ts';
import type { Language } from '../kernel/i18n.ts';
import { newId } from '../kernel/ids.ts';
import { pathIsInScope, rolesSeeingFigures } from '../organisations/index.ts';
import type { Definition, Format, Schedule } from './definition.ts';
import { nameTyped, toldApart } from './names.ts';
import { resolveReport } from './resolve-report.ts';
import {
  changeReport,
  holdNames,
  insertReport,
  removeReport,
  reportById,
  reportsFor,
  type SavedReport,
  scheduleReport,
} from './stores/reports.ts';
import { reportName } from './words.ts';

/** More than anybody finds his way in. */
const mostKept = 200;

/** Keeps a report for oneself, under a name or what it is called by itself; what cannot be made now is not kept. */
export async function saveReport(
  ctx: Ctx,
  { name, definition }: { name?: string | undefined; definition: Definition },
): Promise<string> {
  const report = await resolveReport(ctx, definition);
  const { officeId } = report.office;
  const kept = { name: name ?? reportName(report, ctx.language), definition, officeId };
  return keepNew(ctx, kept, { action: 'report.saved', detail: detailOf(definition) });
}

type Kept = Pick<SavedReport, 'name' | 'definition' | 'officeId'>;
type Act = { action: 'report.saved' | 'report.copied'; detail: Record<string, unknown> };

/** One more of the actor's, told apart by its name from those that he has. */
async function keepNew(ctx: Ctx, { name, definition, officeId }: Kept, act: Act): Promise<string> {
  const ownerId = requirePerson(ctx);
  const reportId = newId();
  await ctx.db.transaction(async (tx) => {
    const taken = await holdNames(tx, ownerId);
    if (taken.length >= mostKept) throw tooMany();
    await insertReport(tx, {
      ...{ reportId, ownerId, officeId, definition },
      ...{ name: toldApart(name, taken), language: ctx.language, at: ctx.clock.now() },
    });
    await audit(tx, ctx, { ...subjectOf(reportId, officeId), ...act });
  });
  return reportId;
}

function tooMany(): Refusal {
  const text = {
    hi: `आपकी ${mostKept} रिपोर्टें सहेजी जा चुकी हैं; इससे अधिक नहीं रखी जा सकतीं। पहले कोई पुरानी रिपोर्ट हटाएँ।`,
    en: `You have kept ${mostKept} reports; no more can be kept. Remove an old one first.`,
  };
  const reason = 'too_many_reports';
  return new Refusal('conflict', text, { reason, fields: [{ path: 'name', code: reason, text }] });
}

/** One's own reports, and those shared at offices of one's charge. */
export async function visibleReports(ctx: Ctx): Promise<SavedReport[]> {
  const scopes = requireRole(ctx, rolesSeeingFigures);
  return reportsFor(ctx.db.read, { ownerId: personIdOf(ctx.actor) ?? null, scopes });
}

/** One of them; whether its rows may be read is asked when it is made. */
export async function visibleReport(ctx: Ctx, reportId: string): Promise<SavedReport> {
  requireRole(ctx, rolesSeeingFigures);
  const report = await reportById(ctx.db.read, reportId);
  if (!report) throw notFound();
  const isShared =
    report.isShared && pathIsInScope(report.officePath, scopesOf(ctx.actor, rolesSeeingFigures));
  if (!isShared && !isOwn(ctx, report)) throw notFound();
  return report;
}

export function isOwn(ctx: Ctx, report: Pick<SavedReport, 'ownerId'>): boolean {
  return personIdOf(ctx.actor) === report.ownerId;
}

/** Whose it is changes it; nobody else. */
export async function ownReport(ctx: Ctx, reportId: string): Promise<SavedReport> {
  const report = await visibleReport(ctx, reportId);
  if (!isOwn(ctx, report)) throw notFound();
  return report;
}

/** The name as it was typed; one that stays as it is was taken before and is not asked about again. */
export async function renameReport(
  ctx: Ctx,
  reportId: string,
  input: { name?: string | undefined; definition?: Definition | undefined },
): Promise<void> {
  const report = await ownReport(ctx, reportId);
  const resolved = input.definition && (await resolveReport(ctx, input.definition));
  const officeId = resolved?.office.officeId ?? report.officeId;
  const typed = newNameOf(report, input.name);
  await ctx.db.transaction(async (tx) => {
    const name = typed && toldApart(typed, await holdNames(tx, report.ownerId, reportId));
    await changeReport(tx, reportId, { ...input, name, officeId, at: ctx.clock.now() });
    const detail = detailOf(input.definition ?? report.definition);
    await audit(tx, ctx, { ...subjectOf(reportId, officeId), action: 'report.changed', detail });
  });
}

function newNameOf(report: SavedReport, typed: string | undefined): string | undefined {
  if (typed === undefined || typed === report.name) return undefined;
  const { name, faults } = nameTyped(typed, 'required');
  if (faults.length > 0) throw invalid(faults);
  return name;
}

/** With whoever reads figures of its office; they get what their own rights allow. */
export async function shareReport(ctx: Ctx, reportId: string): Promise<void> {
  await setSharing(ctx, reportId, 'report.shared');
}

export async function unshareReport(ctx: Ctx, reportId: string): Promise<void> {
  await setSharing(ctx, reportId, 'report.unshared');
}

async function setSharing(
  ctx: Ctx,
  reportId: string,
  action: 'report.shared' | 'report.unshared',
): Promise<void> {
  const { officeId } = await ownReport(ctx, reportId);
  await ctx.db.transaction(async (tx) => {
    await changeReport(tx, reportId, { isShared: action === 'report.shared', at: ctx.clock.now() });
    await audit(tx, ctx, { ...subjectOf(reportId, officeId), action });
  });
}

/** A copy of one's own, of a report that one sees. */
export async function copyReport(ctx: Ctx, reportId: string, name: string): Promise<string> {
  const { officeId, definition } = await visibleReport(ctx, reportId);
  return keepNew(ctx, { name, officeId, definition }, { action: 'report.copied', detail: { of: reportId } });
}

export async function deleteReport(ctx: Ctx, reportId: string): Promise<void> {
  const { officeId } = await ownReport(ctx, reportId);
  await ctx.db.transaction(async (tx) => {
    await removeReport(tx, reportId, ctx.clock.now());
    await audit(tx, ctx, { ...subjectOf(reportId, officeId), action: 'report.removed' });
  });
}

export type ScheduleInput = { schedule: Schedule; format: Format; language: Language; isMailed: boolean };

/** When it is made by itself: every morning, on Mondays, or on the first of a month. */
export async function setSchedule(ctx: Ctx, reportId: string, input: ScheduleInput): Promise<void> {
  const { officeId, definition } = await ownReport(ctx, reportId);
  if (input.schedule !== 'none') await resolveReport(ctx, definition);
  await ctx.db.transaction(async (tx) => {
    await scheduleReport(tx, reportId, {
      ...input,
      nextOn: nextDay(input.schedule, todayInIndia(ctx.clock)),
    });
    await audit(tx, ctx, {
      ...subjectOf(reportId, officeId),
      action: 'report.scheduled',
      detail: { ...input },
    });
  });
}

/** The next day of a schedule after a day. */
export function nextDay(schedule: Schedule, after: Day): Day | null {
  if (schedule === 'daily') return addDays(after, 1);
  if (schedule === 'weekly') return addDays(weekOf(after).to, 1);
  return schedule === 'monthly' ? addDays(endOfMonth(after), 1) : null;
}

function subjectOf(reportId: string, officeId: string) {
  return { subjectKind: 'report', subjectId: reportId, officeId };
}

function detailOf({ subject, columns, groups, measures }: Definition): Record<string, unknown> {
  return { subject, columns, groups, measures };
}
