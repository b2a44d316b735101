import type { Db } from '../kernel/db.ts';
import type { Runtime } from '../kernel/feature.ts';
import { grouping } from '../kernel/group.ts';
import { describeError } from '../kernel/log.ts';
import { type Attempt, type AttemptResult, decideAttempts } from './decide-attempts.ts';
import { decideByTime, type TimeReached, type TimeResult } from './decide-by-time.ts';
import { decideEnrolments, type Enrolled, type Enrolling } from './decide-enrolments.ts';
import { type Credited, creditAll, type Report } from './engagement-store.ts';
import { forLockedPersons } from './locked-group.ts';

/** What learners send by the thousand: several persons' together, one a person at a time, answered after the commit. */
type Floods = {
  /** One a learner every half minute: most only add credit. */
  report(report: Report): Promise<Credited>;
  reachTime(reached: TimeReached): Promise<TimeResult>;
  attempt(attempt: Attempt): Promise<AttemptResult>;
  /** A whole department is told to take a course in one morning. */
  enrol(enrolling: Enrolling): Promise<Enrolled>;
};

const floods = new WeakMap<Db, Floods>();

export function prepareFloods({ db, clock, log }: Pick<Runtime, 'db' | 'clock' | 'log'>): void {
  const rules = {
    keyOf: ({ personId }: { personId: string }) => personId,
    onFailure: (error: unknown, size: number) => log({ group: size, ...describeError(error) }),
  };
  floods.set(db, {
    report: grouping(async (reports: Report[]) => {
      const credited = await creditAll(db.pool, reports, clock.now());
      return reports.map((report) => ({ answer: answered(credited.get(report.personId)) }));
    }, rules),
    reachTime: grouping<TimeReached, TimeResult>(forLockedPersons(db, decideByTime), rules),
    enrol: grouping<Enrolling, Enrolled>(forLockedPersons(db, decideEnrolments), rules),
    attempt: grouping<Attempt, AttemptResult>(forLockedPersons(db, decideAttempts), rules),
  });
}

export function floodsOf(db: Db): Floods {
  const found = floods.get(db);
  if (!found) throw new Error('learning.prepare has not run for this database');
  return found;
}

function answered(credited: Credited | undefined): Credited {
  if (!credited) throw new Error('a report was not answered by the database');
  return credited;
}
