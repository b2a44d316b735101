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

const demonstration = z.object({
  bank: bankInput,
  questions: z.array(questionInput),
  blueprint: blueprintInput,
  course: z.unknown(),
});

/** A bank on cyber hygiene, the blueprint of a final test, and the course that is this test; once. */
export async function loadDemonstrationBank(ctx: Ctx): Promise<void> {
  const path = join(projectRoot(), 'demo', 'banks', 'cyber-hygiene.json');
  const given = demonstration.parse(JSON.parse(await readFile(path, 'utf8')));
  if (await bankByCode(ctx.db.read, given.bank.code)) return;
  const officeCode = (await officeByCode(ctx, 'SW')) ? 'SW' : undefined;
  await createBank(ctx, { ...given.bank, officeCode });
  await addQuestions(ctx, given.bank.code, given.questions.map(contentOf));
  await createBlueprint(ctx, { ...given.blueprint, officeCode });
  const course = courseInput.parse({ ...(given.course as object), officeCode });
  if (await courseByCode(ctx.db, course.code)) return;
  await createCourse(ctx, course);
  await publishCourse(ctx, course.code);
}
