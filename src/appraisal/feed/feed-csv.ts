import { toCsvLine } from '../../kernel/tabular/index.ts';
import type { FeedItem } from './read-feed.ts';

export const feedColumns = [
  'cursor',
  'event',
  'happened_at',
  'statement_no',
  'state',
  'year',
  'employee_code',
  'issuer',
  'name_hi',
  'name_en',
  'office_code',
  'group',
  'designation',
  'courses',
  'renewals',
  'online_minutes',
  'classroom_minutes',
  'days',
  'orders_met',
  'orders_open',
  'replaces',
  'replaced_by',
  'digest',
  'elsewhere_minutes',
] as const;

/** One line an event; the columns stand in docs/appraisal-feed.md. */
export function feedCsv(items: readonly FeedItem[]): string {
  return `\uFEFF${[[...feedColumns], ...items.map(lineOf)].map((line) => toCsvLine(line)).join('')}`;
}

function lineOf({ statement, ...item }: FeedItem): (string | number)[] {
  const { person, post, totals, mandates } = statement;
  const met = mandates.filter(({ status }) => status === 'met' || status === 'metLate').length;
  const open = mandates.filter(({ status }) => status === 'open' || status === 'overdue').length;
  return [
    ...[item.cursor, item.event, item.happenedAt, item.statementNo, item.state, statement.year],
    ...[person.code ?? '', person.issuer, person.name.hi ?? '', person.name.en ?? ''],
    ...[post?.office.code ?? '', post?.group ?? '', post?.designation?.hi ?? post?.designation?.en ?? ''],
    ...[totals.courses, totals.renewals, totals.onlineMinutes, totals.classroomMinutes, totals.days],
    ...[met, open, item.replacesNo ?? '', item.replacedByNo ?? '', item.digest],
    totals.elsewhereMinutes ?? 0,
  ];
}
