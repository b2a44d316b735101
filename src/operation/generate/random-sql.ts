import { type RawBuilder, sql } from 'kysely';

/**
 * Numbers and keys that depend only on the seed, made by the database so that lakhs of rows need no journey:
 * `salt` tells one use from another, `n` is the SQL of a row's number.
 */
export type SeededSql = {
  /** 0 up to, not including, `below`. */
  below(n: string, salt: number, below: number): RawBuilder<number>;
  /** A UUID of version 7 that grows with `n`, so that indexes are filled from left to right. */
  id(n: string, salt: number): RawBuilder<string>;
};

const beginningMs = Date.UTC(2020, 0, 1);

export function seededSql(seed: number): SeededSql {
  const hash = (n: string, salt: number) => `hashint8extended((${n})::bigint, ${seed * 1000 + salt})`;
  return {
    below: (n, salt, below) => sql.raw(`((${hash(n, salt)} & 9223372036854775807) % ${below})::int`),
    id: (n, salt) => {
      const digits = `lpad(to_hex(${hash(n, salt)}), 16, '0')`;
      const time = `lpad(to_hex(${beginningMs + salt * 1_000_000_000} + ${n}), 12, '0')`;
      return sql.raw(`(${time} || '7' || left(${digits}, 3) || '8' || right(${digits}, 13) || '00')::uuid`);
    },
  };
}
