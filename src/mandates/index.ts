import { observeFacts } from '../kernel/facts.ts';
import type { Feature } from '../kernel/feature.ts';
import { addReconciler } from '../kernel/reconcilers.ts';
import { mandatesApi } from './api.ts';
import { mandateCommand } from './commands.ts';
import { keepSettling } from './keep-settling.ts';
import { loadDemonstrationOrders } from './load-demonstration.ts';
import { prepareOrderPages, serveOrderPages } from './pages/index.ts';
import { reconcileMandates } from './reconcile-mandates.ts';
import { repairMandates } from './repair-mandates.ts';
import { prepareServiceFacts, serviceFactRoutes } from './service-facts.ts';
import { noteTouched } from './settle.ts';

/** `daksh import mandate` and its answer, for the import desk. */
export { importMandate } from './commands.ts';
/** Orders that an actor may read, the newest first. */
export { visibleMandates } from './list-mandates.ts';
/** What was decided about a person's orders, for inboxes; told in the transaction of the decision. */
export { type OrderEvent, onOrderEvent } from './order-events.ts';
/** An order's title, office and who may change it, for features that hang something on it. */
export { type OrderFace, orderFace } from './order-face.ts';
/** The running orders that bind somebody at an office, each with its figures there and right below; and in an area. */
export { type OrderAt, type OrderInArea, ordersAt, ordersInArea } from './orders-at.ts';
/** The orders that may have begun to bind somebody of late, for features that tell of it. */
export { type OrderBeginning, ordersBeginning } from './orders-beginning.ts';
export { rolesOrdering, rolesReadingOrders } from './policy.ts';
/** On which days people of an order are reminded, so that its pages say the same. */
export { setReminderDays } from './reminder-days.ts';
/** Days of reminders, the earliest step first, each once. */
export { sortedDays } from './rules/reminder-days.ts';
/** What a day of training is, for the year's page, statements and orders alike. */
export { usualDay } from './rules/training-day.ts';
/** The sums of a year from what was learnt in it, and which of that was in a room, for its page and its statement alike. */
export { type CountedItem, countsOf, isInRoom, trainingTotals } from './rules/training-totals.ts';
/** Brings standings and figures up to date with the facts at once; of changed persons alone, before a page is shown. */
export { settleChanged, settleInForce, settleMandates, settleThese, settleToTell } from './settle.ts';
/** Where a person stands under every order that binds him, as of a day and as recorded by an instant. */
export {
  type MandateStatus,
  type PersonMandate,
  type StandingAt,
  standingOfPerson,
} from './standing.ts';
/** SQL for notices: of those who have an order before them, whom it has begun to bind since a day. */
export { begunSql } from './stores/begun-sql.ts';
/** SQL for reminders: who has an order before him on a day and may be reminded; who serves on it. */
export { dueSql, isServing } from './stores/due-sql.ts';
/** Where people stand by the facts of today under the orders as they were known at an instant. */
export { type OrdersKnown, standingsKnownAt } from './stores/known-standings.ts';
/** SQL of a row of standings: whether it is bound on a day, and its status on a day on which it is. */
export { boundOn, statusOn } from './stores/status-sql.ts';
/** For who freezes statements: no order comes into force meanwhile; whether everybody is being counted again. */
export { holdOrders, isRecounting } from './stores/touched.ts';
/** SQL of what persons did in a year: the completions of courses, and what counts beside these. */
export { besideSql, completedSql } from './stores/year-items.ts';
/** How far one is under an order, in lines of text: a line for each condition or group. */
export { progressLines } from './words.ts';

let isObserving = false;

export const mandates: Feature = {
  name: 'mandates',
  prepare() {
    // Tests prepare several worlds in one process; a change is noted once.
    if (!isObserving) observeFacts(noteTouched);
    isObserving = true;
    addReconciler('mandates', reconcileMandates, repairMandates);
    prepareOrderPages();
    prepareServiceFacts();
  },
  http(app, runtime) {
    mandatesApi(app);
    serveOrderPages(app, runtime);
    serviceFactRoutes(app, runtime);
  },
  jobs(runtime) {
    keepSettling(runtime);
    return {};
  },
  commands: [mandateCommand],
  demonstration: loadDemonstrationOrders,
};
