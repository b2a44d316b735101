import { courseByCode } from '../../catalogue/index.ts';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { type OfficeRow, requireOffice } from '../../organisations/index.ts';
import { actorId, mayAt, officeGiven, rolesPlanning, rolesReading } from '../policy.ts';
import type { LineInput, PlanInput } from '../schema.ts';
import {
  addLines,
  designationCalled,
  draftPlan,
  lockedPlan,
  type NewLine,
  type PlanRow,
  planOf,
  removeLine,
  replaceLines,
  setAmendmentReason,
} from '../stores/plans.ts';
import { programmeByCode } from '../stores/programmes.ts';
import { retiredAt, unknownAt } from '../words.ts';

export type PlanKey = { officeCode: string; year: string };

/** Writes the draft of an office's plan as a whole; of an approved plan that is the draft of an amendment. */
export async function savePlan(ctx: Ctx, key: PlanKey, input: PlanInput): Promise<void> {
  const office = await requireOffice(ctx, key.officeCode, rolesPlanning);
  const lines = await Promise.all(input.lines.map((line, at) => lineOf(ctx, line, `lines.${at}.`)));
  await changeDraft(ctx, { office, year: key.year, reason: input.amendmentReason }, async (tx, versionId) =>
    replaceLines(tx, versionId, await withRoles(tx, lines, (at) => `lines.${at}.`)),
  );
}

/** Begins a plan, or the amendment of an approved one, with its lines as they are; answers its key. */
export async function beginPlan(
  ctx: Ctx,
  key: PlanKey,
  { amendmentReason }: { amendmentReason?: string },
): Promise<PlanKey> {
  const office = await officeGiven(ctx, key.officeCode, rolesPlanning);
  await changeDraft(ctx, { office, year: key.year, reason: amendmentReason }, async () => undefined);
  return { officeCode: office.code, year: key.year };
}

export async function addLine(ctx: Ctx, key: PlanKey, input: LineInput): Promise<void> {
  const office = await openDraft(ctx, key);
  const line = await lineOf(ctx, input, '');
  await changeDraft(ctx, { office, year: key.year }, async (tx, versionId) =>
    addLines(tx, versionId, await withRoles(tx, [line], () => '')),
  );
}

export async function takeLine(ctx: Ctx, key: PlanKey, ordinal: number): Promise<void> {
  const office = await openDraft(ctx, key);
  await changeDraft(ctx, { office, year: key.year }, async (tx, versionId) => {
    if (!(await removeLine(tx, versionId, ordinal))) throw notFound();
  });
}

/** A plan that the actor may read; not visible means not found. */
export async function readPlan(ctx: Ctx, key: PlanKey): Promise<PlanRow> {
  const office = await requireOffice(ctx, key.officeCode, rolesReading);
  const plan = await planOf(ctx.db.read, office.officeId, key.year);
  if (!plan) throw notFound();
  return plan;
}

export function mayPlan(ctx: Ctx, plan: Pick<PlanRow, 'officePath'>): boolean {
  return mayAt(ctx, rolesPlanning, plan.officePath);
}

/** Single steps go on with a draft that is there; they do not begin an amendment without its reason. */
async function openDraft(ctx: Ctx, key: PlanKey): Promise<OfficeRow> {
  requireRole(ctx, rolesPlanning);
  const office = await requireOffice(ctx, key.officeCode, rolesPlanning);
  const plan = await planOf(ctx.db.read, office.officeId, key.year);
  if (!plan?.hasDraft) throw notFound();
  return office;
}

type Changed = { office: OfficeRow; year: string; reason?: string };

async function changeDraft(
  ctx: Ctx,
  { office, year, reason }: Changed,
  change: (tx: Tx, versionId: string) => Promise<void>,
): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const planId = await lockedPlan(tx, { planId: newId(), officeId: office.officeId, year, now });
    const wasThere = (await planOf(tx, office.officeId, year))?.hasDraft ?? false;
    const draft = await draftPlan(tx, { planId, versionId: newId(), writer: actorId(ctx), now });
    if (draft.isAmendment && !wasThere && !reason) throw reasonNeeded();
    if (draft.isAmendment && reason) await setAmendmentReason(tx, draft.versionId, reason);
    await change(tx, draft.versionId);
    await audit(tx, ctx, {
      action: 'plan.saved',
      subjectKind: 'plan',
      subjectId: `${office.code}/${year}`,
      officeId: office.officeId,
    });
  });
}

type Line = NewLine & { role: string | undefined };

async function lineOf(ctx: Ctx, input: LineInput, path: string): Promise<Line> {
  const { role, course, programme, ownerEn = null, ...rest } = input;
  const found = { ...rest, ownerEn, role, designationId: null, courseId: null, programmeId: null };
  if (course !== undefined) {
    const known = await courseByCode(ctx.db, course);
    if (!known || known.state === 'draft') throw unknownAt(`${path}course`, course);
    if (known.state === 'retired') throw retiredAt(`${path}course`, course);
    return { ...found, courseId: known.courseId };
  }
  // Any institute's programme may be planned: its name is no secret, its syllabus is.
  const known = await programmeByCode(ctx.db.read, programme ?? '');
  if (!known || known.closedOn) throw unknownAt(`${path}programme`, programme ?? '');
  return { ...found, programmeId: known.programmeId };
}

async function withRoles(tx: Tx, lines: readonly Line[], path: (at: number) => string): Promise<NewLine[]> {
  const done: NewLine[] = [];
  for (const { role, ...line } of lines)
    done.push({
      ...line,
      designationId: role ? await knownRole(tx, role, `${path(done.length)}role`) : null,
    });
  return done;
}

/** A plan names designations that are there; a slip of the pen makes none. */
async function knownRole(tx: Tx, role: string, path: string): Promise<string> {
  const known = await designationCalled(tx, role);
  if (!known) throw unknownAt(path, role);
  return known;
}

function reasonNeeded() {
  const text = {
    hi: 'यह योजना अनुमोदित है; संशोधन का कारण लिखें।',
    en: 'This plan is approved; say why it is amended.',
  };
  return invalid([{ path: 'amendmentReason', code: 'amendment_reason_needed', text }], text);
}
