import { type Ctx, requireRole } from '../kernel/context.ts';
import { type PlanKey, readPlan } from './plans/save-plan.ts';
import { rolesReading } from './policy.ts';
import { readProgramme } from './programmes/save-programme.ts';
import { type PlanPage, type PlanRow, type PlanVersionRow, plansWithin, versionsOf } from './stores/plans.ts';
import { type ProgrammeRow, programmesWithin, type SyllabusRow, syllabiOf } from './stores/programmes.ts';
import { allRules, type RuleRow } from './stores/rules.ts';

/** Programmes of the actor's offices by code. */
export async function listProgrammes(
  ctx: Ctx,
  page: { after?: string; limit: number },
): Promise<{ items: ProgrammeRow[]; next: string | null }> {
  const rows = await programmesWithin(ctx.db.read, requireRole(ctx, rolesReading), page);
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.code ?? null) : null };
}

export async function wholeProgramme(
  ctx: Ctx,
  code: string,
): Promise<{ programme: ProgrammeRow; syllabi: SyllabusRow[] }> {
  const programme = await readProgramme(ctx, code);
  return { programme, syllabi: await syllabiOf(ctx.db.read, programme.programmeId) };
}

/** Plans of the actor's offices, the latest year first. */
export async function listPlans(
  ctx: Ctx,
  page: PlanPage,
): Promise<{ items: PlanRow[]; next: string | null }> {
  const rows = await plansWithin(ctx.db.read, requireRole(ctx, rolesReading), page);
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.planId ?? null) : null };
}

export async function wholePlan(
  ctx: Ctx,
  key: PlanKey,
): Promise<{ plan: PlanRow; versions: PlanVersionRow[] }> {
  const plan = await readPlan(ctx, key);
  return { plan, versions: await versionsOf(ctx.db.read, plan.planId) };
}

/** Rules are orders, and orders are read by everybody who reads what they are about. */
export function listRules(ctx: Ctx): Promise<RuleRow[]> {
  requireRole(ctx, rolesReading);
  return allRules(ctx.db.read);
}
