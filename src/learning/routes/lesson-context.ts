import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { flash, seeOther } from '../../shell/site/index.ts';
import { type LearnerLesson, learnerLesson } from '../course-view.ts';
import { courseHref, titleOf } from '../pages/words.ts';

export const byLesson = z.object({ code: z.string().max(64), lessonCode: z.string().max(64) });
type ByLesson = z.infer<typeof byLesson>;

/** The lesson, or a way to the course's page, where one enrols. */
export async function lessonOrCourse(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, lessonCode }: ByLesson,
): Promise<LearnerLesson | undefined> {
  const at = await learnerLesson(request.ctx, code, lessonCode);
  if (at) return at;
  flash(reply, { kind: 'info', key: 'learning.enrolFirst' });
  await seeOther(reply, courseHref(code));
  return undefined;
}

export function crumbsOf(at: LearnerLesson, language: 'hi' | 'en') {
  return [{ label: titleOf(at.course, language).title, href: courseHref(at.course.code) }];
}
