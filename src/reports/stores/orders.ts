import { sql } from 'kysely';
import { coversSql, foremostSql } from '../../insight/index.ts';
import type { Reads } from '../../kernel/db.ts';
import { inBothLanguages } from '../../kernel/i18n.ts';
import { statusOn } from '../../mandates/index.ts';
import { classDimensions } from './classes.ts';
import { personColumns } from './columns.ts';
import { derived, oneSum, sumOf } from './measures.ts';
import { atName, carried, hereSql, placeDimensions } from './places.ts';
import { inRange } from './range.ts';
import type { Dimension, RowsWish, Sql, Subject } from './subject.ts';

const statusWords = {
  met: inBothLanguages('orders.statusMet'),
  metLate: inBothLanguages('orders.statusMetLate'),
  open: inBothLanguages('orders.statusOpen'),
  overdue: inBothLanguages('orders.statusOverdue'),
  exempt: inBothLanguages('orders.statusExempt'),
} as const;

const status: Dimension = {
  id: 'status',
  name: { hi: 'आदेश की स्थिति', en: 'Status under the order' },
  key: sql.ref('r.status'),
  words: statusWords,
  isOrdered: true,
  filter: (values) => sql`r.status = any(${values}::text[])`,
};

const statuses = Object.keys(statusWords) as (keyof typeof statusWords)[];

/** Where everybody stands whom one order binds, on the day. */
export const orders: Subject = {
  id: 'orders',
  name: { hi: 'आदेश', en: 'Orders' },
  lead: {
    hi: 'एक आदेश से बाध्य हर कार्मिक, उस दिन की स्थिति के साथ। पाँचों स्थितियों का जोड़ बाध्य कार्मिकों की संख्या है।',
    en: 'Everybody whom one order binds, with the status of that day. The five statuses add up to the bound.',
  },
  dimensions: [...placeDimensions, ...classDimensions, status],
  columns: [
    ...personColumns,
    { id: 'dueOn', name: { hi: 'देय तिथि', en: 'Due on' }, type: 'day', sql: sql`r.due_on` },
    {
      id: 'reachedOn',
      name: { hi: 'पूरा होने की तिथि', en: 'Reached on' },
      type: 'day',
      sql: sql`r.reached_on`,
    },
  ],
  measures: [
    derived('bound', { kind: 'count', parts: statuses, of: sumOf(statuses) }),
    ...statuses.map((id) => oneSum(id, id === 'metLate' ? 'met_late' : id, 'count')),
    derived('met_share', { kind: 'percent', parts: statuses, of: metShare }),
  ],
  sums: Object.fromEntries(
    statuses.map((id) => [id, { sql: sql`count(*) filter (where r.status = ${sql.lit(id)})` }]),
  ),
  isAboutPersons: true,
  hasPeriod: false,
  isSplit: false,
  listKey: 'person_id',
  rows: standingRows,
};

/** (met + met late) of (bound − exempt). */
function metShare(parts: Readonly<Record<string, number>>): number | null {
  const met = sumOf(['met', 'metLate'])(parts);
  const of = met + sumOf(['open', 'overdue'])(parts);
  return of === 0 ? null : Math.round((met / of) * 1000) / 10;
}

/** Nearly everybody is bound at one office; only the others are sorted, so that each counts once at a place. */
function standingRows(wish: RowsWish): Sql {
  const places = carried([...wish.countedAt, ...wish.told], 'here');
  const key = sql.join([sql`s.person_id`, ...wish.countedAt.map((place) => sql`here.${atName(place)}`)]);
  const columns = sql`s.person_id, here.office_id, s.due_on, s.reached_on, ${statusOn(wish.asOf)} as status ${places}`;
  const standing = sql`mandate_sheet_standing s`;
  const mine = sql`s.sheet_id = ${wish.sheetId}::uuid and ${inRange('s', wish.range)}`;
  return sql`select b.* ${isPosted(wish) ? classSql : sql``} from (
      select ${columns} from ${standing} join ${hereSql(wish)} here on here.office_id = s.office_ids[1]
      where ${mine} and cardinality(s.office_ids) = 1 and s.bound_days[1] @> ${wish.asOf}::date
      union all
      select * from (
        select distinct on (${key}) ${columns}
        from ${standing} cross join unnest(s.office_ids, s.bound_days) as one (office_id, days)
          join ${hereSql(wish)} here on here.office_id = one.office_id
        where ${mine} and cardinality(s.office_ids) > 1 and one.days @> ${wish.asOf}::date
        order by ${key}, here.office_id
      ) several
    ) b ${
      isPosted(wish)
        ? sql`left join (${postingsSql(wish)}) post
      on post.person_id = b.person_id and post.office_id = b.office_id`
        : sql``
    }`;
}

const isPosted = ({ needs }: RowsWish) => needs.has('class') || needs.has('posting');
const classSql = sql`, post.service_group, post.engagement, post.designation_id, post.cadre_id`;

function postingsSql({ asOf, range }: RowsWish): Sql {
  return sql`select distinct on (person_id, office_id) person_id, office_id, service_group, engagement,
      designation_id, cadre_id
    from posting where ${coversSql('posting', asOf)} and ${inRange('posting', range)}
    order by person_id, office_id, ${foremostSql('posting')}`;
}

/** Where the standings of an order in force are kept. */
export async function sheetOfOrder(reads: Reads, number: string): Promise<string | undefined> {
  const found = await sql<{ sheetId: string }>`select sheet_id as "sheetId" from mandate
    where number = ${number} and state = 'published' and kind in ('order', 'amendment')`.execute(reads);
  return found.rows[0]?.sheetId;
}
