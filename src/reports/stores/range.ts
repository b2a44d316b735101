import { sql } from 'kysely';
import type { Range, Sql } from './subject.ts';

/** Said of each table, so that each is read by its key and none as a whole. */
export function inRange(table: string, range: Range | undefined): Sql {
  if (!range) return sql`true`;
  const id = sql.ref(`${table}.person_id`);
  if (range.ids) return sql`${id} = any(${range.ids}::uuid[])`;
  if (!range.postedBelow) return between(id, range);
  return sql`${id} = any(array(${postedSql(range.postedBelow, range)}))`;
}

/** Whoever is or was posted at or below an office, once for each posting. */
export function postedSql(officeId: string, range?: Range): Sql {
  return sql`select member.person_id from posting member where member.voided_at is null
    and member.office_id in (select office_id from office where path @> array[${officeId}::uuid])
    and ${range ? between(sql.ref('member.person_id'), range) : sql`true`}`;
}

function between(id: Sql, { afterId, untilId }: Range): Sql {
  const after = afterId ? sql`${id} > ${afterId}::uuid` : sql`true`;
  return untilId ? sql`${after} and ${id} <= ${untilId}::uuid` : after;
}
