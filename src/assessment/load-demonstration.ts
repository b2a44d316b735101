import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { courseByCode, courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { officeByCode } from '../organisations/index.ts';
import { contentOf } from './question-api.ts';
import { createBank } from './save-bank.ts';
import { addQuestions } from './save-bank-question.ts';
import { createBlueprint } from './save-blueprint.ts';
import { bankInput, blueprintInput, questionInput } from './schema.ts';
import { bankByCode } from './stores/banks.ts';
import { blueprintByCode } from './stores/blueprints.ts';
import { hasPapers } from './stores/demonstration.ts';
import { takeDemonstrationPapers } from './take-demonstration-papers.ts';

const demonstration = z.object({
  bank: bankInput,
  questions: z.array(questionInput),
  blueprint: blueprintInput,
  course: z.looseObject({ code: z.string() }),
  written: z.record(z.string(), z.array(z.string())),
});
type Demonstration = z.output<typeof demonstration>;

/** A bank on cyber hygiene, the blueprint of a test, and the course that ends with it. What is there already stays. */
export async function loadDemonstrationBank(ctx: Ctx): Promise<Demonstration> {
  const path = join(projectRoot(), 'demo', 'banks', 'cyber-hygiene.json');
  const given = demonstration.parse(JSON.parse(await readFile(path, 'utf8')));
  const officeCode = (await officeByCode(ctx, 'SW')) ? 'SW' : undefined;
  if (!(await bankByCode(ctx.db.read, given.bank.code))) {
    await createBank(ctx, { ...given.bank, officeCode });
    await addQuestions(ctx, given.bank.code, given.questions.map(contentOf));
  }
  if (!(await blueprintByCode(ctx.db.read, given.blueprint.code)))
    await createBlueprint(ctx, { ...given.blueprint, officeCode });
  const course = courseInput.parse({ ...given.course, officeCode });
  if (await courseByCode(ctx.db, course.code)) return given;
  await createCourse(ctx, course);
  await publishCourse(ctx, course.code);
  return given;
}

/** The same with papers that people handed in, once. */
export async function loadDemonstrationPapers(ctx: Ctx): Promise<void> {
  const { blueprint, course, written } = await loadDemonstrationBank(ctx);
  if (await hasPapers(ctx.db.read, blueprint.code)) return;
  await takeDemonstrationPapers(ctx, { courseCode: course.code, lessonCode: 'test', written });
}
