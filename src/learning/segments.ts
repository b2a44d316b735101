/** A part of a recording, in seconds from its beginning. */
export type Segment = [from: number, to: number];

/**
 * The parts as the database keeps them, in tenths of a second and never beyond the recording's end. Two parts that
 * met in seconds meet in tenths too; what is shorter than a tenth is nothing.
 */
export function segmentsText(segments: readonly Segment[], recordingSeconds: number): string {
  const end = Math.round(recordingSeconds * 10);
  const ranges = segments.flatMap(([from, to]) => {
    const low = Math.max(0, Math.round(from * 10));
    const high = Math.min(end, Math.round(to * 10));
    return high > low ? `[${low},${high})` : [];
  });
  return `{${ranges.join(',')}}`;
}

/** Parts as the database wrote them, in seconds again. */
export function segmentsOf(text: string): Segment[] {
  return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, low, high]) => [Number(low) / 10, Number(high) / 10]);
}

export function partOfPage(page: number, pageSeconds: number): Segment {
  return [(page - 1) * pageSeconds, page * pageSeconds];
}

/** The pages of a PDF that were not looked at long enough yet. */
export function openPages(seen: readonly Segment[], at: { pages: number; pageSeconds: number }): number[] {
  const all = Array.from({ length: at.pages }, (_, index) => index + 1);
  return all.filter((page) => {
    const [from, to] = partOfPage(page, at.pageSeconds);
    const inIt = seen.reduce(
      (sum, part) => sum + Math.max(0, Math.min(part[1], to) - Math.max(part[0], from)),
      0,
    );
    return inIt < at.pageSeconds - 0.15;
  });
}
