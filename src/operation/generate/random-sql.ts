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
/** Of the second half: the variant's two bits set to 10, and what is left for chance. */
const variantBits = '(-9223372036854775808)';
const chanceBits = '4611686018427387903';

export function seededSql(seed: number): SeededSql {
  const hash = (n: string, salt: number) => `hashint8extended((${n})::bigint, ${seed * 1000 + salt})`;
  return {
    below: (n, salt, below) => sql.raw(`((${hash(n, salt)} & 9223372036854775807) % ${below})::int`),
    // Two numbers of sixteen digits each: the time with the version, and chance with the variant.
    id: (n, salt) => {
      const time = `((${beginningMs + salt * 1_000_000_000}::bigint + ${n}) << 16) | 28672`;
      return sql.raw(
        `('0' || to_hex(${time}) || to_hex(${hash(n, salt)} & ${chanceBits} | ${variantBits}))::uuid`,
      );
    },
  };
}
