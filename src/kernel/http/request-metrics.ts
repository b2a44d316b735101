import type { App } from '../feature.ts';

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const seen = { byStatus: new Map<string, number>(), buckets: bounds.map(() => 0), sumSeconds: 0, count: 0 };

/** Counts the requests that this process answers, by method and status, with a histogram of times. */
export function countRequests(app: App): void {
  app.addHook('onResponse', (request, reply, done) => {
    const seconds = reply.elapsedTime / 1000;
    const label = `method="${request.method}",status="${reply.statusCode}"`;
    seen.byStatus.set(label, (seen.byStatus.get(label) ?? 0) + 1);
    seen.count += 1;
    seen.sumSeconds += seconds;
    for (const [index, bound] of bounds.entries())
      if (seconds <= bound) seen.buckets[index] = (seen.buckets[index] ?? 0) + 1;
    done();
  });
}

/** The counts in Prometheus' text format. */
export function requestMetrics(): string {
  const total = [...seen.byStatus].map(([label, count]) => `daksh_http_requests_total{${label}} ${count}`);
  const buckets = bounds.map(
    (bound, index) => `daksh_http_request_seconds_bucket{le="${bound}"} ${seen.buckets[index]}`,
  );
  return [
    '# HELP daksh_http_requests_total Requests answered by this process.',
    '# TYPE daksh_http_requests_total counter',
    ...total,
    '# HELP daksh_http_request_seconds Time to answer.',
    '# TYPE daksh_http_request_seconds histogram',
    ...buckets,
    `daksh_http_request_seconds_bucket{le="+Inf"} ${seen.count}`,
    `daksh_http_request_seconds_sum ${seen.sumSeconds}`,
    `daksh_http_request_seconds_count ${seen.count}`,
    '',
  ].join('\n');
}
