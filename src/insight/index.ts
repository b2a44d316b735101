import { observeFacts } from '../kernel/facts.ts';
import type { Feature } from '../kernel/feature.ts';
import { serveApi } from './api.ts';
import { reconcileCommand, reportCommand } from './commands.ts';
import { keepFolding } from './fold-counters.ts';
import { countChanges } from './observer.ts';

export { foldCounters } from './fold-counters.ts';
export type { CountHint } from './observer.ts';
export { officeSummary } from './office-summary.ts';
export { reconcileCounters } from './reconcile-counters.ts';

let isObserving = false;

export const insight: Feature = {
  name: 'insight',
  prepare() {
    // Tests prepare several worlds in one process; a change must be counted once.
    if (!isObserving) observeFacts(countChanges);
    isObserving = true;
  },
  http(app) {
    serveApi(app);
  },
  jobs(runtime) {
    keepFolding(runtime);
    return {};
  },
  commands: [reportCommand, reconcileCommand],
};
