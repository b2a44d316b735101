import { perHead } from '../league-places.ts';
import type { LeagueRow } from '../league-view.ts';
import { headText, nameOf, type Say } from './words.ts';

const mostBars = 5;
const line = 48;

/** Minutes a head of the first offices, as bars; the table beneath has the same figures. */
export function LeaguePlot({ label, rows, say }: { label: string; rows: readonly LeagueRow[]; say: Say }) {
  const shown = rows.filter((row) => row.rank !== null).slice(0, mostBars);
  const most = Math.max(...shown.map(perHead), 0);
  if (shown.length < 2 || most === 0) return null;
  const spoken = shown.map((row) => `${nameOf(row, say)} ${headText(perHead(row), say)}`).join('; ');
  return (
    <svg
      class="trend-plot"
      width="100%"
      height={shown.length * line}
      role="img"
      aria-label={`${label}: ${spoken}`}
    >
      {shown.map((row, at) => (
        <g key={row.code}>
          <text class="axis" x="0" y={at * line + 16}>
            {`${row.rank}. ${nameOf(row, say)}`}
          </text>
          <rect
            class="trend-bar"
            x="0"
            y={at * line + 23}
            width={`${widthOf(row, most)}%`}
            height="16"
            rx="3"
          />
          <text class="trend-value" x={`${widthOf(row, most) + 1}%`} y={at * line + 36}>
            {headText(perHead(row), say)}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Some of the width is left for the figure beside the bar. */
function widthOf(row: LeagueRow, most: number): number {
  return Math.max(1, Math.round((60 * perHead(row)) / most));
}
