import type { Ctx } from '../../kernel/context.ts';
import { type Day, todayInIndia } from '../../kernel/dates.ts';
import type { RuleInput } from '../schema.ts';
import { subjectsWithin } from '../stores/subjects.ts';
import { tagsKnown } from '../stores/tags.ts';
import { type Kind, kinds, missingOn, type Rule } from './compliance.ts';
import { checkedRule } from './save-rule.ts';
import { sourcesOf } from './scene.ts';

export type RulePreview = {
  rule: Rule;
  office: { nameHi: string; nameEn: string | null };
  /** The day that the figures are of: the rule's first, or today where that is over. */
  day: Day;
  figures: { kind: Kind; underRule: number; failing: number }[];
  /** Tags that no published course carries. */
  tagsWithoutCourse: string[];
};

/** What a rule would find in what is in force, before it is entered; nothing is written. */
export async function previewRule(ctx: Ctx, input: RuleInput): Promise<RulePreview> {
  const office = await checkedRule(ctx, input);
  const today = todayInIndia(ctx.clock);
  const day = input.validFrom > today ? input.validFrom : today;
  const rule: Rule = {
    ruleId: '',
    orderNumber: input.orderNumber,
    officeId: office.officeId,
    kinds: input.kinds,
    tags: [...new Set(input.tags)],
    minimumMinutes: input.minimumHours,
    enforcement: input.enforcement,
    staleAfterYears: input.staleAfterYears ?? null,
    validFrom: input.validFrom,
    validUntil: null,
  };
  const subjects = await subjectsWithin(ctx.db.read, [office.officeId]);
  const parts = subjects.flatMap((one) => one.versions.flatMap((version) => version.parts));
  const at = { rules: [rule], sources: await sourcesOf(ctx.db.read, parts), day };
  const found = subjects.map((subject) => ({ kind: subject.kind, missing: missingOn(subject, at) }));
  const known = await tagsKnown(ctx.db.read);
  return {
    rule,
    office,
    day,
    figures: kinds
      .filter((kind) => rule.kinds.includes(kind))
      .map((kind) => {
        const under = found.filter((one) => one.kind === kind && one.missing);
        const failing = under.filter((one) => one.missing?.length !== 0);
        return { kind, underRule: under.length, failing: failing.length };
      }),
    tagsWithoutCourse: rule.tags.filter((tag) => !known.some((one) => one.tag === tag && one.courses > 0)),
  };
}
