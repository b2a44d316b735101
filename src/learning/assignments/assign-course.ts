import { z } from 'zod';
import { courseByCode } from '../../catalogue/index.ts';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { dayField } from '../../kernel/day-field.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import { addFieldTexts, fieldText } from '../../kernel/field-texts.ts';
import { newId } from '../../kernel/ids.ts';
import { type OfficeRow, pathIsInScope, type Role, requireOffice } from '../../organisations/index.ts';
import { beginCounting } from './count-assignment.ts';
import {
  type AssignmentRow,
  assignmentById,
  insertAssignment,
  isHeld,
  markAssignmentWithdrawn,
  postedByCode,
} from './store.ts';

/** Assigning is the work of a nodal officer; a token of that role may too. */
export const rolesAssigning: readonly Role[] = ['nodal'];

addFieldTexts({
  wish_day_past: {
    hi: 'इच्छित तिथि आज या आगे की हो।',
    en: 'The wished day is today or later.',
  },
  persons_needed: {
    hi: 'कम से कम एक कार्मिक चुनें।',
    en: 'Choose at least one person.',
  },
});

const codesIn = (given: unknown) =>
  [given].flat().every((one) => typeof one === 'string')
    ? [given].flat().flatMap((one) =>
        String(one)
          .split(/[\s,;]+/u)
          .filter(Boolean),
      )
    : given;

export const assignmentInput = z.object({
  courseCode: z.string().min(1, 'required').max(64),
  officeCode: z.string().min(1, 'required').max(64),
  target: z.enum(['posts', 'persons']),
  designationId: z.uuid().optional(),
  cadreId: z.uuid().optional(),
  serviceGroup: z.enum(['A', 'B', 'C', 'D']).optional(),
  personCodes: z.preprocess(
    (given) => (given === undefined ? given : codesIn(given)),
    z.array(z.string().max(40)).max(500).optional(),
  ),
  wishDay: dayField.optional(),
  reason: z.string().trim().max(200, 'too_long').optional(),
});
export type AssignmentInput = z.output<typeof assignmentInput>;

/**
 * Asks a course of people without an order: of whoever holds such a post in the office or below, live as people
 * come and go, or of persons named by their codes.
 */
export async function assignCourse(ctx: Ctx, input: AssignmentInput): Promise<{ assignmentId: string }> {
  const office = await requireOffice(ctx, input.officeCode, rolesAssigning);
  const course = await courseByCode(ctx.db, input.courseCode);
  if (course?.state !== 'published') throw unknownCourse();
  const today = todayInIndia(ctx.clock);
  if (input.wishDay && input.wishDay < today) throw fault('wishDay', 'wish_day_past');
  const isForPosts = input.target === 'posts';
  if (isForPosts) await requireKnownPost(ctx, office, input);
  const personIds = isForPosts ? [] : await personsOf(ctx, office, input.personCodes ?? []);
  const row = {
    assignmentId: newId(),
    courseId: course.courseId,
    officeId: office.officeId,
    target: input.target,
    designationId: (isForPosts && input.designationId) || null,
    cadreId: (isForPosts && input.cadreId) || null,
    serviceGroup: (isForPosts && input.serviceGroup) || null,
    wishDay: input.wishDay ?? null,
    reason: input.reason || null,
    madeAt: ctx.clock.now(),
    madeBy: personIdOf(ctx.actor) ?? null,
  };
  await ctx.db.transaction(async (tx) => {
    await insertAssignment(tx, row, personIds);
    await audit(tx, ctx, {
      action: 'assignment.made',
      subjectKind: 'assignment',
      subjectId: row.assignmentId,
      officeId: office.officeId,
      detail: { course: course.code, target: input.target, persons: personIds.length },
    });
    await beginCounting(tx, row);
  });
  return { assignmentId: row.assignmentId };
}

/** Takes an assignment back: it leaves the homes of those who were asked. Repeated: nothing more. */
export async function withdrawAssignment(ctx: Ctx, assignmentId: string): Promise<void> {
  const row = await ownAssignment(ctx, assignmentId);
  if (row.withdrawnAt) return;
  await ctx.db.transaction(async (tx) => {
    await markAssignmentWithdrawn(tx, {
      assignmentId,
      now: ctx.clock.now(),
      by: personIdOf(ctx.actor) ?? null,
    });
    await audit(tx, ctx, {
      action: 'assignment.withdrawn',
      subjectKind: 'assignment',
      subjectId: assignmentId,
      officeId: row.officeId,
      detail: { course: row.courseCode },
    });
  });
}

/** The assignment, if the actor is a nodal officer over its office; not visible means not found. */
export async function ownAssignment(ctx: Ctx, assignmentId: string): Promise<AssignmentRow> {
  requireRole(ctx, rolesAssigning);
  const row = await assignmentById(ctx.db.read, assignmentId);
  if (!row || !pathIsInScope(row.officePath, scopesOf(ctx.actor, rolesAssigning))) throw notFound();
  return row;
}

/** What is asked of a post that nobody holds there is most likely a slip. */
async function requireKnownPost(ctx: Ctx, office: OfficeRow, input: AssignmentInput): Promise<void> {
  const wish = { officeId: office.officeId, today: todayInIndia(ctx.clock) };
  for (const kind of ['designation', 'cadre'] as const) {
    const id = kind === 'designation' ? input.designationId : input.cadreId;
    if (!id) continue;
    if (!(await isHeld(ctx.db.read, kind, { ...wish, id }))) throw fault(`${kind}Id`, 'unknown_choice');
  }
}

async function personsOf(ctx: Ctx, office: OfficeRow, given: string[]): Promise<string[]> {
  const codes = [...new Set(given.map((code) => code.toUpperCase()))];
  if (codes.length === 0) throw fault('personCodes', 'persons_needed');
  const wish = { codes, officeId: office.officeId, today: todayInIndia(ctx.clock) };
  const found = await postedByCode(ctx.db.read, wish);
  const known = new Set(found.map((one) => one.code.toUpperCase()));
  const unknown = codes.filter((code) => !known.has(code));
  if (unknown.length > 0) throw unknownCodes(unknown);
  return [...new Set(found.map((one) => one.personId))];
}

function unknownCodes(codes: string[]) {
  const list = codes.slice(0, 20).join(', ');
  const text = {
    hi: `इस कार्यालय या इसके नीचे तैनात कार्मिकों में ये कोड नहीं मिले: ${list}`,
    en: `Not among those posted in this office or below it: ${list}`,
  };
  return invalid([{ path: 'personCodes', code: 'unknown_codes', text }], text);
}

function unknownCourse() {
  const text = { hi: 'ऐसा कोई प्रकाशित कोर्स नहीं मिला।', en: 'There is no such published course.' };
  return invalid([{ path: 'courseCode', code: 'unknown_course', text }], text);
}

function fault(path: string, code: string) {
  const text = fieldText(code) ?? { hi: 'यह प्रविष्टि ठीक नहीं है।', en: 'This entry needs correcting.' };
  return invalid([{ path, code, text }], text);
}
