import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';

/** People counted at or below each office, by id; a missing one is not known, null is masked. */
export type Headcounts = Map<string, number | null>;
type HeadcountProvider = (ctx: Ctx, officeIds: string[]) => Promise<Headcounts>;

let headcounts: HeadcountProvider = async () => new Map();

/** Set by the feature that keeps counters: the tree of offices shows its figures and counts nothing itself. */
export function setHeadcounts(provider: HeadcountProvider): void {
  headcounts = provider;
}

export function headcountsOf(ctx: Ctx, officeIds: string[]): Promise<Headcounts> {
  return headcounts(ctx, officeIds);
}

/** Who stands at one office itself on a day, by designation and group. */
export type PostedCount = {
  designationId: string | null;
  designation: string | null;
  serviceGroup: string | null;
  count: number;
};
type PostedProvider = (ctx: Ctx, officeId: string, day: string) => Promise<PostedCount[]>;

let posted: PostedProvider = async () => [];

/** Set by `people`, which knows postings. */
export function setPostedCounts(provider: PostedProvider): void {
  posted = provider;
}

export function postedAt(ctx: Ctx, officeId: string, day: string): Promise<PostedCount[]> {
  return posted(ctx, officeId, day);
}

/** Somebody whose posting at an office begins only later. */
export type LaterPosting = {
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
  startsOn: string;
};
/** Who keeps an office from closing after a day: those who stay on, and those who come later, soonest first. */
export type PostedAfter = { staying: number; later: LaterPosting[] };
type PostedAfterProvider = (tx: Tx, officeId: string, day: string) => Promise<PostedAfter>;

let afterwards: PostedAfterProvider = async () => ({ staying: 0, later: [] });

/** Set by `people`, which knows postings. */
export function setPostedAfter(provider: PostedAfterProvider): void {
  afterwards = provider;
}

export function postedAfter(tx: Tx, officeId: string, day: string): Promise<PostedAfter> {
  return afterwards(tx, officeId, day);
}
