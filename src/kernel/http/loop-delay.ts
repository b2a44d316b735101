import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolutionMs = 10;
const everyMs = 1000;

/**
 * How far the event loop of this process is behind, from now on: the smaller of the averages of the last two seconds,
 * since one long turn is soon made up for and no reason to turn anybody away.
 */
export function watchLoop(): () => number {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  let [before, last] = [0, 0];
  setInterval(() => {
    // Without a single measure in a second the loop stood still for all of it.
    const mean = histogram.count === 0 ? everyMs : histogram.mean / 1e6 - resolutionMs;
    [before, last] = [last, Math.max(0, mean)];
    histogram.reset();
  }, everyMs).unref();
  return () => Math.min(before, last);
}
