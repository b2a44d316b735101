import { type RawBuilder, sql } from 'kysely';
import { latinDigits } from '../../kernel/text/index.ts';
import { namePatterns } from '../../people/index.ts';

/** A condition on `person p`: what has digits is the beginning of a code, the rest a name in either script. */
export function isCalled(text: string): RawBuilder<boolean> {
  const plain = latinDigits(text).trim();
  if (/\d/.test(plain)) {
    const ranges = [...new Set([plain, plain.toUpperCase()])].map(
      (code) => sql<boolean>`(code >= ${code} and code < ${`${code}\u{10ffff}`})`,
    );
    return sql<boolean>`p.person_id in (select person_id from person_code where ${sql.join(ranges, sql` or `)})`;
  }
  const parts = namePatterns(plain).map((pattern) => sql<boolean>`p.search_text like ${pattern}`);
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` and `)})`;
}
