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
