import { useFrame } from '../frame.ts';

export type Tile = {
  key: string;
  column: number;
  row: number;
  name: string;
  /** What shades it; null where nothing is known. */
  value: number | null;
  /** As it stands in the tile: "48%". */
  text: string;
  /** For the ear, and where a pointer rests: "आगरा: 1,234 में से 48.1%". */
  title: string;
  href?: string;
};

type TileMapProps = {
  label: string;
  tiles: Tile[];
  /** A value as the legend writes it. */
  format: (value: number) => string;
};

// A drawing is neither a fieldset nor focusable as the linter takes it to be, so roles are spread.
const roles = {
  map: { role: 'group' },
  picture: { role: 'img' },
  shown: { 'aria-hidden': true },
} as const;
const size = { width: 84, height: 76, gap: 4 };
const tones = ['none', 'some', 'all'] as const;
type Tone = (typeof tones)[number];

/**
 * Areas as squares near their neighbours, in three shades that survive print and colour blindness; each has its name
 * and figure inside. A table of the same figures belongs beside it.
 */
export function TileMap({ label, tiles, format }: TileMapProps) {
  const columns = Math.max(...tiles.map((tile) => tile.column)) + 1;
  const rows = Math.max(...tiles.map((tile) => tile.row)) + 1;
  const steps = stepsOf(tiles);
  return (
    <div class="tile-map">
      <svg
        viewBox={`0 0 ${columns * size.width} ${rows * size.height}`}
        width="100%"
        {...roles.map}
        aria-label={label}
        focusable="false"
      >
        {tiles.map((tile) => (
          <TileSquare key={tile.key} tile={tile} tone={toneOf(tile.value, steps)} />
        ))}
      </svg>
      <Legend steps={steps} format={format} hasUnknown={tiles.some((tile) => tile.value === null)} />
    </div>
  );
}

function TileSquare({ tile, tone }: { tile: Tile; tone: Tone | undefined }) {
  const x = tile.column * size.width + size.gap / 2;
  const y = tile.row * size.height + size.gap / 2;
  const middle = x + (size.width - size.gap) / 2;
  const lines = linesOf(tile.name);
  const first = y + 34 - lines.length * 7.5;
  const inside = (
    <>
      <title>{tile.title}</title>
      <rect
        class={tone ? `band ${tone}` : 'tile-unknown'}
        x={x}
        y={y}
        width={size.width - size.gap}
        height={size.height - size.gap}
        rx="8"
      />
      <g class={tone ? `on-${tone}` : undefined} text-anchor="middle" {...roles.shown}>
        {lines.map((line, index) => (
          <text key={line} class="tile-name" x={middle} y={first + index * 15} font-size={fontSizeOf(line)}>
            {line}
          </text>
        ))}
        <text class="tile-value" x={middle} y={y + 65}>
          {tile.text}
        </text>
      </g>
    </>
  );
  return tile.href ? (
    <a href={tile.href}>{inside}</a>
  ) : (
    <g {...roles.picture} aria-label={tile.title}>
      {inside}
    </g>
  );
}

type Steps = [number, number] | undefined;

/** Thirds by rank; where all are alike there is one shade. */
function stepsOf(tiles: readonly Tile[]): Steps {
  const values = tiles.flatMap((tile) => tile.value ?? []).toSorted((a, b) => a - b);
  const at = (share: number) => values[Math.min(values.length - 1, Math.floor(values.length * share))];
  const [low, high] = [at(1 / 3), at(2 / 3)];
  return low === undefined || high === undefined || low === values.at(-1) ? undefined : [low, high];
}

function toneOf(value: number | null, steps: Steps): Tone | undefined {
  if (value === null) return undefined;
  if (!steps) return 'some';
  return value < steps[0] ? 'none' : value < steps[1] ? 'some' : 'all';
}

type LegendProps = { steps: Steps; format: (value: number) => string; hasUnknown: boolean };

function Legend({ steps, format, hasUnknown }: LegendProps) {
  const { t } = useFrame();
  const labels = steps
    ? [
        t('shell.tilesBelow', { value: format(steps[0]) }),
        t('shell.tilesBetween', { from: format(steps[0]), to: format(steps[1]) }),
        t('shell.tilesFrom', { value: format(steps[1]) }),
      ]
    : [];
  return (
    <ul class="legend">
      {labels.map((text, index) => (
        <li key={text}>
          <svg class="swatch" width="16" height="16" aria-hidden="true" focusable="false">
            <rect class={`band ${tones[index]}`} width="16" height="16" rx="4" />
          </svg>
          {text}
        </li>
      ))}
      {hasUnknown ? (
        <li>
          <svg class="swatch" width="16" height="16" aria-hidden="true" focusable="false">
            <rect class="tile-unknown" x="1" y="1" width="14" height="14" rx="4" />
          </svg>
          {t('shell.tilesUnknown')}
        </li>
      ) : null}
    </ul>
  );
}

/** A name is never cut: it breaks between its words, and a long word before its last part (सिद्धार्थ-नगर). */
function linesOf(name: string): string[] {
  const words = name.split(' ').flatMap(parted);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const isJoined = last !== undefined && !last.endsWith('-') && widthOf(last) + widthOf(word) < 8;
    if (isJoined) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function parted(word: string): string[] {
  if (widthOf(word) <= 10) return [word];
  const end = /(नगर|पुर|शहर|nagar|garh|pur|shahr)$/.exec(word)?.[0];
  return end ? [`${word.slice(0, -end.length)}-`, end] : [word];
}

/** In letters of usual width; signs above and below a Devanagari letter take none. */
function widthOf(text: string): number {
  const letters = [...text.normalize('NFC').matchAll(/[\p{L}\p{N} -]/gu)].length;
  const halves = [...text.matchAll(/्/gu)].length;
  const isDevanagari = /[\u0900-\u097f]/.test(text);
  const signs = [...text.matchAll(/[ािीोौ]/gu)].length;
  return isDevanagari ? letters - halves * 0.5 + signs * 0.4 : letters * 0.95;
}

const largest = 13.5;

/** Smaller where even the broken line is too wide for its square. */
function fontSizeOf(line: string): number {
  const room = size.width - size.gap - 6;
  const wanted = widthOf(line) * 0.62 * largest;
  return wanted <= room ? largest : Math.floor((10 * largest * room) / wanted) / 10;
}
