import { audit } from '../kernel/audit.ts';
import { deliver } from '../kernel/channels/index.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import { formatDay, todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/errors.ts';
import { translator } from '../kernel/i18n.ts';
import { newId } from '../kernel/ids.ts';
import { addJob } from '../kernel/jobs.ts';
import { effectiveGrantsOf } from '../people/index.ts';
import { beginRun } from './ask-run.ts';
import { nextDay } from './keep-report.ts';
import { resolveReport } from './resolve-report.ts';
import {
  dueReport,
  emailOf,
  lockDue,
  pauseReport,
  reportById,
  type SavedReport,
  setNextDay,
} from './stores/reports.ts';
import { type Run, runById } from './stores/runs.ts';

/**
 * Every morning: each report whose day has come is made, as its owner, by the rights that he has today. One that
 * cannot be asked for holds no other up; its fault is told at the end, and it is tried again.
 */
export async function runDue(ctx: Ctx): Promise<void> {
  const today = todayInIndia(ctx.clock);
  const passed: string[] = [];
  let fault: unknown;
  for (;;) {
    const report = await dueReport(ctx.db.read, today, passed);
    if (!report) break;
    try {
      await makeDue(await asPerson(ctx, report.ownerId, report.language), report, today);
    } catch (error) {
      passed.push(report.reportId);
      fault = error;
    }
  }
  if (fault) throw fault;
}

async function makeDue(ctx: Ctx, report: SavedReport, today: string): Promise<void> {
  const { reportId, name, definition, format, language, schedule } = report;
  const resolved = await resolveReport(ctx, definition).catch((error: unknown) => {
    if (error instanceof Refusal) return error;
    throw error;
  });
  await ctx.db.transaction(async (tx) => {
    if (!(await lockDue(tx, reportId, today))) return;
    if (resolved instanceof Refusal) return pause(tx, ctx, { report, reason: reasonOf(resolved) });
    const input = { definition, name, format, language, reportId };
    await beginRun(tx, ctx, { input, report: resolved, runId: newId(), scheduledOn: today });
    await setNextDay(tx, reportId, nextDay(schedule, today));
  });
}

type PauseReason = 'no_right' | 'unknown_value';

function reasonOf({ code }: Refusal): PauseReason {
  return code === 'invalid' ? 'unknown_value' : 'no_right';
}

type Pause = { report: SavedReport; reason: PauseReason };

async function pause(tx: Tx, ctx: Ctx, { report: { reportId, officeId }, reason }: Pause): Promise<void> {
  await pauseReport(tx, reportId, reason);
  await audit(tx, ctx, {
    action: 'report.schedule_paused',
    subjectKind: 'report',
    subjectId: reportId,
    officeId,
  });
}

/** A context in which that person acts, by the rights that he has today. */
export async function asPerson(ctx: Ctx, personId: string, language: Ctx['language']): Promise<Ctx> {
  const grants = await effectiveGrantsOf(ctx, personId);
  const actor = { personId, sessionId: newId(), nameHi: '', nameEn: '', grants, secondFactorDone: true };
  return { ...ctx, actor: { kind: 'person', ...actor }, language };
}

/** In the transaction that ends a run: where its schedule says so, its owner is sent a link. */
export async function tellReady(tx: Tx, run: Run): Promise<void> {
  if (!run.scheduledOn || !run.reportId) return;
  const report = await reportById(tx, run.reportId);
  if (report?.isMailed)
    await addJob(tx, 'reports:mail', { runId: run.runId }, { key: `report mail ${run.runId}` });
}

/** A link to sign in and take the file by; never the file, and nobody's name. */
export async function mailReady(ctx: Ctx, runId: string): Promise<void> {
  const run = await runById(ctx.db.read, runId);
  const to = run && (await emailOf(ctx.db.read, run.createdBy));
  if (!run?.fileUntil || !to) return;
  const t = translator(run.language);
  const link = new URL(`/office/reports/files/${runId}`, ctx.config.baseUrl).href;
  const until = formatDay(run.fileUntil, run.language);
  await deliver(ctx, {
    channel: 'mail',
    to,
    subject: t('reports.mailSubject', { name: run.name }),
    text: t('reports.mailText', { name: run.name, link, until }),
  });
}

/** Where the actor's mail goes; none where no address is known. */
export async function addressOf(ctx: Ctx): Promise<string | null> {
  const personId = personIdOf(ctx.actor);
  return personId ? emailOf(ctx.db.read, personId) : null;
}
