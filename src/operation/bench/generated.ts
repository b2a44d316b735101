import { sql } from 'kysely';
import { howMade } from '../generate/how-made.ts';
import { bareDatabase } from './limits.ts';
import type { Benchmark } from './measure.ts';
import { resultOf } from './result.ts';

const rowsAStatement = 1000;

/** What was measured when the database was filled, before anything else. */
export const generated: Benchmark = {
  name: 'generate',
  what: 'rows of people, postings, codes, contacts and completions that `daksh generate` made, counted and indexed',
  async run(world) {
    const made = await howMade(world.ctx);
    if (!made) throw new Error('What making the data took was not kept.');
    const found = await sql<{ rows: number }>`select sum(greatest(reltuples, 0))::bigint as rows from pg_class
      where oid = any(array['person', 'posting', 'person_code', 'person_contact', 'completion']::regclass[])`.execute(
      world.ctx.db.read,
    );
    const rows = found.rows[0]?.rows ?? 0;
    const statements = await bareDatabase(world, { kind: 'rows', each: rowsAStatement, clients: 2 });
    const limits = [
      { name: `bare inserts of ${rowsAStatement} rows a statement`, perSecond: statements * rowsAStatement },
    ];
    const ms = made.seconds * 1000;
    const notes = [
      `${Math.round(made.seconds)} s`,
      `${(made.databaseBytes / 1e9).toFixed(1)} GB`,
      `${rows} rows`,
    ];
    return resultOf({
      ...generated,
      clients: 1,
      median: ms,
      p99: ms,
      perSecond: rows / made.seconds,
      failed: 0,
      limits,
      notes,
    });
  },
};
