import type { ComponentChildren } from 'preact';
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
  /** Where it stands in a list. */
  place: number;
};

type TileMapProps = {
  label: string;
  tiles: Tile[];
  /** What the squares are; where there is no room for them, what the list is ordered by. */
  lead?: { map: ComponentChildren; list: ComponentChildren };
  /** A value as the legend writes it. */
  format: (value: number) => string;
  /** For a wide screen that the map has for itself: squares are drawn wider than high, their names larger. */
  isWide?: boolean;
};

// A drawing is neither a fieldset nor focusable as the linter takes it to be, so roles are spread.
const roles = {
  map: { role: 'group' },
  picture: { role: 'img' },
  shown: { 'aria-hidden': true },
} as const;
/** Of a square, and in it: the largest letters of a name, the room for its lines, and the figure's letters. */
type Shape = { width: number; height: number; name: number; lines: number; value: number };
const square: Shape = { width: 84, height: 76, name: 13.5, lines: 46, value: 14 };
const wide: Shape = { width: 120, height: 71, name: 23, lines: 41, value: 18 };
const gap = 4;
/** Squares grow to this with the room there is, no further. */
const largestScale = 1.3;
/** So many columns have names that can be read on a phone too. */
const mostOnPhones = 3;
const tones = ['none', 'some', 'all'] as const;
type Tone = (typeof tones)[number];

/**
 * Areas as squares near their neighbours, in three shades that survive print and colour blindness; each has its name
 * and figure inside. Where names in so many squares could not be read they stand as a list. A table of the same figures
 * belongs beside it.
 */
export function TileMap({ label, tiles, lead, format, isWide }: TileMapProps) {
  const shape = isWide ? wide : square;
  const [left, columns] = rangeOf(tiles.map((tile) => tile.column));
  const [top, rows] = rangeOf(tiles.map((tile) => tile.row));
  const box = [left * shape.width, top * shape.height, columns * shape.width, rows * shape.height];
  const steps = stepsOf(tiles);
  return (
    <div class={columns > mostOnPhones ? 'tile-map' : 'tile-map is-small'}>
      {lead ? (
        <>
          <p class="lead of-map">{lead.map}</p>
          <p class="lead of-list">{lead.list}</p>
        </>
      ) : null}
      <svg
        class="of-map"
        viewBox={box.join(' ')}
        width={Math.round(columns * shape.width * largestScale)}
        {...roles.map}
        aria-label={label}
        focusable="false"
      >
        {tiles.map((tile) => (
          <TileSquare key={tile.key} tile={tile} tone={toneOf(tile.value, steps)} shape={shape} />
        ))}
      </svg>
      <TileList label={label} tiles={tiles} steps={steps} />
      <Legend steps={steps} format={format} hasUnknown={tiles.some((tile) => tile.value === null)} />
    </div>
  );
}

type SquareProps = { tile: Tile; tone: Tone | undefined; shape: Shape };

function TileSquare({ tile, tone, shape }: SquareProps) {
  const x = tile.column * shape.width + gap / 2;
  const y = tile.row * shape.height + gap / 2;
  const [width, height] = [shape.width - gap, shape.height - gap];
  const middle = x + width / 2;
  const lines = linesOf(tile.name, shape);
  const step = lineHeight(lines.length, shape);
  // The lines stand in the middle of their room, the figure below it.
  const first = y + gap + (shape.lines - lines.length * step) / 2 + step * 0.78;
  const inside = (
    <>
      <title>{tile.title}</title>
      <rect class={tone ? `band ${tone}` : 'tile-unknown'} {...{ x, y, width, height }} rx="8" />
      <g class={tone ? `on-${tone}` : undefined} text-anchor="middle" {...roles.shown}>
        {lines.map(({ text, size }, index) => (
          <text key={text} class="tile-name" x={middle} y={round(first + index * step)} font-size={size}>
            {text}
          </text>
        ))}
        <text class="tile-value" x={middle} y={y + height - 7} font-size={shape.value}>
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

/** The same tiles one after another, as wide as a name needs. */
function TileList({ label, tiles, steps }: Pick<TileMapProps, 'label' | 'tiles'> & { steps: Steps }) {
  return (
    <ol class="tile-list of-list" aria-label={label}>
      {tiles
        .toSorted((a, b) => a.place - b.place)
        .map((tile) => {
          const inside = (
            <>
              <span>{tile.name}</span> <span class="tile-figure">{tile.text}</span>
            </>
          );
          const tone = toneOf(tile.value, steps);
          return (
            <li key={tile.key} class={tone ? `on-${tone}` : undefined}>
              {tile.href ? <a href={tile.href}>{inside}</a> : <div>{inside}</div>}
            </li>
          );
        })}
    </ol>
  );
}

/** The first of the numbers, and how many there are from it to the last. */
function rangeOf(numbers: readonly number[]): [first: number, count: number] {
  const first = Math.min(...numbers);
  return [first, Math.max(...numbers) - first + 1];
}

/** Where the shades part, upwards: two values, one where there are only two to tell apart, none where all are alike. */
type Steps = readonly number[];

/** Thirds by rank; where many are alike, thirds of the different values. */
export function stepsOf(tiles: readonly Pick<Tile, 'value'>[]): Steps {
  const values = tiles.flatMap((tile) => tile.value ?? []).toSorted((a, b) => a - b);
  const different = [...new Set(values)];
  const [first] = different;
  const thirdsOf = (list: readonly number[]) =>
    [1 / 3, 2 / 3].flatMap((share) => list[Math.floor(list.length * share)] ?? []);
  const byRank = new Set(thirdsOf(values));
  const isParted = byRank.size === 2 && first !== undefined && !byRank.has(first);
  if (isParted) return [...byRank];
  return [...new Set(thirdsOf(different))].filter((step) => step !== first);
}

function toneOf(value: number | null, steps: Steps): Tone | undefined {
  if (value === null) return undefined;
  return tonesFor(steps)[steps.filter((step) => value >= step).length];
}

/** Dark is the most; of two shades the outer ones, of one the middle one. */
function tonesFor(steps: Steps): readonly Tone[] {
  return steps.length === 0 ? ['some'] : steps.length === 1 ? ['none', 'all'] : tones;
}

type LegendProps = { steps: Steps; format: (value: number) => string; hasUnknown: boolean };

function Legend({ steps, format, hasUnknown }: LegendProps) {
  const { t } = useFrame();
  const [low, high = low] = steps;
  const labels =
    low === undefined || high === undefined
      ? []
      : [
          t('shell.tilesBelow', { value: format(low) }),
          ...(high === low ? [] : [t('shell.tilesBetween', { from: format(low), to: format(high) })]),
          t('shell.tilesFrom', { value: format(high) }),
        ];
  return (
    <ul class="legend">
      {labels.map((text, index) => (
        <li key={text}>
          <svg class="swatch" width="16" height="16" aria-hidden="true" focusable="false">
            <rect class={`band ${tonesFor(steps)[index]}`} width="16" height="16" rx="4" />
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

type NameLine = { text: string; size: number };

/**
 * A name is never cut: it breaks between its words, and a long word before its last part (सिद्धार्थ-नगर), where its
 * letters stay largest.
 */
function linesOf(name: string, shape: Shape): NameLine[] {
  const found = [14, 11, 8, 6].map((most) => {
    const lines = brokenAt(name, most);
    return lines.map((text) => ({ text, size: fontSizeOf(text, lines.length, shape) }));
  });
  return found.reduce((best, lines) => (readable(lines) > readable(best) ? lines : best));
}

/** By its smallest letters; a word is broken only where these gain by it. */
function readable(lines: readonly NameLine[]): number {
  const isBroken = lines.some(({ text }) => text.endsWith('-'));
  return Math.min(...lines.map(({ size }) => size)) * (isBroken ? 0.85 : 1);
}

/** Words together as long as they are narrower than so many letters. */
function brokenAt(name: string, most: number): string[] {
  const words = name.split(' ').flatMap((word) => (widthOf(word) > most + 2 ? parted(word) : [word]));
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const isJoined = last !== undefined && !last.endsWith('-') && widthOf(last) + widthOf(word) < most;
    if (isJoined) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function parted(word: string): string[] {
  const end = /(नगर|पुर|शहर|nagar|garh|pur|shahr)$/.exec(word)?.[0];
  return end ? [`${word.slice(0, -end.length)}-`, end] : [word];
}

/** In letters of usual width; signs above and below a Devanagari letter take none. */
function widthOf(text: string): number {
  const letters = [...text.normalize('NFC').matchAll(/[\p{L}\p{N} -]/gu)].length;
  const halves = [...text.matchAll(/्/gu)].length;
  const isDevanagari = /[\u0900-\u097f]/.test(text);
  const signs = [...text.matchAll(/[ािीोौ]/gu)].length;
  return isDevanagari ? letters - halves * 0.5 + signs * 0.4 : letters;
}

function lineHeight(lines: number, shape: Shape): number {
  return Math.min(shape.name * 1.15, shape.lines / lines);
}

/** Of a letter's height, in the bold of names. */
const letterWidth = 0.65;

/** Smaller where even the broken line is too wide for its square, or there are many of them. */
function fontSizeOf(line: string, lines: number, shape: Shape): number {
  const room = shape.width - gap - 6;
  const tallest = Math.min(shape.name, lineHeight(lines, shape) * 0.9);
  const wanted = widthOf(line) * letterWidth * tallest;
  return Math.floor(10 * (wanted <= room ? tallest : (tallest * room) / wanted)) / 10;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
