import { addDeskRow } from '../catalogue/index.ts';
import { observeFacts } from '../kernel/facts.ts';
import type { Feature } from '../kernel/feature.ts';
import { rolesSeeingFigures, setHeadcounts } from '../organisations/index.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { serveApi } from './api.ts';
import { reconcileCommand, reportCommand } from './commands.ts';
import { courseRow } from './course-row.ts';
import { keepFolding } from './fold-counters.ts';
import { countChanges } from './observer.ts';
import { servePages } from './pages/routes.ts';
import { rebuildWhereWanted } from './rebuild-counters.ts';
import { registeredNow } from './registered-now.ts';
import { keepSettlingMarks } from './settle-marks.ts';

/** What was done at several nodes between two days, and their registered people then; nothing is masked. */
export { activityBetween, type NodeActivity } from './activity-between.ts';
/** What was done at an office or an area by day, week or month. */
export { type ActivityPeriod, activitySeries, type Grain } from './activity-series.ts';
/** The day that figures are asked for, and the day a month before, that a change is measured from. */
export { monthBefore, readAsOf } from './as-of.ts';
/** The figures of an office or an area by group, engagement, or field cadres and others. */
export { type ClassFigures, type ClassKind, classFigures } from './class-figures.ts';
export type { Figures, View } from './figures.ts';
export { foldCounters } from './fold-counters.ts';
/** What of offices is masked on a day, for whoever shows other figures of them; and which go with those in the tree. */
export { hiddenInTree, isSmallCount, type TreeUnit } from './hidden-in-tree.ts';
/** Of whom a list by names tells more than code, name and post. */
export { sightOf } from './list-persons.ts';
export type { Masks } from './masking.ts';
/** The catalogue: every figure's words, in both languages. */
export { type Metric, type MetricId, metricOf, metricRules, metrics } from './metrics.ts';
/** The figures of several offices and areas at once. */
export { type NodeFigures, nodeFigures } from './node-figures.ts';
export type { CountHint } from './observer.ts';
export {
  masksFor,
  masksForOutsiders,
  type OfficeLine,
  type OfficeSummary,
  officeSummary,
  seesExactly,
} from './office-summary.ts';
/** The offices at the top of what the actor sees exactly. */
export { ownOffices } from './own-offices.ts';
/** Where a figure's definition stands, an office's dashboard, what is said of
 * another day than the one asked for, and figures as text, alike on every page and paper. */
export { definitionHref } from './pages/strips.tsx';
export {
  dayRemarks,
  figureWords,
  filterKeys,
  monthName,
  monthPoint,
  officeSumsText,
  trainingHref,
  withQuery,
} from './pages/words.ts';
/** The figures of parts of an office's people that have no counters, each person once in each. */
export { partFigures } from './part-figures.ts';
export { countNewPeople, type KeyRange, noteUncounted, rebuildCounters } from './rebuild-counters.ts';
export { reconcileCounters } from './reconcile-counters.ts';
/** Counts AI, cyber security and field cadres as tags are now; the worker does it by itself. */
export { settleMarks } from './settle-marks.ts';
export type { PartBound } from './stores/again.ts';
/** For who counts as insight does: plans for statements over a few persons, and over lakhs. */
export { plannedForMany, plannedOnce } from './stores/deltas.ts';
/** The rules of METRICS as SQL, for whoever must read the facts: who counts where on a day, and what he has done. */
export {
  activeOnSql,
  classroomSql,
  doneBySql,
  learningSql,
  markOfTopicSql,
  satInRoomSql,
  topicsOfMarks,
  topicsSql,
} from './stores/done-sql.ts';
/** Everybody, by ranges of keys of so many people. */
export { portionsOf } from './stores/expected.ts';
export { markNewFieldCadres } from './stores/marks.ts';
export { countsBesideSql, countsSql, coversSql, foremostSql, lentSql } from './stores/posting-sql.ts';
export { type Sight, sightSql } from './stores/sight.ts';
/** What makes the offices below add up to the office. */
export { tableSums } from './table-sums.ts';

let isObserving = false;

export const insight: Feature = {
  name: 'insight',
  async prepare(runtime) {
    // Tests prepare several worlds in one process; a change must be counted once.
    if (!isObserving) observeFacts(countChanges);
    isObserving = true;
    setHeadcounts(registeredNow);
    addDeskRow('figures', courseRow);
    await rebuildWhereWanted(runtime.db);
    addSiteLink({
      key: 'review',
      area: 'office',
      label: 'insight.navReview',
      href: '/office',
      icon: 'chart',
      roles: rolesSeeingFigures,
      order: 10,
    });
  },
  http(app) {
    serveApi(app);
    servePages(app);
  },
  jobs(runtime) {
    keepFolding(runtime);
    keepSettlingMarks(runtime);
    return {};
  },
  commands: [reportCommand, reconcileCommand],
};
