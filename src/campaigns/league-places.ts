import type { LeagueRow } from './league-view.ts';
import { type SizeClass, sizeClasses } from './state.ts';

/** Why an office has no place: fewer than 20 people, a figure of its class that is hidden, or none beside it. */
export const unrankedReasons = ['few', 'hidden', 'alone'] as const;
export type Unranked = (typeof unrankedReasons)[number];
export type UnplacedRow = Omit<LeagueRow, 'rank' | 'unranked'>;

/**
 * Class by class, the largest first, each in the order of its places. Where a figure of one is hidden from the reader
 * nobody of its class has a place: the true ones would tell of what is hidden, others are false.
 */
export function placed(rows: readonly UnplacedRow[]): LeagueRow[] {
  const bySize = Map.groupBy(rows, (row) => row.sizeClass);
  const of = (size: SizeClass | null) => bySize.get(size) ?? [];
  return [
    ...sizeClasses.toReversed().flatMap(({ key }) => placedClass(of(key))),
    ...unplaced(of(null), 'few'),
  ];
}

function placedClass(rows: readonly UnplacedRow[]): LeagueRow[] {
  if (rows.some((row) => row.minutes === null)) return unplaced(rows, 'hidden');
  // A place is one among others.
  if (rows.length === 1) return unplaced(rows, 'alone');
  const sorted = rows.toSorted(
    (a, b) => perHead(b) - perHead(a) || (b.people ?? 0) - (a.people ?? 0) || byCode(a, b),
  );
  let rank = 0;
  return sorted.map((row, at) => {
    const before = sorted[at - 1];
    if (!before || perHead(before) !== perHead(row)) rank = at + 1;
    return { ...row, rank, unranked: null };
  });
}

/** Their order is no place either. */
function unplaced(rows: readonly UnplacedRow[], unranked: Unranked): LeagueRow[] {
  return rows.toSorted(byCode).map((row) => ({ ...row, rank: null, unranked }));
}

function byCode(a: UnplacedRow, b: UnplacedRow): number {
  return a.code < b.code ? -1 : 1;
}

/** Minutes a head as files and the API give them: to a tenth; null where they are hidden or nobody is there. */
export function minutesPerHead(row: Pick<LeagueRow, 'minutes' | 'people'>): number | null {
  return row.minutes === null || !row.people ? null : Math.round(10 * perHead(row)) / 10;
}

/** Minutes a head; of nobody, or hidden, none. */
export function perHead({ minutes, people }: Pick<LeagueRow, 'minutes' | 'people'>): number {
  return minutes === null || !people ? 0 : minutes / people;
}
