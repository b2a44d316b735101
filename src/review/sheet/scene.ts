import type { OfficeSummary } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Day } from '../../kernel/dates.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import type { KnownPosts } from './posts.ts';
import type { Ranking } from './shape.ts';

/** What the parts of any sheet are made from, an office's or an area's. */
export type NodeScene = {
  ctx: Ctx;
  nodeId: string;
  asOf: Day;
  compareOn: Day | null;
  isExact: boolean;
  rankedBy: Ranking;
};

/** What every part of an office's sheet is made from. */
export type Scene = NodeScene & {
  office: OfficeRow;
  now: OfficeSummary;
  before: OfficeSummary | null;
  posts: ReadonlyMap<string, KnownPosts>;
};
