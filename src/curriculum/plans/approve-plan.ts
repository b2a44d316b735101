import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { type Day, todayInIndia } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { forbidden, notFound, Refusal } from '../../kernel/errors.ts';
import { type OfficeRow, requireOffice } from '../../organisations/index.ts';
import { actorId, mayAt, rolesPlanning, rolesRuling } from '../policy.ts';
import { missingToday, nothingInIt, refuseBlocked } from '../programmes/publish-syllabus.ts';
import type { Missing } from '../rules/compliance.ts';
import {
  insertApprovalRule,
  lockedPlan,
  markApproved,
  type PlanVersionRow,
  planOf,
  plansWantSecondPerson,
  versionsOf,
} from '../stores/plans.ts';
import type { PlanKey } from './save-plan.ts';

/**
 * Puts a plan's draft in force from today on, or from the first day of its year if that is still to come, by somebody who wrote nothing of it, unless the office's setting
 * lets one person do both. What the rules miss is answered as for a syllabus.
 */
export async function approvePlan(ctx: Ctx, { officeCode, year }: PlanKey): Promise<Missing[]> {
  const office = await requireOffice(ctx, officeCode, rolesPlanning);
  const plan = await planOf(ctx.db.read, office.officeId, year);
  if (!plan) throw notFound();
  const day = todayInIndia(ctx.clock);
  return ctx.db.transaction(async (tx) => {
    await lockedPlan(tx, { planId: plan.planId, officeId: office.officeId, year, now: ctx.clock.now() });
    const { draft, missing } = await readyDraft(tx, ctx, { ...plan, office });
    await markApproved(tx, { versionId: draft.versionId, day, by: personIdOf(ctx.actor) ?? null });
    await audit(tx, ctx, {
      action: 'plan.approved',
      subjectKind: 'plan',
      subjectId: `${office.code}/${year}`,
      officeId: office.officeId,
      detail: { version: draft.version, missing: missing.map(({ tag }) => tag) },
    });
    return missing;
  });
}

/** What the approval would answer, or refuse, today; nothing is written. */
export async function previewApproval(ctx: Ctx, { officeCode, year }: PlanKey): Promise<Missing[]> {
  const office = await requireOffice(ctx, officeCode, rolesPlanning);
  const plan = await planOf(ctx.db.read, office.officeId, year);
  if (!plan) throw notFound();
  return (await readyDraft(ctx.db.read, ctx, { ...plan, office })).missing;
}

async function readyDraft(
  db: Reads | Tx,
  ctx: Ctx,
  { planId, year, office }: { planId: string; year: string; office: OfficeRow },
): Promise<{ draft: PlanVersionRow; missing: Missing[] }> {
  const draft = (await versionsOf(db, planId)).find((one) => one.state === 'draft');
  if (!draft) throw notFound();
  if (draft.lines.length === 0) throw nothingInIt();
  if (await plansWantSecondPerson(db, office.path)) refuseWriter(ctx, draft.writers);
  const day = dayInForce(year, todayInIndia(ctx.clock));
  const missing = await missingToday(db, {
    ...{ kind: 'plan', officePath: office.path, parts: draft.lines, day },
  });
  refuseBlocked(missing);
  return { draft, missing };
}

/** A plan that is approved ahead of its year is asked what will be asked of it when that begins. */
function dayInForce(year: string, approvedOn: Day): Day {
  const first = `${year.slice(0, 4)}-04-01`;
  return first > approvedOn ? first : approvedOn;
}

/**
 * Whether plans of this office and of those below need a second person, until one of those says otherwise. Whoever
 * writes an office's plans does not himself decide whether he is checked: that is for a nodal officer of an office
 * above it, or an operator.
 */
export async function setPlanApproval(
  ctx: Ctx,
  officeCode: string,
  { secondPerson }: { secondPerson: boolean },
): Promise<void> {
  const office = await requireOffice(ctx, officeCode, rolesRuling);
  if (!mayAt(ctx, ['nodal'], office.path.slice(0, -1)) && !mayAt(ctx, ['operator'], office.path))
    throw forbidden();
  await ctx.db.transaction(async (tx) => {
    const by = personIdOf(ctx.actor) ?? null;
    const { officeId } = office;
    await insertApprovalRule(tx, {
      officeId,
      wantsSecondPerson: secondPerson,
      now: ctx.clock.now(),
      by,
    });
    await audit(tx, ctx, {
      action: 'plan.approval_rule_set',
      subjectKind: 'office',
      subjectId: office.code,
      officeId,
      detail: { secondPerson },
    });
  });
}

export function isWriter(ctx: Ctx, writers: readonly string[]): boolean {
  const id = actorId(ctx);
  return id !== null && writers.includes(id);
}

/** A second person is one by name: the token of a role could stand for whoever wrote the plan. */
function refuseWriter(ctx: Ctx, writers: readonly string[]): void {
  if (isWriter(ctx, writers)) throw ownPlan();
  if (ctx.actor.kind === 'token' && !ctx.actor.personId) throw forbidden();
}

function ownPlan(): Refusal {
  const text = {
    hi: 'आपने यह योजना लिखी है; इसका अनुमोदन कोई दूसरा अधिकारी करे।',
    en: 'You wrote on this plan; somebody else has to approve it.',
  };
  return new Refusal('conflict', text, { reason: 'own_plan' });
}
