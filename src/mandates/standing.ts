import type { Ctx } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import type { Bilingual } from '../kernel/i18n.ts';

export type MandateStatus = 'exempt' | 'met' | 'metLate' | 'open' | 'overdue';

/** One leaf of an order's condition: how much is asked, how much is there. */
export type ConditionStanding = {
  words: Bilingual;
  required: number;
  done: number;
  met: boolean;
  /** What would count and is not done yet: courses by code, at most twenty. */
  openItems: { code: string; titleHi: string | null; titleEn: string | null }[];
};

/** Where a person stands under one order on a day. */
export type PersonMandate = {
  mandate: {
    id: string;
    number: string;
    orderDate: Day;
    issuer: string;
    titleHi: string | null;
    titleEn: string | null;
  };
  status: MandateStatus;
  /** Why it binds: the line of the scope that matched, and the posting that it matched by. */
  boundBy: { words: Bilingual; office: { code: string; nameHi: string; nameEn: string | null } };
  window: { from: Day; to: Day };
  /** Null: the clock stands still (an absence without an end). */
  dueOn: Day | null;
  overdueFrom: Day | null;
  reachedOn: Day | null;
  /** `all`: every condition; `any`: one of them; nested ones are told one after the other. */
  match: 'all' | 'any';
  conditions: ConditionStanding[];
  exemption?: { until: Day | null; orderNumber: string | null; reasonClass: string };
};

export type StandingAt = {
  /** Today where absent. */
  asOf?: Day;
  /** Only what had been recorded by this instant counts: for statements that are frozen. */
  recordedUntil?: Date;
};

/** Every published order that binds the person on the day, as it stands on that day. */
export async function standingOfPerson(
  _ctx: Ctx,
  _personId: string,
  _at: StandingAt = {},
): Promise<PersonMandate[]> {
  return [];
}
