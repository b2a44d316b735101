import type { Kept, KeptSize } from './kept-results.ts';

export type KeptBySize = ReadonlyMap<KeptSize, readonly Kept[]>;

/**
 * What one piece of work costs at each size: the time of the whole machine for it, or, where the pace was given, how
 * long it took to be seen.
 */
function costOf(result: Kept): number {
  return result.name === 'freshness' ? result.p99 : 1000 / Math.max(result.perSecond, 1e-6);
}

type Line = { name: string; points: { size: KeptSize; cost: number; share: number }[] };

function linesOf(kept: KeptBySize): Line[] {
  const names = new Set([...kept.values()].flat().map((one) => one.name));
  return [...names].map((name) => ({
    name,
    points: [...kept].flatMap(([size, results]) => {
      const found = results.find((one) => one.name === name);
      return found ? [{ size, cost: costOf(found), share: found.ratio }] : [];
    }),
  }));
}

/** A row a benchmark: its cost at each size, how many times that of the smallest, and the share of the hardest limit. */
export function curveTable(kept: KeptBySize): string {
  const sizes = [...kept.keys()];
  const head = [
    'benchmark',
    ...sizes.map((size) => `${size}: ms each (share of its limit)`),
    'largest against smallest',
  ];
  const rows = linesOf(kept).map(({ name, points }) => {
    const cells = sizes.map((size) => {
      const point = points.find((one) => one.size === size);
      return point ? `${point.cost.toPrecision(3)} (${Math.round(point.share * 100)}%)` : 'not measured';
    });
    return [name, ...cells, growth(points)];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function growth(points: Line['points']): string {
  const [first, last] = [points[0], points.at(-1)];
  return first && last && points.length > 1 ? `× ${(last.cost / first.cost).toFixed(2)}` : '';
}

const people: Record<KeptSize, number> = { department: 3900, state: 1_880_000, nation: 14_500_000 };
const frame = { left: 56, top: 16, width: 560, height: 340, right: 200, bottom: 44 };

/** Costs against size as one picture, both axes by powers of ten, each line beginning at 1; undefined where only one size is measured. */
export function curvePicture(kept: KeptBySize): string | undefined {
  const lines = linesOf(kept).filter((line) => line.points.length > 1);
  if (lines.length === 0) return undefined;
  const relative = lines.map(({ name, points }) => {
    const base = points[0]?.cost ?? 1;
    return { name, points: points.map((point) => ({ size: point.size, times: point.cost / base })) };
  });
  const times = relative.flatMap((line) => line.points.map((point) => point.times));
  const [low, high] = [
    Math.min(0, ...times.map(powerBelow)),
    Math.max(1, ...times.map((one) => powerBelow(one) + 1)),
  ];
  const y = (value: number) => frame.top + (frame.height * (high - Math.log10(value))) / (high - low);
  const width = frame.left + frame.width + frame.right;
  const height = frame.top + frame.height + frame.bottom;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img" aria-label="Cost of each benchmark against the number of people, relative to the smallest size">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...axis({ low, high, y }),
    ...namesApart(
      relative.map(({ name, points }) => ({ name, points, at: y(points.at(-1)?.times ?? 1) })),
    ).map(({ name, points, at }, index) =>
      drawn({
        name,
        at,
        colour: colours[index % colours.length] ?? '#000000',
        path: points.map((point) => `${x(point.size)},${y(point.times).toFixed(1)}`),
      }),
    ),
    '</svg>',
    '',
  ].join('\n');
}

const colours = ['#0b5394', '#a61c00', '#38761d', '#741b47', '#7f6000', '#134f5c', '#4c1130', '#20124d'];

function powerBelow(value: number): number {
  return Math.floor(Math.log10(value) + 1e-9);
}

function x(size: KeptSize): number {
  const [from, to] = [Math.log10(people.department), Math.log10(people.nation)];
  return Math.round(frame.left + (frame.width * (Math.log10(people[size]) - from)) / (to - from));
}

function axis({ low, high, y }: { low: number; high: number; y(value: number): number }): string[] {
  const right = frame.left + frame.width;
  const levels = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
  const foot = frame.top + frame.height;
  return [
    ...levels.flatMap((level) => [
      `<line x1="${frame.left}" x2="${right}" y1="${y(level)}" y2="${y(level)}" stroke="#cccccc"/>`,
      `<text x="${frame.left - 8}" y="${y(level) + 4}" text-anchor="end">× ${level}</text>`,
    ]),
    ...Object.entries(people).map(
      ([size, count]) =>
        `<text x="${x(size as KeptSize)}" y="${foot + 20}" text-anchor="${size === 'nation' ? 'end' : 'start'}">${size}: ${count.toLocaleString('en-IN')}</text>`,
    ),
    `<text x="${frame.left}" y="${foot + 38}">people; cost of one piece of work relative to the smallest size measured</text>`,
  ];
}

const lineHeight = 14;

/** Names beside the ends of their lines, pushed down where they would stand on one another. */
function namesApart<T extends { at: number }>(lines: T[]): T[] {
  let lowest = -Infinity;
  return lines
    .toSorted((a, b) => a.at - b.at)
    .map((line) => {
      lowest = Math.max(line.at, lowest + lineHeight);
      return { ...line, at: lowest };
    });
}

function drawn({
  name,
  at,
  colour,
  path,
}: {
  name: string;
  at: number;
  colour: string;
  path: string[];
}): string {
  const label = `<text x="${frame.left + frame.width + 10}" y="${(at + 4).toFixed(1)}" fill="${colour}">${name}</text>`;
  return `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.6"/>${label}`;
}
