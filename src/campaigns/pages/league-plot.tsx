import { type LeagueRow, perHead } from '../league-view.ts';
import { lengthText, nameOf, type Say } from './words.ts';

const mostBars = 10;
const line = 26;

/** Minutes a head of the first offices, as bars; the table beneath has the same figures. */
export function LeaguePlot({ label, rows, say }: { label: string; rows: readonly LeagueRow[]; say: Say }) {
  const shown = rows.filter((row) => row.rank !== null).slice(0, mostBars);
  const most = Math.max(...shown.map(perHead), 0);
  if (shown.length < 2 || most === 0) return null;
  const spoken = shown.map((row) => `${nameOf(row, say)} ${lengthText(perHead(row), say)}`).join('; ');
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
          <rect
            class="trend-bar"
            x="0"
            y={at * line + 2}
            width={`${widthOf(row, most)}%`}
            height={line - 6}
            rx="3"
          />
          <text class="trend-value" x={`${widthOf(row, most) + 1}%`} y={at * line + 17}>
            {`${row.rank}. ${lengthText(perHead(row), say)}`}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Half the width is left for the words beside the bars. */
function widthOf(row: LeagueRow, most: number): number {
  return Math.max(1, Math.round((60 * perHead(row)) / most));
}
