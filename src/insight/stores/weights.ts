import { randomInt } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { type CountedColumn, countedColumns } from '../vector.ts';
import { courseColumns, fallsTo, type SeatNumber, upperGrain, upperPeriod } from './residuals.ts';

type Sql = RawBuilder<unknown>;

/** Chosen by lot: a number for each column, and one from which comes what a node weighs in a period. */
export type Weights = { columns: ReadonlyMap<CountedColumn, number>; seed: number };

export function chooseWeights(): Weights {
  const columns = new Map(countedColumns.map((name) => [name, randomInt(1, 2 ** 24)]));
  return { columns, seed: randomInt(2 ** 47) };
}

/**
 * A prime, so that a product is nothing only where a factor is; larger than what two integers can differ by, and no
 * value that anything has by itself. Its products with what weighs most fit a bigint.
 */
const modulus = 8_589_934_583;

/**
 * Whether all that is expected of nodes, days and periods, less what is kept of them, each times its weight, adds up to
 * nothing. Where anything is wrong it does so less than once in ten million proofs.
 */
export function isBalanced(sums: readonly bigint[]): boolean {
  return sums.reduce((sum, one) => sum + one, 0n) % BigInt(modulus) === 0n;
}

/** One seat's share of this sum: the rows that it has made, and what is kept of the nodes that fall to it. */
export async function sumWeighed(tx: Tx, seat: SeatNumber, weights: Weights): Promise<bigint> {
  const weight = (node: string, grain: Sql, day: Sql) =>
    weightOf(weights, { node: sql.ref(node), grain, day });
  const figure = figureOf(weights, Object.fromEntries(countedColumns.map((name) => [name, name])));
  const here = (node: string) => sql.raw(fallsTo(node, seat));
  const ofDay = (node: string) => weight(node, sql`'d'`, sql`day`);
  const found = await sql<{ sum: string }>`select coalesce(sum(part), 0)::text as sum from (
      select sum(${figure} * ${ofDay('node')}) as part from event_row
      union all
      select sum(${figureOf(weights, courseColumns)} * ${ofDay('node')}) from course_row
      union all
      select sum(${figure} * (coalesce(${ofDay('above')}, 0) - ${ofDay('below.node')}))
      from counter_delta cross join unnest(offices) as below (node) left join node_way on node_way.node = below.node
      where ${here('below.node')}
      union all
      select sum(figure * (coalesce(${ofDay('above')}, 0) - ${weight('kept.node', sql`grain`, sql`day`)}
        + coalesce(${weight('kept.node', upperGrain, upperPeriod)}, 0)))
      from (select office_id as node, grain, day, ${figure} as figure from office_counter where ${here('office_id')}) kept
        left join node_way on grain = 'd' and node_way.node = kept.node
    ) parts`.execute(tx);
  return BigInt(found.rows[0]?.sum ?? 0);
}

/** The row's figures together, each times its column's number: below the modulus. */
function figureOf({ columns }: Weights, values: Partial<Record<CountedColumn, string>>): Sql {
  const terms = [...columns].flatMap(([name, number]) => {
    const value = values[name];
    return value === undefined ? [] : [`${number}::bigint * (${value} % ${modulus})`];
  });
  return sql.raw(`((${terms.join(' + ')}) % ${modulus})`);
}

type Place = { node: Sql; grain: Sql; day: Sql };

/** From 1 to 2^27, as if by lot; null where there is no such node or period. */
function weightOf({ seed }: Weights, { node, grain, day }: Place): Sql {
  return sql`((uuid_hash_extended(${node},
    timestamp_hash_extended((${day})::timestamp, ${sql.lit(seed)}::bigint + ascii(${grain}))) & 134217727) + 1)`;
}
