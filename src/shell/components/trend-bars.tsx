import { scaleBand, scaleLinear } from 'd3-scale';
import { axisFigure, figure } from '../figures.ts';
import { useFrame } from '../frame.ts';
import { Details } from './surface.tsx';

export type TrendPoint = {
  /** Short, for the axis: "अक्तू". */
  label: string;
  /** Long, for the table: "अक्तूबर 2026". */
  longLabel?: string;
  /** Told once below the axis, where it begins: "2026". */
  year?: string;
  value: number;
};

type TrendBarsProps = {
  /** What is counted: "पूरे किए गए कोर्स". */
  label: string;
  points: TrendPoint[];
  /** The last period still runs: drawn dashed and named so. */
  isLastUnfinished?: boolean;
  /** Hides the table where the page already has one. */
  hasOwnTable?: boolean;
};

const plot = { top: 22, bottom: 150, labels: 170, years: 188 };
/** Labels in two rows where room is short: a row more. */
const height = { plain: 190, withYears: 206 };
/** Of more points than these not every one has a label, but each so many-th, counted from the last. */
const mostLabels = 14;

export function TrendBars({ label, points, isLastUnfinished = false, hasOwnTable }: TrendBarsProps) {
  return (
    <div class="trend">
      <TrendPlot label={label} points={points} isLastUnfinished={isLastUnfinished} />
      {hasOwnTable ? null : <TrendTable label={label} points={points} isLastUnfinished={isLastUnfinished} />}
    </div>
  );
}

type Drawn = { label: string; points: TrendPoint[]; isLastUnfinished: boolean };

function TrendPlot(props: Drawn) {
  const { points } = props;
  const { language } = useFrame();
  const most = Math.max(1, ...points.map((point) => point.value));
  const y = scaleLinear([0, most], [plot.bottom, plot.top]).nice(3);
  const wholeTicks = y.ticks(3).filter(Number.isInteger);
  // x in per cent, y in px: the text keeps its size at every width.
  const x = scaleBand(
    points.map((_, index) => index),
    [13, 92],
  )
    .paddingInner(0.35)
    .paddingOuter(0.1);
  return (
    <svg
      class="trend-plot"
      width="100%"
      height={points.some(({ year }) => year) ? height.withYears : height.plain}
      role="img"
      aria-label={useSpoken(props)}
    >
      {wholeTicks.map((tick) => (
        <g key={tick}>
          <line class="grid-line" x1="12%" x2="100%" y1={y(tick)} y2={y(tick)} />
          <text class="axis" x="10.5%" y={y(tick) + 4} text-anchor="end">
            {axisFigure(tick, language)}
          </text>
        </g>
      ))}
      {points.map((point, index) => {
        const left = x(index) ?? 0;
        const isLast = index === points.length - 1;
        const middle = `${round(left + x.bandwidth() / 2)}%`;
        const [valueAt, anchor] = isLast
          ? [`${round(left)}%`, 'start']
          : index === points.length - 2
            ? [`${round(left + x.bandwidth())}%`, 'end']
            : [middle, 'middle'];
        return (
          <g key={point.longLabel ?? point.label}>
            <rect
              class={isLast && props.isLastUnfinished ? 'trend-bar unfinished' : 'trend-bar'}
              x={`${round(left)}%`}
              y={round(y(point.value))}
              width={`${round(x.bandwidth())}%`}
              height={round(plot.bottom - y(point.value))}
              rx="3"
            />
            {isLast || point.value === most ? (
              <text class="trend-value" x={valueAt} y={y(point.value) - 6} text-anchor={anchor}>
                {axisFigure(point.value, language)}
              </text>
            ) : null}
            <AxisLabel points={points} index={index} x={middle} />
          </g>
        );
      })}
      {yearsOf(points).map(({ year, from, isLone }) => {
        const left = x(from) ?? 0;
        // Over one bar alone there is no room for it but outwards.
        const isBefore = isLone && from === 0;
        const at = isBefore ? left + x.bandwidth() : left;
        return (
          <text
            key={year}
            class="axis year"
            x={`${round(at)}%`}
            y={plot.years}
            text-anchor={isBefore ? 'end' : 'start'}
          >
            {year}
          </text>
        );
      })}
    </svg>
  );
}

/** Where room is short every other one stands a row lower, so that none is left out and none touches the next. */
function AxisLabel({ points, index, x }: { points: TrendPoint[]; index: number; x: string }) {
  const step = Math.ceil(points.length / mostLabels);
  const back = points.length - 1 - index;
  if (back % step !== 0) return null;
  return (
    <text class={(back / step) % 2 === 1 ? 'axis low' : 'axis'} x={x} y={plot.labels} text-anchor="middle">
      {points[index]?.label}
    </text>
  );
}

type Year = { year: string; from: number; isLone: boolean };

function yearsOf(points: TrendPoint[]): Year[] {
  const first = points.flatMap(({ year }, index) =>
    year && year !== points[index - 1]?.year ? [{ year, from: index }] : [],
  );
  return first.map(({ year, from }, at) => ({ year, from, isLone: first[at + 1]?.from === from + 1 }));
}

function useSpoken({ label, points, isLastUnfinished }: Drawn): string {
  const { t, language } = useFrame();
  const first = points.at(0);
  const last = points.at(-1);
  if (!first || !last) return label;
  const top = points.reduce((best, point) => (point.value > best.value ? point : best), first);
  const text = t('shell.trendText', {
    label,
    first: first.longLabel ?? first.label,
    last: last.longLabel ?? last.label,
    max: figure(top.value, language),
    maxPeriod: top.longLabel ?? top.label,
  });
  if (!isLastUnfinished) return text;
  return `${text}; ${t('shell.trendUnfinished', { period: last.longLabel ?? last.label })}`;
}

function TrendTable({ label, points, isLastUnfinished }: Drawn) {
  const { t, language } = useFrame();
  return (
    <Details summary={t('shell.showAsTable')}>
      <table class="small-table">
        <caption class="hidden-text">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('shell.period')}</th>
            <th scope="col" class="number">
              {label}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map((point, index) => (
            <tr key={point.longLabel ?? point.label}>
              <th scope="row">
                {point.longLabel ?? point.label}
                {isLastUnfinished && index === points.length - 1 ? ` (${t('shell.unfinished')})` : ''}
              </th>
              <td class="number">{figure(point.value, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Details>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
