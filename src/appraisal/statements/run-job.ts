import { setImmediate as nextTurn } from 'node:timers/promises';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { addJob } from '../../kernel/jobs.ts';
import { settleChanged, settleMandates } from '../../mandates/index.ts';
import { requireOffice } from '../../organisations/index.ts';
import { type Calendar, calendarFor, daysOfYear, defaultCalendar } from '../calendars/calendar.ts';
import { rolesIssuing } from '../policy.ts';
import { calendarsOfYear } from '../stores/calendars.ts';
import {
  countPosted,
  endJob,
  frozenAmong,
  lockedJob,
  noteStep,
  openJob,
  postedAfter,
  type StatementJob,
} from '../stores/jobs.ts';
import { keepWords } from '../stores/material.ts';
import { insertStatements, lockFreezes, type NewStatement, serveDue } from '../stores/statements.ts';
import { mainPosting } from './build-content.ts';
import { correctAmong } from './correct-statements.ts';
import { type Draft, gatherDrafts, keysOf, statementMaker, wordsOf } from './make-statements.ts';

export type JobInput =
  | { kind: 'freeze'; year: string; officeCode: string }
  | { kind: 'correct'; year: string; officeCode: string; orderNumber: string; reason: string };

/** So many at a time: about a second, so that progress is seen and a kill loses little. */
const usualPortion = 1000;
const writtenAtOnce = 200;

/** Opens the work on a year and subtree, or finds the one that is open; nothing is frozen yet. */
export async function askStatements(ctx: Ctx, input: JobInput): Promise<StatementJob> {
  const office = await requireOffice(ctx, input.officeCode, rolesIssuing);
  const days = daysOfYear(input.year);
  if (!days) throw unknownYear();
  const calendars = await calendarsOfYear(ctx.db.read, input.year);
  const calendar = calendarFor(calendars, { path: office.path, group: null }) ?? calendars[0];
  const freezeOn = [calendar ?? defaultCalendar(input.year), ...calendars]
    .map((one) => one.freezeOn)
    .sort()[0];
  if (freezeOn && todayInIndia(ctx.clock) < freezeOn) throw tooEarly(freezeOn);
  const where = { officeId: office.officeId, from: days.from, cutOff: days.to };
  const total = await countPosted(ctx.db.read, where);
  return ctx.db.transaction(async (tx) => {
    const jobId = newId();
    const job = await openJob(tx, {
      jobId,
      kind: input.kind,
      year: input.year,
      officeId: office.officeId,
      total,
      orderNumber: input.kind === 'correct' ? input.orderNumber : null,
      reason: input.kind === 'correct' ? input.reason : null,
      createdAt: ctx.clock.now(),
      createdBy: personIdOf(ctx.actor),
    });
    if (job.jobId !== jobId) return job;
    const detail = { year: input.year, total, ...(input.kind === 'correct' && { order: input.orderNumber }) };
    const of = { subjectKind: 'statement-job', subjectId: jobId, officeId: office.officeId, detail };
    if (input.kind === 'freeze') await audit(tx, ctx, { action: 'statement.freeze_asked', ...of });
    else await audit(tx, ctx, { action: 'statement.correction_asked', ...of });
    return job;
  });
}

/** The same, done by the worker. */
export async function queueStatements(ctx: Ctx, input: JobInput): Promise<StatementJob> {
  const job = await askStatements(ctx, input);
  await ctx.db.transaction((tx) =>
    addJob(
      tx,
      'appraisal:statements',
      { jobId: job.jobId },
      { key: `statements ${job.jobId}`, maxAttempts: 20 },
    ),
  );
  return job;
}

/** `portion`: persons in one transaction. */
export type RunOptions = { told?: (job: StatementJob) => void; portion?: number };

/** Goes on where it was left, step by step; each step is whole, whoever kills this between two. */
export async function runStatements(
  ctx: Ctx,
  jobId: string,
  { told, portion = usualPortion }: RunOptions = {},
): Promise<void> {
  await settleMandates(ctx);
  const make = await statementMaker(ctx);
  for (;;) {
    // The table of orders is read from standings that follow the facts a moment later.
    await settleChanged(ctx.db);
    const job = await ctx.db.longTransaction((tx) => step(tx, ctx, { jobId, make, portion }));
    if (!job) break;
    told?.(job);
  }
  await serveStatements(ctx);
}

type Maker = Awaited<ReturnType<typeof statementMaker>>;

type Step = { jobId: string; make: Maker; portion: number };

async function step(tx: Tx, ctx: Ctx, { jobId, make, portion }: Step) {
  const job = await lockedJob(tx, jobId);
  if (!job || (job.state !== 'waiting' && job.state !== 'running')) return undefined;
  const at = await lockFreezes(tx);
  const days = daysOfYear(job.year) ?? { from: '', to: '' };
  const where = { officeId: job.officeId, from: days.from, cutOff: days.to };
  const personIds = await postedAfter(tx, { ...where, after: job.afterPersonId, limit: portion });
  const last = personIds.at(-1);
  if (!last) {
    await endJob(tx, { jobId, state: 'done', at: ctx.clock.now() });
    await audit(tx, ctx, {
      action: 'statement.job_done',
      subjectKind: 'statement-job',
      subjectId: jobId,
      officeId: job.officeId,
      detail: { made: job.made, leftOut: job.leftOut },
    });
    return undefined;
  }
  const made =
    job.kind === 'freeze'
      ? await freezeAmong(tx, ctx, { job, personIds, at, make })
      : await correctAmong(tx, ctx, { job, personIds, at, make });
  const counts = { done: personIds.length, made, leftOut: personIds.length - made };
  await noteStep(tx, { jobId, ...counts, after: last });
  return {
    ...job,
    done: job.done + counts.done,
    made: job.made + made,
    leftOut: job.leftOut + counts.leftOut,
  };
}

export type Among = { job: StatementJob; personIds: string[]; at: Date; make: Maker };

/** Freezes those who have none yet and whose main posting lies in the subtree; returns how many. */
async function freezeAmong(tx: Tx, ctx: Ctx, { job, personIds, at, make }: Among): Promise<number> {
  const frozen = await frozenAmong(tx, personIds, job.year);
  const open = personIds.filter((id) => !frozen.has(id));
  let made = 0;
  for (const { calendar, drafts } of await draftsOf(tx, { job, personIds: open })) {
    if (todayInIndia(ctx.clock) < calendar.freezeOn) continue;
    const words = wordsOf(await keepWords(tx, keysOf(drafts), at));
    made += await writeWhileMaking(tx, drafts, (draft) => make(draft, { calendar, at, words }));
  }
  return made;
}

/** While the database writes some, the next ones are worked out and signed: each takes about as long. */
async function writeWhileMaking(
  tx: Tx,
  drafts: readonly Draft[],
  make: (draft: Draft) => NewStatement,
): Promise<number> {
  let written: Promise<Set<string>> | undefined;
  let made = 0;
  for (let from = 0; from < drafts.length; from += writtenAtOnce) {
    const rows = drafts.slice(from, from + writtenAtOnce).map(make);
    made += (await written)?.size ?? 0;
    written = insertStatements(tx, rows);
    // Whatever fails first is told; the other must not go unheard.
    written.catch(() => undefined);
    // The statement leaves before the next rows are begun.
    await nextTurn();
  }
  return made + ((await written)?.size ?? 0);
}

/** By the calendar that holds for each; who belongs to another subtree at the cut-off is left to that. */
async function draftsOf(
  tx: Tx,
  { job, personIds }: Pick<Among, 'job' | 'personIds'>,
): Promise<{ calendar: Calendar; drafts: Draft[] }[]> {
  if (personIds.length === 0) return [];
  const calendars = await calendarsOfYear(tx, job.year);
  const usual = defaultCalendar(job.year);
  const first = await gatherDrafts(tx, { personIds, calendar: usual });
  const groups = new Map<Calendar, Draft[]>();
  for (const draft of first) {
    const main = mainPosting(draft.inputs.postings, usual.cutOff);
    if (!main?.path.includes(job.officeId)) continue;
    const calendar = calendarFor(calendars, main) ?? (calendars.length === 0 ? usual : undefined);
    if (calendar) groups.set(calendar, [...(groups.get(calendar) ?? []), draft]);
  }
  const done: { calendar: Calendar; drafts: Draft[] }[] = [];
  for (const [calendar, drafts] of groups) {
    const isUsual = calendar.from === usual.from && calendar.cutOff === usual.cutOff;
    const ids = drafts.map((draft) => draft.personId);
    done.push({
      calendar,
      drafts: isUsual ? drafts : await gatherDrafts(tx, { personIds: ids, calendar }),
    });
  }
  return done;
}

/** Serves what the calendar says is due; run daily and after every freeze. */
export async function serveStatements(ctx: Ctx): Promise<number> {
  let served = 0;
  for (;;) {
    const some = await ctx.db.transaction((tx) => serveDue(tx, todayInIndia(ctx.clock)));
    served += some;
    if (some === 0) return served;
  }
}

export function unknownYear(): Refusal {
  return invalid([
    {
      path: 'year',
      code: 'unknown_year',
      text: { hi: 'वर्ष ऐसे लिखें: 2025-26', en: 'Write the year like this: 2025-26' },
    },
  ]);
}

function tooEarly(day: string): Refusal {
  const text = {
    hi: `विवरण ${day} से पहले स्थिर नहीं किए जाते, ताकि देर से आने वाले अभिलेख भी जुड़ सकें।`,
    en: `Statements are not frozen before ${day}, so that records that come late are in them.`,
  };
  return new Refusal('conflict', text, { reason: 'before_freeze_day', details: { freezeOn: day } });
}
