import { setImmediate as nextTurn } from 'node:timers/promises';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { addJob } from '../../kernel/jobs.ts';
import { settleInForce } from '../../mandates/index.ts';
import { requireOffice } from '../../organisations/index.ts';
import { applyCalendars } from '../calendars/apply-calendars.ts';
import {
  beginningOn,
  type Calendar,
  calendarOfPerson,
  daysOfYear,
  defaultCalendar,
  firstFreezeDay,
  isUsual,
  yearBefore,
} from '../calendars/calendar.ts';
import { requireNamed, rolesIssuing } from '../policy.ts';
import { calendarsBelow, calendarsOfYear } from '../stores/calendars.ts';
import {
  countLive,
  countPosted,
  endJob,
  frozenAmong,
  jobsOf,
  liveAfter,
  lockedJob,
  noteStep,
  openJob,
  postedAfter,
  type StatementJob,
} from '../stores/jobs.ts';
import { keepWords } from '../stores/material.ts';
import {
  insertStatements,
  leftFrom,
  lockFreezes,
  type NewStatement,
  serveDue,
} from '../stores/statements.ts';
import { mainPosting } from './build-content.ts';
import { correctAmong } from './correct-statements.ts';
import { type Draft, gatherSettled, keysOf, statementMaker, wordsOf } from './make-statements.ts';

export type JobInput =
  | { kind: 'freeze'; year: string; officeCode: string }
  | { kind: 'correct'; year: string; officeCode: string; orderNumber: string; reason: string };

/** So many at a time: about a second, so that progress is seen and a kill loses little. */
const usualPortion = 1000;
const writtenAtOnce = 200;

/** The work as it would be: who may ask for it and when, and over how many it goes. */
async function prepared(ctx: Ctx, input: JobInput) {
  requireNamed(ctx);
  const office = await requireOffice(ctx, input.officeCode, rolesIssuing);
  const days = daysOfYear(input.year);
  if (!days) throw unknownYear();
  const freezeOn = firstFreezeDay(await calendarsOfYear(ctx.db.read, input.year), {
    year: input.year,
    path: office.path,
    below: await calendarsBelow(ctx.db.read, input.year, office.officeId),
  });
  if (todayInIndia(ctx.clock) < freezeOn) throw tooEarly(freezeOn);
  const { officeId } = office;
  const standing = await countLive(ctx.db.read, { officeId, year: input.year });
  const posted = { officeId, from: days.from, cutOff: days.to };
  const total = input.kind === 'freeze' ? await countPosted(ctx.db.read, posted) : standing;
  return { officeId, total, standing };
}

export type WorkPreview = {
  /** Persons posted in the year, or statements that are looked at. */
  total: number;
  /** Statements that stand already. */
  standing: number;
  /** Of a correction over few: how many would be made anew. */
  changed: number | undefined;
};

/** Over so many a correction is not tried out beforehand. */
const triedOut = 2000;

/** What the work would do, before anybody asks for it; changes nothing. */
export async function previewWork(ctx: Ctx, input: JobInput): Promise<WorkPreview> {
  const { officeId, total, standing } = await prepared(ctx, input);
  const isTried = input.kind === 'correct' && standing <= triedOut;
  if (!isTried) return { total, standing, changed: undefined };
  await settleInForce(ctx);
  const { year, reason, orderNumber } = input;
  return { total, standing, changed: await triedCorrection(ctx, { officeId, year, reason, orderNumber }) };
}

/** Corrects within a transaction that is taken back. */
async function triedCorrection(
  ctx: Ctx,
  job: Parameters<typeof correctAmong>[2]['job'] & { officeId: string; year: string },
) {
  const takenBack = new Error('tried out');
  let changed = 0;
  const trying = ctx.db.longTransaction(async (tx) => {
    const at = await lockFreezes(tx);
    const live = await liveAfter(tx, { ...job, after: null, limit: triedOut });
    changed = await correctAmong(tx, ctx, { job, numbers: live.map((one) => one.statementNo), at });
    throw takenBack;
  });
  await trying.catch((error: unknown) => {
    if (error !== takenBack) throw error;
  });
  return changed;
}

/** Opens the work on a year and subtree, or finds the one that is open; nothing is frozen yet. */
export async function askStatements(ctx: Ctx, input: JobInput): Promise<StatementJob> {
  const { officeId, total } = await prepared(ctx, input);
  const given =
    input.kind === 'correct' ? { orderNumber: input.orderNumber, reason: input.reason } : { ...noOrder };
  return ctx.db.transaction(async (tx) => {
    const jobId = newId();
    const { kind, year } = input;
    const of = { jobId, kind, year, officeId, total, ...given };
    const job = await openJob(tx, { ...of, createdAt: ctx.clock.now(), createdBy: personIdOf(ctx.actor) });
    if (job.jobId !== jobId) return sameJob(job, given);
    const detail = { year, total, ...(kind === 'correct' && { order: input.orderNumber }) };
    const about = { subjectKind: 'statement-job', subjectId: jobId, officeId, detail };
    if (kind === 'freeze') await audit(tx, ctx, { action: 'statement.freeze_asked', ...about });
    else await audit(tx, ctx, { action: 'statement.correction_asked', ...about });
    return job;
  });
}

const noOrder = { orderNumber: null, reason: null };

/** Who asks for the same again goes on with it; another order is not carried out in the name of the first. */
function sameJob(job: StatementJob, asked: Pick<StatementJob, 'orderNumber' | 'reason'>): StatementJob {
  if (job.orderNumber === asked.orderNumber && job.reason === asked.reason) return job;
  const text = {
    hi: `इस कार्यालय और वर्ष का सुधार आदेश ${job.orderNumber} से चल रहा है। उसके पूरा होने पर फिर से करें, या उसे पहले रोकें।`,
    en: `A correction of this office and year by order ${job.orderNumber} is under way. Try again when it is done, or stop it first.`,
  };
  throw new Refusal('conflict', text, { reason: 'other_correction', details: { jobId: job.jobId } });
}

/** No more portions are begun; what was made stands, and the same work can be asked for again. */
export async function stopStatements(ctx: Ctx, jobId: string): Promise<StatementJob> {
  requireNamed(ctx);
  const officeIds = requireRole(ctx, rolesIssuing);
  return ctx.db.transaction(async (tx) => {
    const [seen] = await jobsOf(tx, { officeIds, jobId });
    if (!seen) throw notFound();
    const job = await lockedJob(tx, jobId);
    if (!job || (job.state !== 'waiting' && job.state !== 'running')) return job ?? seen;
    await endJob(tx, { jobId, state: 'stopped', at: ctx.clock.now() });
    const { officeId, made, done } = job;
    const about = { subjectKind: 'statement-job', subjectId: jobId, officeId, detail: { made, done } };
    await audit(tx, ctx, { action: 'statement.job_stopped', ...about });
    return { ...job, state: 'stopped' as const };
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
  const make = await statementMaker(ctx);
  for (;;) {
    // Whoever changes meanwhile, and everybody while orders are counted anew, is seen to in the portion.
    await settleInForce(ctx);
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
  const { numbers, personIds } = await nextPortion(tx, job, portion);
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
      : await correctAmong(tx, ctx, { job, numbers, at });
  const counts = { done: personIds.length, made, leftOut: personIds.length - made };
  await noteStep(tx, { jobId, ...counts, after: last });
  return {
    ...job,
    done: job.done + counts.done,
    made: job.made + made,
    leftOut: job.leftOut + counts.leftOut,
  };
}

/** Those with a posting in the subtree in the year; of a correction, the statements of its offices that stand. */
async function nextPortion(
  tx: Tx,
  { kind, officeId, year, afterPersonId: after }: StatementJob,
  limit: number,
): Promise<{ personIds: string[]; numbers: string[] }> {
  if (kind === 'correct') {
    const live = await liveAfter(tx, { officeId, year, after, limit });
    return { personIds: live.map((one) => one.personId), numbers: live.map((one) => one.statementNo) };
  }
  const { from, to } = daysOfYear(year) ?? { from: '', to: '' };
  return { personIds: await postedAfter(tx, { officeId, from, cutOff: to, after, limit }), numbers: [] };
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

/**
 * First the calendar, by the main posting at the end of the year; then the office, by the main posting at that
 * calendar's cut-off. What an early cut-off of the year before left out comes with it. Who belongs to another subtree
 * then is left to that, and who was not posted yet has none.
 */
async function draftsOf(
  tx: Tx,
  { job, personIds }: Pick<Among, 'job' | 'personIds'>,
): Promise<{ calendar: Calendar; drafts: Draft[] }[]> {
  if (personIds.length === 0) return [];
  const calendars = await calendarsOfYear(tx, job.year);
  const usual = defaultCalendar(job.year);
  const left = await leftFrom(tx, personIds, yearBefore(job.year));
  const groups = new Map<string, { calendar: Calendar; found: Draft[] }>();
  for (const draft of await gatherSettled(tx, { personIds, calendar: usual })) {
    const held = calendarOfPerson(calendars, draft.inputs.postings, usual);
    const calendar = beginningOn(held, left.get(draft.personId));
    const key = `${calendar.calendarId} ${calendar.from}`;
    const group = groups.get(key) ?? { calendar, found: [] };
    group.found.push(draft);
    groups.set(key, group);
  }
  const done: { calendar: Calendar; drafts: Draft[] }[] = [];
  for (const { calendar, found } of groups.values()) {
    const ids = found.map((draft) => draft.personId);
    const drafts = isUsual(calendar, usual) ? found : await gatherSettled(tx, { personIds: ids, calendar });
    const isHere = ({ inputs }: Draft) =>
      mainPosting(inputs.postings, calendar.cutOff)?.path.includes(job.officeId) ?? false;
    done.push({ calendar, drafts: drafts.filter(isHere) });
  }
  return done;
}

/** Serves what the calendar says is due, by the orders entered since; run daily, after every freeze and every order. */
export async function serveStatements(ctx: Ctx): Promise<number> {
  await applyCalendars(ctx);
  const today = todayInIndia(ctx.clock);
  let served = 0;
  for (;;) {
    const some = await ctx.db.transaction(async (tx) => {
      const batches = await serveDue(tx, today);
      for (const { year, count } of batches)
        await audit(tx, ctx, {
          action: 'statement.served',
          subjectKind: 'statement-year',
          subjectId: year,
          detail: { year, count, servedOn: today },
        });
      return batches.reduce((sum, one) => sum + one.count, 0);
    });
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
