import type { App } from '../feature.ts';
import { counter, timesOf } from '../metrics/registry.ts';
import { loadClassOf } from './load-classes.ts';

const requests = counter({
  name: 'daksh_http_requests_total',
  help: 'Requests answered, by the pattern of their route.',
});
const times = timesOf({ name: 'daksh_http_request_seconds', help: 'Time to answer.' });
const shed = counter({
  name: 'daksh_http_shed_total',
  help: 'Requests that were told to come again in a moment.',
});

/** Counts what this process answers. A route is its pattern: addresses hold codes and keys of people. */
export function countRequests(app: App): void {
  app.addHook('onResponse', (request, reply, done) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'unknown' };
    requests.add({ ...labels, status: String(reply.statusCode) });
    times.observe(labels, reply.elapsedTime / 1000);
    if (reply.statusCode === 503 && reply.hasHeader('retry-after'))
      shed.add({ route: labels.route, class: loadClassOf(request.routeOptions) });
    done();
  });
}
