import { formatDay, formatDayTime } from '../../kernel/dates.ts';
import type { Snapshot } from '../snapshots/read-snapshots.ts';
import type { Say } from './words.ts';

type Listed = Omit<Snapshot, 'sheet'>;
/** What is said above the figures of each of the two. */
export type Heads = [first: string, second: string];

/** "31 अक्टूबर 2026: मासिक समीक्षा (23 नवंबर 2026, 00:41)". */
export function dayAndOccasion(
  { asOf, note, publishedAt }: Listed,
  { language }: Pick<Say, 'language'>,
): string {
  const at = formatDayTime(publishedAt, language);
  return `${formatDay(asOf, language)}: ${note ? `${note} (${at})` : at}`;
}

/** What parts the two, as short as it can be: their days, or where they have the same when they were published. */
export function headsOf(
  [first, second]: readonly [Listed, Listed],
  { language }: Pick<Say, 'language'>,
): Heads {
  const head = ({ asOf, publishedAt }: Listed) =>
    first.asOf === second.asOf ? formatDayTime(publishedAt, language) : formatDay(asOf, language);
  return [head(first), head(second)];
}
