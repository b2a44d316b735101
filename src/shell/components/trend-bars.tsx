import { scaleBand, scaleLinear } from 'd3-scale';
import { axisFigure, figure } from '../figures.ts';
import { useFrame } from '../frame.ts';
import { Details } from './surface.tsx';

export type TrendPoint = {
  /** Short, for the axis: "अक्तू". */
  label: string;
  /** Long, for the table: "अक्तूबर 2026". */
  longLabel?: string;
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

const plot = { top: 22, bottom: 150, height: 176 };

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
    <svg class="trend-plot" width="100%" height={plot.height} role="img" aria-label={useSpoken(props)}>
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
            <text class={axisClass(points, index)} x={middle} y={plot.bottom + 20} text-anchor="middle">
              {point.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Where room is short every other label stands; the highest and the last bar, which carry a number, always have theirs. */
function axisClass(points: TrendPoint[], index: number): string {
  const last = points.length - 1;
  const most = Math.max(...points.map((point) => point.value));
  const peak = points.findIndex((point) => point.value === most);
  if (index === last || index === peak) {
    // The two beside one another step apart.
    if (peak !== last - 1) return 'axis';
    return index === last ? 'axis to-end' : 'axis to-start';
  }
  return (last - index) % 2 === 1 || Math.abs(index - peak) === 1 ? 'axis odd' : 'axis';
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
