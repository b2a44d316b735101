import type { Ctx } from '../../kernel/context.ts';
import { addDays, addMonths, type Day } from '../../kernel/dates.ts';
import type { RuleRow } from '../stores/rules.ts';
import type { DatedVersion, ListedSubject } from '../stores/subjects.ts';
import { rulesFor, versionOn } from './compliance.ts';
import { dayAsked, type Scene, sceneOf } from './scene.ts';

export type StaleSyllabus = {
  subject: ListedSubject;
  version: DatedVersion & { revisedOn: Day };
  /** The rule that gives the shortest time, and the first day on which the syllabus was too old by it. */
  rule: RuleRow;
  staleFrom: Day;
};

/** Syllabi in force that were last revised longer ago than a rule allows; the oldest first. */
export async function staleSyllabi(
  ctx: Ctx,
  wish: { office: string; asOf?: string },
): Promise<{ office: Scene['office']; asOf: Day; items: StaleSyllabus[] }> {
  const asOf = dayAsked(ctx, wish.asOf);
  const scene = await sceneOf(ctx, wish.office);
  const items = scene.subjects.flatMap((subject) => staleOn(subject, scene.rules, asOf) ?? []);
  const oldest = items.sort((a, b) => (a.version.revisedOn < b.version.revisedOn ? -1 : 1));
  return { office: scene.office, asOf, items: oldest };
}

/** Three years old is not yet older than three years: stale from the day after the anniversary. */
export function staleOn(
  subject: ListedSubject,
  rules: readonly RuleRow[],
  day: Day,
): StaleSyllabus | undefined {
  const version = versionOn(subject, day);
  if (!version?.revisedOn) return undefined;
  const [rule] = rulesFor(rules, subject, day)
    .filter((one) => one.staleAfterYears !== null)
    .sort((a, b) => (a.staleAfterYears ?? 0) - (b.staleAfterYears ?? 0));
  if (!rule) return undefined;
  const anniversary = addMonths(version.revisedOn, 12 * (rule.staleAfterYears ?? 0));
  if (day <= anniversary) return undefined;
  const staleFrom = addDays(anniversary, 1);
  return { subject, version: { ...version, revisedOn: version.revisedOn }, rule, staleFrom };
}
