import type { Ctx } from '../../kernel/context.ts';
import { contentOf } from '../answers.ts';
import { renderStatement } from '../render-statement.ts';
import { standingAfter } from '../stores/statements.ts';
import { askStatements, runStatements } from './run-job.ts';

export type Frozen = { made: number; portionMs: number[] };

/** Freezes a year for measurements: how many, and how long each portion took. */
export async function measureFreeze(ctx: Ctx, of: { year: string; officeCode: string }): Promise<Frozen> {
  const { jobId } = await askStatements(ctx, { kind: 'freeze', ...of });
  const frozen: Frozen = { made: 0, portionMs: [] };
  let at = performance.now();
  const told = ({ made }: { made: number }) => {
    frozen.portionMs.push(performance.now() - at);
    frozen.made = made;
    at = performance.now();
  };
  await runStatements(ctx, jobId, { told });
  return frozen;
}

/** Draws statements of a year, in Hindi, by a running number: for measurements. */
export async function statementPainter(
  ctx: Ctx,
  { officeId, year }: { officeId: string; year: string },
): Promise<(n: number) => Promise<Buffer>> {
  const wish = { officeIds: [officeId], year, limit: 500 };
  const statements = await standingAfter(ctx.db.read, wish);
  return (n) => {
    const statement = statements[n % statements.length];
    if (!statement) throw new Error('there is no statement to draw');
    const { digest } = statement;
    const printing = { content: contentOf(statement), state: 'frozen', digest, language: 'hi' } as const;
    return renderStatement(printing, ctx.config);
  };
}
