import { observeFacts } from '../kernel/facts.ts';
import type { Feature } from '../kernel/feature.ts';
import { lasting } from '../kernel/jobs.ts';
import { addReconciler } from '../kernel/reconcilers.ts';
import { rolesSeeingFigures } from '../organisations/index.ts';
import { onPersonsMerged } from '../people/index.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { serveApi } from './api.ts';
import { keepDigests, noteTouched } from './keep-digests.ts';
import { keepFilesJob } from './keep-files.ts';
import { loadDemonstrationReports } from './load-demonstration.ts';
import { fileJob } from './make-file.ts';
import { mergeReports } from './merge-reports.ts';
import { servePages } from './pages/routes.tsx';
import { reconcileDigests, repairDigests } from './reconcile-digests.ts';
import { serveSavedApi } from './saved-api.ts';
import { mailReady, runDue } from './schedule.ts';

/** What a report is, and its rows: figures by groups, the first rows of a list, and a whole list while it is read. */
export { type Definition, definitionSchema } from './definition.ts';
/** Takes up all whose facts changed into what reports sum; the worker does it by itself. */
export { takeUpDigests } from './keep-digests.ts';
export { type Preview, previewReport } from './preview-report.ts';
/** By what a subject's figures can be told apart. */
export { groupsOfReports } from './resolve-report.ts';
/** For who writes facts past `changeFacts`, in the same transaction; and how many changes may wait before facts are read. */
export { forgetDigests, mostTouched } from './stores/digests.ts';
export { streamReport } from './stream-report.ts';

let isObserving = false;

export const reports: Feature = {
  name: 'reports',
  prepare() {
    // Tests prepare several worlds in one process; a change is noted once.
    if (!isObserving) observeFacts(noteTouched);
    isObserving = true;
    onPersonsMerged(mergeReports);
    addReconciler('reports', reconcileDigests, repairDigests);
    addSiteLink({
      key: 'reports',
      area: 'office',
      label: 'reports.nav',
      href: '/office/reports',
      icon: 'file',
      roles: rolesSeeingFigures,
      order: 14,
    });
  },
  demonstration: loadDemonstrationReports,
  http(app, runtime) {
    serveApi(app);
    serveSavedApi(app, runtime);
    servePages(app, runtime);
  },
  jobs(runtime) {
    const { storage } = runtime;
    keepDigests(runtime);
    return {
      'reports:file': lasting(fileJob(storage)),
      'reports:keep-files': keepFilesJob(storage),
      'reports:due': (ctx) => runDue(ctx),
      'reports:mail': (ctx, payload) => mailReady(ctx, String(payload['runId'])),
    };
  },
  // At 5:30 in India; a server that was down then makes up for it, and what failed is tried again for some hours.
  crontab: ['0 0 * * * reports:due ?fill=1d&max=10', '*/5 * * * * reports:keep-files ?max=1'],
};
