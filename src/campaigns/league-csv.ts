import type { Readable } from 'node:stream';
import { type Cell, csvStream } from '../kernel/tabular/index.ts';
import { type LeagueRow, type LeagueView, minutesPerHead } from './league-view.ts';

const headings = [
  ...['office_code', 'name_hi', 'name_en', 'size_class', 'rank', 'people', 'completions', 'minutes'],
  ...['minutes_per_head', 'met', 'later_completions', 'later_minutes', 'later_met', 'as_of'],
];

/** The office and those below it, with what the page may show; a masked figure is empty. */
export function leagueCsv({ office, rows, asOf }: LeagueView): Readable {
  return csvStream(headings, [[office, ...rows].map((row) => cellsOf(row, asOf))], { bom: true });
}

function cellsOf(row: LeagueRow, asOf: string): Cell[] {
  const { code, nameHi, nameEn, sizeClass, rank, people, completions, minutes, met, later } = row;
  return [
    ...[code, nameHi, nameEn, sizeClass, rank, people, completions, minutes],
    ...[minutesPerHead(row), met],
    ...[later?.completions, later?.minutes, later?.met, asOf],
  ];
}
