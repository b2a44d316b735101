import type { Ctx } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import type { Command, CommandLine } from '../kernel/feature.ts';
import { requireOffice } from '../organisations/index.ts';
import { rolesReading } from './policy.ts';
import { recomputeStatement, statementTyped } from './statements/recompute.ts';
import { askStatements, type JobInput, runStatements, stopStatements } from './statements/run-job.ts';
import { faultOf, type Verified, verifyStatements } from './statements/verify.ts';
import { jobById, type StatementJob } from './stores/jobs.ts';

const usage = `statement freeze YEAR --office CODE | correct YEAR --office CODE --order NUMBER --reason TEXT |
  stop ID | verify NUMBER | verify --office CODE [--year YEAR] | recompute NUMBER [--json]: वार्षिक प्रशिक्षण विवरण / the yearly training statement`;

/** `daksh statement …`: exit 1 where a statement is not whole or does not come out again byte for byte. */
export const statementCommand: Command = {
  name: 'statement',
  usage,
  async run(ctx, line) {
    const [what, subject] = line.args;
    if (what === 'freeze' || what === 'correct') return runJob(ctx, line, { what, year: subject ?? '' });
    if (what === 'stop' && subject) return runStop(ctx, line, subject);
    if (what === 'verify') return runVerify(ctx, line, subject);
    if (what === 'recompute' && subject) return runRecompute(ctx, line, subject);
    line.printError(`daksh ${usage}`);
    return 1;
  },
};

async function runJob(
  ctx: Ctx,
  line: CommandLine,
  { what, year }: { what: 'freeze' | 'correct'; year: string },
): Promise<number> {
  const officeCode = needed(line, 'office');
  const input: JobInput =
    what === 'freeze'
      ? { kind: what, year, officeCode }
      : { kind: what, year, officeCode, orderNumber: needed(line, 'order'), reason: needed(line, 'reason') };
  const { jobId, total } = await askStatements(ctx, input);
  const told = (job: StatementJob) => line.printError(`${job.done} / ${Math.max(total, job.done)}`);
  await runStatements(ctx, jobId, { told });
  const job = await jobById(ctx.db.read, jobId);
  const outcome = {
    id: jobId,
    year,
    state: job?.state,
    persons: job?.done,
    made: job?.made,
    leftOut: job?.leftOut,
  };
  line.print(
    line.flags['json']
      ? JSON.stringify(outcome)
      : `बने: ${outcome.made}, छूटे: ${outcome.leftOut}, कार्मिक: ${outcome.persons}\nMade: ${outcome.made}, left out: ${outcome.leftOut}, persons: ${outcome.persons}`,
  );
  return job?.state === 'done' ? 0 : 1;
}

async function runStop(ctx: Ctx, line: CommandLine, jobId: string): Promise<number> {
  const { state, made } = await stopStatements(ctx, jobId);
  line.print(line.flags['json'] ? JSON.stringify({ id: jobId, state, made }) : `${jobId}: ${state}`);
  return 0;
}

async function runVerify(ctx: Ctx, line: CommandLine, typed: string | undefined): Promise<number> {
  const found = typed ? await verifyOne(ctx, typed) : await verifySome(ctx, line);
  if (line.flags['json']) line.print(JSON.stringify(found));
  else {
    for (const { statementNo, fault } of found.faults) line.print(`${statementNo}: ${fault}`);
    line.print(
      `जाँचे: ${found.checked}, खराब: ${found.faults.length}\nChecked: ${found.checked}, not whole: ${found.faults.length}`,
    );
  }
  return found.faults.length === 0 ? 0 : 1;
}

async function verifyOne(ctx: Ctx, typed: string): Promise<Verified> {
  const statement = await statementTyped(ctx, typed);
  const fault = await faultOf(ctx, statement);
  return { checked: 1, faults: fault ? [{ statementNo: statement.statementNo, fault }] : [] };
}

async function verifySome(ctx: Ctx, line: CommandLine): Promise<Verified> {
  const { office, year } = line.flags;
  const officeIds =
    typeof office === 'string' ? [(await requireOffice(ctx, office, rolesReading)).officeId] : ['*'];
  return verifyStatements(ctx, { officeIds, year: typeof year === 'string' ? year : undefined });
}

async function runRecompute(ctx: Ctx, line: CommandLine, typed: string): Promise<number> {
  const found = await recomputeStatement(ctx, typed);
  if (line.flags['json']) line.print(JSON.stringify(found));
  else {
    for (const difference of found.differences) line.print(difference);
    for (const note of found.notes) line.printError(note);
    line.print(found.isEqual ? `${found.statementNo}: समान / equal` : `${found.statementNo}: भिन्न / differs`);
  }
  return found.isEqual ? 0 : 1;
}

function needed(line: CommandLine, flag: string): string {
  const value = line.flags[flag];
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new Refusal('invalid', { hi: `--${flag} के आगे मान दें।`, en: `Give a value after --${flag}.` });
}
