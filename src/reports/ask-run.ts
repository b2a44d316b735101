import type { Readable } from 'node:stream';
import { audit } from '../kernel/audit.ts';
import { asOffered, takeMade } from '../kernel/batch-files.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import type { Language } from '../kernel/i18n.ts';
import { newId } from '../kernel/ids.ts';
import { addJob } from '../kernel/jobs.ts';
import type { Storage } from '../kernel/storage.ts';
import type { Definition, Format } from './definition.ts';
import { isLeadersLook } from './policy.ts';
import { isOfPersons, type Resolved, requireReadable, resolveReport } from './resolve-report.ts';
import {
  countOpenRuns,
  endRun,
  holdRunsOf,
  insertRun,
  ownRuns,
  type Run,
  reopenRun,
  runById,
  sameOpenRun,
} from './stores/runs.ts';
import { reportName } from './words.ts';

/** So that nobody's files keep those of others waiting for long. */
const mostUnderWay = 5;

export type RunInput = {
  definition: Definition;
  /** Absent: what the report is called by itself. */
  name?: string | undefined;
  format: Format;
  language: Language;
  reportId?: string | undefined;
};

/** Has a report's file made by the worker; it is for whoever asked alone. Asked for twice, as by a second click, it is made once. */
export async function askRun(ctx: Ctx, asked: RunInput): Promise<string> {
  const personId = requirePerson(ctx);
  const report = await resolveReport(ctx, asked.definition);
  const input = { ...asked, name: asked.name ?? reportName(report, asked.language) };
  const runId = newId();
  return ctx.db.transaction(async (tx) => {
    await holdRunsOf(tx, personId);
    const same = await sameOpenRun(tx, { ...input, createdBy: personId, asOf: report.asOf });
    if (same) return same;
    await beginRun(tx, ctx, { input, report, runId, scheduledOn: null });
    await requireFew(tx, personId);
    return runId;
  });
}

type Beginning = {
  input: RunInput & { name: string };
  report: Resolved;
  runId: string;
  scheduledOn: Day | null;
};

/** In the caller's transaction; nothing where that day's scheduled file was asked for before. */
export async function beginRun(
  tx: Tx,
  ctx: Ctx,
  { input, report, runId, scheduledOn }: Beginning,
): Promise<void> {
  const { definition, name, format, language, reportId = null } = input;
  const { officeId } = report.office;
  const createdBy = requirePerson(ctx);
  const isNew = await insertRun(tx, {
    ...{ runId, reportId, createdBy, officeId, name, definition, format, language, scheduledOn },
    ...{ asOf: report.asOf, createdAt: ctx.clock.now() },
  });
  if (!isNew) return;
  await audit(tx, ctx, {
    action: 'report_file.asked',
    subjectKind: 'report-file',
    subjectId: runId,
    officeId,
    detail: { ...definition, format, scheduledOn, isLeader: isLeadersLook(ctx, report.office) },
  });
  await addRunJob(tx, ctx, runId);
}

async function addRunJob(tx: Tx, ctx: Ctx, runId: string): Promise<void> {
  const payload = { runId, actor: ctx.actor, requestId: ctx.requestId, ip: ctx.ip };
  await addJob(tx, 'reports:file', payload, { key: runJobKey(runId), maxAttempts: 5 });
}

export function runJobKey(runId: string): string {
  return `report file ${runId}`;
}

/** Nobody else finds it. */
export async function ownRun(ctx: Ctx, runId: string): Promise<Run> {
  const run = await runById(ctx.db.read, runId);
  if (!run || run.createdBy !== requirePerson(ctx)) throw notFound();
  return run;
}

/** The same with its file only while that is there: what was made and has none is made again by `retryRun`. */
export async function offeredRun(ctx: Ctx, storage: Storage, runId: string): Promise<Run> {
  return asOffered(storage, await ownRun(ctx, runId));
}

/** The last files of the actor, or his of one report, as `offeredRun` has each: looked for, not read. */
export async function listRuns(ctx: Ctx, storage: Storage, reportId?: string): Promise<Run[]> {
  const of = reportId ? { reportId } : {};
  const runs = await ownRuns(ctx.db.read, { personId: requirePerson(ctx), limit: 10, ...of });
  return Promise.all(runs.map((run) => asOffered(storage, run)));
}

/** Whether what was made is there no more; of a run that is offered. */
export function isGone({ state, storageKey }: Run): boolean {
  return state === 'done' && !storageKey;
}

/** Handed over while whoever asked still has the right to it, though its order may have ended; that it was taken is kept. */
export async function takeRun(ctx: Ctx, storage: Storage, runId: string): Promise<Run & { body: Readable }> {
  const run = await ownRun(ctx, runId);
  await requireReadable(ctx, run.definition);
  const { storageKey, officeId, format, rows, definition, asOf, scheduledOn } = run;
  const { office: _code, ...filters } = definition;
  const file = {
    ...({ kind: 'report', format, officeId, rows, isOfPeople: isOfPersons(definition) } as const),
    detail: { ...filters, asOf, scheduledOn, of: runId },
  };
  return { ...run, body: await takeMade(ctx, storage, { storageKey, file }) };
}

export async function stopRun(ctx: Ctx, runId: string): Promise<void> {
  const { officeId } = await ownRun(ctx, runId);
  await ctx.db.transaction(async (tx) => {
    if (!(await endRun(tx, runId, { state: 'stopped', at: ctx.clock.now() }))) return;
    await audit(tx, ctx, {
      action: 'report_file.stopped',
      subjectKind: 'report-file',
      subjectId: runId,
      officeId,
    });
  });
}

/** After a failure: goes on after what was written. What was made and is gone is made again, as of its day. */
export async function retryRun(ctx: Ctx, storage: Storage, runId: string): Promise<void> {
  const run = await ownRun(ctx, runId);
  const { definition, officeId, createdBy, scheduledOn, state, storageKey } = run;
  if (state !== 'failed' && !isGone(await asOffered(storage, run))) throw notFailed();
  await resolveReport(ctx, definition);
  await ctx.db.transaction(async (tx) => {
    await holdRunsOf(tx, createdBy);
    if (!(await reopenRun(tx, runId, { state, storageKey }))) throw notFailed();
    if (!scheduledOn) await requireFew(tx, createdBy);
    await audit(tx, ctx, {
      action: 'report_file.restarted',
      subjectKind: 'report-file',
      subjectId: runId,
      officeId,
    });
    await addRunJob(tx, ctx, runId);
  });
}

/** With the one that was just begun. */
async function requireFew(tx: Tx, personId: string): Promise<void> {
  if ((await countOpenRuns(tx, personId)) > mostUnderWay) throw tooManyFiles();
}

function tooManyFiles(): Refusal {
  const text = {
    hi: `आपकी ${mostUnderWay} फ़ाइलें अभी बन रही हैं। किसी के बनने तक रुकें, या एक को रोकें।`,
    en: `${mostUnderWay} files of yours are being made. Wait until one is ready, or stop one.`,
  };
  return new Refusal('conflict', text, { reason: 'too_many_files' });
}

function notFailed(): Refusal {
  const text = {
    hi: 'यह फ़ाइल न रुकी है, न हटी है।',
    en: 'This file has neither failed nor gone.',
  };
  return new Refusal('conflict', text, { reason: 'not_failed' });
}
