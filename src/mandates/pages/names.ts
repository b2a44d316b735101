import type { Ctx } from '../../kernel/context.ts';
import { pick } from '../../kernel/i18n.ts';
import { leavesOf, type Rules } from '../rules/rules.ts';
import { namesOfCourses, namesOfOffices } from '../stores/order-pages.ts';
import type { Names } from './sentence.ts';

/** What the codes in an order's rules, and more codes of courses, are called in the language of the page. */
export async function namesFor(
  ctx: Pick<Ctx, 'db' | 'language'>,
  rules: Rules,
  more: readonly string[] = [],
): Promise<Names> {
  const leaves = leavesOf(rules.condition);
  const codes = leaves.flatMap((leaf) => [
    ...(leaf.courses?.of ?? leaf.share?.of ?? []),
    ...(leaf.passed ? [leaf.passed.assessment] : []),
  ]);
  const [offices, courses] = await Promise.all([
    namesOfOffices(ctx.db.read, rules.scope.offices),
    namesOfCourses(ctx.db.read, [...codes, ...more]),
  ]);
  const named = (rows: { code: string; nameHi: string | null; nameEn: string | null }[]) =>
    new Map(
      rows.map((row) => [row.code, pick({ hi: row.nameHi, en: row.nameEn }, ctx.language) || row.code]),
    );
  return { offices: named(offices), courses: named(courses) };
}
