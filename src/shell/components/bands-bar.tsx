import type { ComponentChildren } from 'preact';
import { formatPercent } from '../../kernel/numbers.ts';
import { figure } from '../figures.ts';
import { useFrame } from '../frame.ts';

/** `none`, `some`, `all` are the sequential scale; the others are for an order's status. */
export type BandTone = 'none' | 'some' | 'all' | 'done' | 'late' | 'open' | 'overdue' | 'exempt';

export type Band = {
  label: string;
  value: number;
  tone?: BandTone;
  /** "इनमें 318 ने शुरू किया है" */
  note?: string;
  href?: string;
};

type BandsBarProps = {
  label: string;
  /** Disjoint; they add up to the whole. */
  bands: Band[];
  /** What the whole is: "पंजीकृत". */
  totalLabel?: string;
  /** Of too few, or beside a percentage of another whole. */
  isPercentHidden?: boolean;
  /** One more sentence: "तीन से कम: 1,611, इनमें 1,141 ने एक भी नहीं". */
  children?: ComponentChildren;
};

const sequence: BandTone[] = ['none', 'some', 'all'];
const barHeight = 44;
const rowHeight = 22;
// Per cent of the width that one digit takes on the narrowest bar we draw (about 280 px).
const percentPerCharacter = 3.8;

type Part = { band: Band; tone: BandTone; from: number; width: number; text: string; isNarrow: boolean };

/** Disjoint parts of one whole, in one bar, with the sum in sight. */
export function BandsBar({ label, bands, totalLabel, isPercentHidden, children }: BandsBarProps) {
  const { t, language } = useFrame();
  const total = bands.reduce((sum, band) => sum + band.value, 0);
  const parts = toParts(bands, total, (value) => figure(value, language));
  const spoken = t('shell.bandsText', {
    label,
    total: figure(total, language),
    parts: bands
      .map((band) =>
        isPercentHidden
          ? `${band.label} ${figure(band.value, language)}`
          : t('shell.bandPart', {
              label: band.label,
              value: figure(band.value, language),
              percent: formatPercent(band.value, total),
            }),
      )
      .join(', '),
  });
  return (
    <div class="bands">
      <BandsPlot parts={parts} spoken={spoken} />
      <ul class="legend">
        {parts.map((part) => (
          <LegendItem key={part.band.label} part={part} total={isPercentHidden ? undefined : total} />
        ))}
      </ul>
      <p class="bands-sum">
        {parts.map((part) => part.text).join(' + ')} = <b>{figure(total, language)}</b>{' '}
        {totalLabel ?? t('shell.total')}
      </p>
      {children ? <p class="soft">{children}</p> : null}
    </div>
  );
}

function toParts(bands: Band[], total: number, format: (value: number) => string): Part[] {
  let from = 0;
  return bands.map((band, index) => {
    const width = total === 0 ? 0 : (100 * band.value) / total;
    const text = format(band.value);
    const part: Part = {
      band,
      tone: band.tone ?? sequence[index] ?? 'exempt',
      from,
      width,
      text,
      isNarrow: width < text.length * percentPerCharacter,
    };
    from += width;
    return part;
  });
}

function BandsPlot({ parts, spoken }: { parts: Part[]; spoken: string }) {
  const drawn = parts.filter((part) => part.width > 0);
  const outside = placeOutside(drawn.filter((part) => part.isNarrow));
  return (
    <div class="bands-plot" role="img" aria-label={spoken}>
      <div class="bands-frame">
        <svg width="100%" height={barHeight} aria-hidden="true" focusable="false">
          {drawn.map((part) => (
            <BandRect key={part.band.label} part={part} />
          ))}
          {drawn.slice(1).map((part) => (
            <line key={part.band.label} class="band-line" {...across(part.from)} y1="0" y2={barHeight} />
          ))}
        </svg>
      </div>
      {outside.length > 0 ? <OutsideLabels places={outside} /> : null}
    </div>
  );
}

function BandRect({ part }: { part: Part }) {
  return (
    <>
      <rect
        class={`band ${part.tone}`}
        x={`${round(part.from)}%`}
        width={`${round(part.width)}%`}
        height={barHeight}
      />
      {part.isNarrow ? null : (
        <text
          class={`on-${part.tone}`}
          x={`${round(part.from + part.width / 2)}%`}
          y={barHeight / 2 + 6}
          text-anchor="middle"
        >
          {part.text}
        </text>
      )}
    </>
  );
}

function OutsideLabels({ places }: { places: Outside[] }) {
  const rows = Math.max(...places.map((place) => place.row + 1));
  return (
    <svg width="100%" height={rows * rowHeight + 8} aria-hidden="true" focusable="false">
      {places.map(({ part, row, middle, anchor }) => (
        <g key={part.band.label}>
          <line class="band-tick" {...across(middle)} y1="0" y2={row * rowHeight + 7} />
          <text x={`${middle}%`} y={row * rowHeight + 23} text-anchor={anchor}>
            {part.text}
          </text>
        </g>
      ))}
    </svg>
  );
}

function across(percent: number) {
  return { x1: `${round(percent)}%`, x2: `${round(percent)}%` };
}

type Outside = { part: Part; row: number; middle: number; anchor: 'start' | 'middle' | 'end' };

/** Labels under the bar; one that would touch the one before it goes a row deeper. */
function placeOutside(narrow: Part[]): Outside[] {
  const rowEnds: number[] = [];
  return narrow.map((part) => {
    const middle = round(part.from + part.width / 2);
    const size = part.text.length * percentPerCharacter;
    const anchor = middle < size / 2 ? 'start' : middle > 100 - size / 2 ? 'end' : 'middle';
    const start = anchor === 'start' ? middle : anchor === 'end' ? middle - size : middle - size / 2;
    let row = rowEnds.findIndex((end) => end < start);
    if (row === -1) row = rowEnds.length;
    rowEnds[row] = start + size;
    return { part, row, middle, anchor };
  });
}

function LegendItem({ part, total }: { part: Part; total: number | undefined }) {
  const { band } = part;
  return (
    <li>
      <svg class="swatch" width="16" height="16" aria-hidden="true" focusable="false">
        <rect class={`band ${part.tone}`} width="16" height="16" rx="4" />
      </svg>
      <span>
        {band.href ? <a href={band.href}>{band.label}</a> : band.label}: <b>{part.text}</b>{' '}
        {total === undefined ? null : <span class="soft">({formatPercent(band.value, total)})</span>}
        {band.note ? <span class="soft legend-note">{band.note}</span> : null}
      </span>
    </li>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
