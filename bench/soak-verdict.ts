/** What was seen of the server at one moment. */
export type Sample = { megabytes: number; handles: number; connections: number };

export type Verdict = {
  /** `too short`: less than ten minutes after warming up tell nothing about an hour. */
  verdict: 'holds' | 'grows' | 'fails' | 'too short';
  reasons: string[];
  megabytes: { warm: number; end: number; anHour: number; giveOrTake: number };
  handles: { warm: number; end: number; most: number };
  connections: { warm: number; end: number; most: number };
};

const samplesAMinute = 6;
const fewestMinutes = 10;

/**
 * The least of each minute counts, since what lies above it is only what has not been collected yet; the first
 * third is warming up. Handles and connections come and go: they grow where the last third never comes down to
 * the most of what was before it.
 */
export function judge(samples: readonly Sample[], run: { failed: number; mostAnHour: number }): Verdict {
  const warm = samples.slice(Math.ceil(samples.length / 3));
  const minutes = leastOfMinutes(warm.map((one) => one.megabytes));
  const { slope, error } = line(minutes);
  const [handles, connections] = [
    rangeOf(warm.map((one) => one.handles)),
    rangeOf(warm.map((one) => one.connections)),
  ];
  const growing = [
    ...(slope * 60 > run.mostAnHour ? [`memory by ${(slope * 60).toFixed(1)} MB an hour`] : []),
    ...(handles.grows ? ['file handles'] : []),
    ...(connections.grows ? ['connections'] : []),
  ];
  const isShort = minutes.length < fewestMinutes;
  const failing = run.failed > 0 ? [`${run.failed} requests failed`] : [];
  const grown = isShort ? [] : growing.map((what) => `grows: ${what}`);
  const short = isShort ? [`${minutes.length} minutes after warming up, of at least ${fewestMinutes}`] : [];
  return {
    verdict: failing.length ? 'fails' : isShort ? 'too short' : grown.length ? 'grows' : 'holds',
    reasons: [...failing, ...grown, ...short],
    megabytes: {
      ...{
        warm: round(minutes[0] ?? warm[0]?.megabytes),
        end: round(minutes.at(-1) ?? warm.at(-1)?.megabytes),
      },
      ...{ anHour: round(slope * 60), giveOrTake: round(error * 60) },
    },
    handles: handles.seen,
    connections: connections.seen,
  };
}

function leastOfMinutes(values: readonly number[]): number[] {
  const least: number[] = [];
  for (let at = 0; at + samplesAMinute <= values.length; at += samplesAMinute)
    least.push(Math.min(...values.slice(at, at + samplesAMinute)));
  return least;
}

/** The line of least squares through a value each minute, and the standard error of its slope. */
function line(values: readonly number[]): { slope: number; error: number } {
  if (values.length < 3) return { slope: 0, error: 0 };
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const run = values.reduce((sum, _, minute) => sum + (minute - middle) ** 2, 0);
  const slope = values.reduce((sum, value, minute) => sum + (minute - middle) * (value - mean), 0) / run;
  const left = values.reduce(
    (sum, value, minute) => sum + (value - mean - slope * (minute - middle)) ** 2,
    0,
  );
  return { slope, error: Math.sqrt(left / (values.length - 2) / run) };
}

function rangeOf(values: readonly number[]) {
  const last = values.slice(Math.floor((2 * values.length) / 3));
  const before = values.slice(0, Math.floor((2 * values.length) / 3));
  const seen = { warm: values[0] ?? 0, end: values.at(-1) ?? 0, most: Math.max(0, ...values) };
  return { seen, grows: before.length > 0 && Math.min(...last) > Math.max(...before) };
}

function round(value = 0): number {
  return Math.round(value * 10) / 10;
}
