import { sql } from 'kysely';
import { measureFreeze, statementPainter } from '../../appraisal/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { renderPdf } from '../../kernel/typst.ts';
import { officeByCode } from '../../organisations/index.ts';
import { drawMany, emptyPage } from './certificates.ts';
import type { Benchmark } from './measure.ts';
import { resultOf } from './result.ts';
import { summarise } from './statistics.ts';

const officeCode = 'GEN';
/** The first warms everything up. */
const years = ['2023-24', '2024-25', '2025-26'] as const;
const many = 400;

export const statement: Benchmark = {
  name: 'statement',
  what: 'yearly statements frozen: gathered, worked out, signed and kept, without PDFs',
  async run({ ctx }) {
    const portionMs: number[] = [];
    let [made, ms] = [0, 0];
    for (const [turn, year] of years.entries()) {
      const began = performance.now();
      const frozen = await measureFreeze(ctx, { year, officeCode });
      if (turn === 0) continue;
      ms += performance.now() - began;
      made += frozen.made;
      portionMs.push(...frozen.portionMs);
    }
    const { median, p99 } = summarise(portionMs);
    const perSecond = (made * 1000) / ms;
    const limits = [{ name: 'the same rows written by the bare database', perSecond: await bareRows(ctx) }];
    const notes = ['median and p99 are of a portion of 1,000 persons'];
    return resultOf({ ...statement, median, p99, perSecond, clients: 1, failed: 0, limits, notes });
  },
};

/** The rows of a freeze copied within the database, keys and indexes too: nothing is gathered, worked out or signed. */
async function bareRows({ db }: Ctx): Promise<number> {
  const tables = ['statement', 'statement_number', 'statement_event'];
  return db.longTransaction(async (tx) => {
    for (const name of tables)
      await sql`create table ${sql.table(`bare_${name}`)} (like ${sql.table(name)} including indexes)`.execute(
        tx,
      );
    const began = performance.now();
    for (const name of tables)
      await sql`insert into ${sql.table(`bare_${name}`)} select * from ${sql.table(name)}`.execute(tx);
    const ms = performance.now() - began;
    const found = await sql<{ rows: number }>`select count(*) as rows from bare_statement`.execute(tx);
    for (const name of tables) await sql`drop table ${sql.table(`bare_${name}`)}`.execute(tx);
    return ((found.rows[0]?.rows ?? 0) * 1000) / ms;
  });
}

export const statementPdf: Benchmark = {
  name: 'statement-pdf',
  what: 'yearly statements as PDF in Hindi, as a file of an office asks for them',
  async run({ ctx }) {
    const year = years[2];
    await measureFreeze(ctx, { year, officeCode });
    const office = await officeByCode(ctx, officeCode);
    const draw = await statementPainter(ctx, { officeId: office?.officeId ?? '', year });
    await drawMany(100, draw);
    const drawn = await drawMany(many, draw);
    const bare = await drawMany(many, (n) => renderPdf(emptyPage, { n }));
    const limits = [{ name: 'pages with one line by the same typesetter', perSecond: bare.perSecond }];
    const notes = [`${(1000 / drawn.perSecond).toFixed(1)} ms a statement`];
    return resultOf({ ...statementPdf, ...drawn, clients: 50, failed: 0, limits, notes });
  },
};
