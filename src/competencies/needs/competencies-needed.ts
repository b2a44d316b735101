import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Level } from '../dictionary/tags.ts';
import { passbookOfPerson } from '../passbook/passbook-view.ts';
import type { PassbookEntry } from '../passbook/rules.ts';
import { needsOfPerson, type PostNeed } from '../stores/needs.ts';

/** What somebody's post asks for beside what he has shown. A statement of one's own leaves the gap open. */
export type CompetencyNeeded = PostNeed & { shown: Level | null; isMet: boolean };

/**
 * What the person's posts of today ask for, what is missing first; nothing where no office has set it, at the price
 * of one query. The caller has checked that the actor may see the person.
 */
export async function competenciesNeeded(ctx: Ctx, personId: string): Promise<CompetencyNeeded[]> {
  const needs = await needsOfPerson(ctx.db.read, { personId, day: todayInIndia(ctx.clock) });
  if (needs.length === 0) return [];
  const { entries } = await passbookOfPerson(ctx, personId);
  return gapsOf(needs, entries);
}

export function gapsOf(needs: readonly PostNeed[], entries: readonly PassbookEntry[]): CompetencyNeeded[] {
  const shown = new Map(
    entries
      .filter((entry) => entry.strength !== 'declared')
      .map((entry) => [entry.competency.key, entry.level] as const),
  );
  const all = needs.map((need) => {
    const level = shown.get(need.key) ?? null;
    return { ...need, shown: level, isMet: (level ?? 0) >= need.level };
  });
  return all.sort((a, b) => Number(a.isMet) - Number(b.isMet) || a.nameEn.localeCompare(b.nameEn));
}
