import { z } from 'zod';
import { type CourseRow, courseByCode, type Note, type PackagePart } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { prerequisitesOf, replacePrerequisites } from './store.ts';

const shape = z.array(z.strictObject({ code: z.string().min(1).max(64), must: z.boolean() })).max(20);
type Wanted = z.output<typeof shape>;

/**
 * What a course asks to be completed first, by code. Of another installation's list only courses that are here are
 * taken, and only for a new course: of one that is here its authors have decided already.
 */
export const prerequisitesPart: PackagePart = {
  name: 'prerequisites',
  async write(ctx, { course }) {
    const rows = await prerequisitesOf(ctx.db, course.courseId);
    const value: Wanted = rows.map((row) => ({ code: row.code, must: row.isMust }));
    return { value: value.length > 0 ? value : undefined, notes: [] };
  },
  async look(ctx, value) {
    const found = await coursesOf(ctx, read(value));
    const missing = found.filter((one) => !one.course).map((one) => one.code);
    return missing.length > 0 ? [missingNote(missing)] : [];
  },
  async take(tx, ctx, { courseId, isNewCourse, value }) {
    if (!isNewCourse) return;
    const rows = (await coursesOf(ctx, read(value))).flatMap(({ course, must }) =>
      course ? [{ requiredId: course.courseId, isMust: must }] : [],
    );
    // A new course is asked for by none, so that no circle can come of it.
    await replacePrerequisites(tx, courseId, rows);
  },
};

type Found = { code: string; must: boolean; course: CourseRow | undefined };

async function coursesOf(ctx: Pick<Ctx, 'db'>, wanted: Wanted): Promise<Found[]> {
  const once = wanted.filter((one, at) => wanted.findIndex((other) => other.code === one.code) === at);
  return Promise.all(
    once.map(async (one) => {
      const course = await courseByCode(ctx.db, one.code);
      return { ...one, course: course && course.state !== 'draft' ? course : undefined };
    }),
  );
}

function read(value: unknown): Wanted {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const text = {
    hi: 'course.json का भाग "prerequisites" ठीक नहीं है।',
    en: 'The part "prerequisites" of course.json is not right.',
  };
  throw invalid([{ path: 'file', code: 'bad_field', text }], text);
}

function missingNote(missing: string[]): Note {
  const list = missing.join(', ');
  const text = {
    hi: `पहले पूरे करने वाले ये कोर्स यहाँ प्रकाशित नहीं हैं, छोड़े जाएँगे: ${list}`,
    en: `These courses that come first are not published here and are left out: ${list}`,
  };
  return { code: 'prerequisites_missing', text };
}
