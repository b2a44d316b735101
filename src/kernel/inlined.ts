import type { Kysely, RawBuilder } from 'kysely';
import pg from 'pg';
import type { Tables } from './db.ts';

/** COPY takes no parameters, so values stand in the text, quoted as the driver quotes them. */
export function inlined(db: Kysely<Tables>, query: RawBuilder<unknown>): string {
  const { sql: text, parameters } = query.compile(db);
  return text.replaceAll(/\$(\d+)/g, (_, at: string) => literal(parameters[Number(at) - 1]));
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map(element).join(',')}}`);
  return pg.escapeLiteral(String(value));
}

function element(value: unknown): string {
  return `"${String(value).replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`;
}
