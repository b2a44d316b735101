import { courseByCode } from '../../catalogue/index.ts';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { type Day, todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { PartInput, SyllabusInput } from '../schema.ts';
import {
  addParts,
  draftSyllabus,
  type NewPart,
  type ProgrammeRow,
  removePart,
  replaceParts,
  setAboutSyllabus,
} from '../stores/programmes.ts';
import { retiredAt, unknownAt, wrongDay } from '../words.ts';
import { ownProgramme } from './save-programme.ts';

/** Writes the draft of the next version as a whole. */
export async function saveSyllabus(ctx: Ctx, code: string, input: SyllabusInput): Promise<void> {
  const programme = await ownProgramme(ctx, code);
  requirePast(ctx, input.revisedOn);
  const parts = await Promise.all(input.parts.map((part, at) => partOf(ctx, part, `parts.${at}.course`)));
  await changeDraft(ctx, programme, async (tx, syllabusId) => {
    await setAboutSyllabus(tx, { syllabusId, ...input });
    await replaceParts(tx, syllabusId, parts);
  });
}

/** Begins the next version with the parts of the one in force; nothing where a draft is there. */
export async function beginSyllabus(ctx: Ctx, code: string): Promise<void> {
  await changeDraft(ctx, await ownProgramme(ctx, code), async () => undefined);
}

export async function setAbout(
  ctx: Ctx,
  code: string,
  about: { revisedOn: Day; isInduction: boolean },
): Promise<void> {
  const programme = await ownProgramme(ctx, code);
  requirePast(ctx, about.revisedOn);
  await changeDraft(ctx, programme, (tx, syllabusId) => setAboutSyllabus(tx, { syllabusId, ...about }));
}

export async function addPart(ctx: Ctx, code: string, input: PartInput): Promise<void> {
  const programme = await ownProgramme(ctx, code);
  const part = await partOf(ctx, input, 'course');
  await changeDraft(ctx, programme, (tx, syllabusId) => addParts(tx, syllabusId, [part]));
}

export async function takePart(ctx: Ctx, code: string, ordinal: number): Promise<void> {
  const programme = await ownProgramme(ctx, code);
  await changeDraft(ctx, programme, async (tx, syllabusId) => {
    if (!(await removePart(tx, syllabusId, ordinal))) throw notFound();
  });
}

async function changeDraft(
  ctx: Ctx,
  programme: ProgrammeRow,
  change: (tx: Tx, syllabusId: string) => Promise<void>,
): Promise<void> {
  if (programme.closedOn) throw closedAlready();
  const made = { syllabusId: newId(), programmeId: programme.programmeId, today: todayInIndia(ctx.clock) };
  await ctx.db.transaction(async (tx) => {
    const stamp = { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null };
    await change(tx, await draftSyllabus(tx, made, stamp));
    await audit(tx, ctx, {
      action: 'syllabus.saved',
      subjectKind: 'programme',
      subjectId: programme.code,
      officeId: programme.officeId,
    });
  });
}

async function partOf(ctx: Ctx, input: PartInput, path: string): Promise<NewPart> {
  if (input.course === undefined) {
    const { title = null, tags = [], hours: minutes = 0 } = input;
    return { courseId: null, title, tags: [...new Set(tags)], minutes };
  }
  const course = await courseByCode(ctx.db, input.course);
  if (!course || course.state === 'draft') throw unknownAt(path, input.course);
  if (course.state === 'retired') throw retiredAt(path, input.course);
  return { courseId: course.courseId, title: null, tags: [], minutes: 0 };
}

function requirePast(ctx: Ctx, day: Day): void {
  if (day > todayInIndia(ctx.clock))
    throw wrongDay('revisedOn', { hi: 'पुनरीक्षण का दिन अभी आया नहीं है।', en: 'That day is still to come.' });
}

export function closedAlready(): Refusal {
  const text = { hi: 'यह कार्यक्रम बंद हो चुका है।', en: 'This programme is closed.' };
  return new Refusal('conflict', text, { reason: 'programme_closed' });
}
