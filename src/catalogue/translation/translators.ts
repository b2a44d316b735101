import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requirePerson } from '../../kernel/context.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { type FieldError, invalid, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { type CourseRow, lockCourse } from '../course-store.ts';
import { requireAuthor } from '../policy.ts';
import { translationRights } from './translation-rights.ts';
import {
  endTranslator,
  insertTranslator,
  invitationsOf,
  type OwnInvitation,
  personsByCode,
} from './translators-store.ts';

export type Invitation = { employeeCode: string; languages: string[]; until: string };
const longestDays = 366;

/** Asks a named person to translate this one course, until a day; an author of the owning office may. */
export async function inviteTranslator(
  ctx: Ctx,
  code: string,
  input: Invitation,
): Promise<{ translatorId: string }> {
  return ctx.db.transaction(async (tx) => {
    const course = await authorsCourse(tx, ctx, code);
    const today = todayInIndia(ctx.clock);
    if (input.until < today || input.until > addDays(today, longestDays)) throw badDay();
    const [personId, another] = await personsByCode(tx, input.employeeCode.trim());
    if (!personId || another) throw unknownPerson();
    const translatorId = newId();
    const { languages, until } = input;
    const by = personIdOf(ctx.actor) ?? null;
    const row = { translatorId, courseId: course.courseId, personId, languages, until };
    await insertTranslator(tx, { ...row, now: ctx.clock.now(), by });
    await audit(tx, ctx, {
      ...actOn(course, 'course.translator_invited'),
      personId,
      detail: { languages, until },
    });
    return { translatorId };
  });
}

/** Ends an invitation before its day; what was translated stays. */
export async function dismissTranslator(ctx: Ctx, code: string, translatorId: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const course = await authorsCourse(tx, ctx, code);
    const at = { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null };
    const ended = await endTranslator(tx, { courseId: course.courseId, translatorId, ...at });
    if (!ended) throw notFound();
    await audit(tx, ctx, { ...actOn(course, 'course.translator_dismissed'), personId: ended.personId });
  });
}

/** The courses that this person was asked to translate. */
export function ownInvitations(ctx: Ctx): Promise<OwnInvitation[]> {
  return invitationsOf(ctx.db, { personId: requirePerson(ctx), today: todayInIndia(ctx.clock) });
}

async function authorsCourse(tx: Tx, ctx: Ctx, code: string): Promise<CourseRow> {
  const course = await lockCourse(tx, code);
  if (!course) throw notFound();
  await translationRights(ctx, course, tx);
  requireAuthor(ctx, course);
  return course;
}

function actOn(course: CourseRow, action: string) {
  const officeId = course.officeId ?? undefined;
  return { action, subjectKind: 'course', subjectId: course.code, officeId };
}

function badDay() {
  return refused('until', 'bad_day', {
    hi: 'आज से एक वर्ष के भीतर की तिथि लिखें।',
    en: 'Write a day from today on, within a year.',
  });
}

function unknownPerson() {
  return refused('employeeCode', 'unknown_person', {
    hi: 'इस कर्मचारी कोड का एक खाता नहीं मिला।',
    en: 'No single account was found for this employee code.',
  });
}

function refused(path: string, code: string, text: FieldError['text']) {
  return invalid([{ path, code, text }], text);
}
