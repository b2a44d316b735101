import type { OfficeSummary } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Day } from '../../kernel/dates.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import type { Ranking } from './shape.ts';

/** What every part of an office's sheet is made from. */
export type Scene = {
  ctx: Ctx;
  office: OfficeRow;
  now: OfficeSummary;
  before: OfficeSummary | null;
  asOf: Day;
  compareOn: Day | null;
  isExact: boolean;
  rankedBy: Ranking;
  strengths: ReadonlyMap<string, number>;
};
