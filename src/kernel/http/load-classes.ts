import type { Access } from '../feature.ts';

/**
 * What gives way first when there is more to do than can be done: files and reports, then the desks of offices, last
 * what learners do. `vital` is what tells a machine whether this one lives, and is never turned away.
 */
export type LoadClass = 'vital' | 'learning' | 'desk' | 'reports';

type Route = { url?: string; config: { access?: Access; load?: LoadClass } };

const filesOfRows = /\.(csv|xlsx|pdf|zip|:format)$/;

/** Of a route that does not say it itself: files below the desk are reports, what asks for a role is desk. */
export function loadClassOf({ url = '', config }: Route): LoadClass {
  if (config.load) return config.load;
  const isDesk = url.startsWith('/office') || typeof config.access === 'object';
  if (!isDesk) return 'learning';
  return filesOfRows.test(url) ? 'reports' : 'desk';
}
