import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type PaperFault, type PaperForm, readPaper } from '../../catalogue/index.ts';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { seeOther, sendPage } from '../../shell/site/index.ts';
import type { LearnerLesson } from '../course-view.ts';
import { AttemptPage } from '../pages/attempt-page.tsx';
import { QuizPage } from '../pages/quiz-page.tsx';
import { lessonHref, titleOf } from '../pages/words.ts';
import { attemptView, quizView } from '../quiz-view.ts';
import { submitAttempt } from '../submit-attempt.ts';
import { byLesson, crumbsOf, lessonOrCourse } from './lesson-context.ts';

const byAttempt = byLesson.extend({ number: z.coerce.number().int().min(1).max(100_000) });
const paperForm = z.record(
  z.string().max(20),
  z.union([z.string().max(200), z.array(z.string().max(200)).max(50)]),
);
const person = { access: 'person' } as const;

export function quizRoutes(app: App): void {
  app.post(
    '/courses/:code/lessons/:lessonCode/attempts',
    { config: person, schema: { params: byLesson, body: paperForm, hide: true } },
    async (request, reply) => {
      const at = await lessonOrCourse(request, reply, request.params);
      return at ? takeAttempt(request, reply, { at, form: request.body }) : reply;
    },
  );
  app.get(
    '/courses/:code/lessons/:lessonCode/attempts/:number',
    { config: person, schema: { params: byAttempt, hide: true } },
    async (request, reply) => {
      const at = await lessonOrCourse(request, reply, request.params);
      if (!at) return reply;
      if (at.lesson.quiz?.blueprint) return seeOther(reply, paperHref(at));
      const { language } = request.ctx;
      const say = { t: translator(language), language };
      const attempt = await attemptView(request.ctx, at, request.params.number);
      const title = say.t(attempt.isPassed ? 'learning.resultPassed' : 'learning.resultFailed');
      return sendPage(
        request,
        reply,
        { title, activeLink: 'courses', breadcrumbs: crumbsOf(at, language), scripts: ['quiz.js'] },
        <AttemptPage at={at} attempt={attempt} say={say} />,
      );
    },
  );
}

type Shown = { at: LearnerLesson; form?: PaperForm; faults?: PaperFault[] };

export async function showQuiz(request: FastifyRequest, reply: FastifyReply, { at, form, faults }: Shown) {
  if (at.lesson.quiz?.blueprint) return seeOther(reply, paperHref(at));
  const { language } = request.ctx;
  const say = { t: translator(language), language };
  const quiz = await quizView(request.ctx, at);
  return sendPage(
    request,
    reply,
    {
      title: titleOf(at.lesson, language).title,
      activeLink: 'courses',
      breadcrumbs: crumbsOf(at, language),
      scripts: ['quiz.js'],
      hasErrors: Boolean(faults?.length),
      status: faults?.length ? 422 : undefined,
    },
    <QuizPage at={at} quiz={quiz} say={say} form={form} faults={faults} />,
  );
}

/** Where a test that is drawn by a blueprint begins; the feature that draws it answers there. */
function paperHref(at: LearnerLesson): string {
  return `${lessonHref(at.course.code, at.lesson.code)}/paper`;
}

/** A form that was sent twice, or from an older page, shows the attempt that it made. */
async function takeAttempt(
  request: FastifyRequest,
  reply: FastifyReply,
  { at, form }: { at: LearnerLesson; form: PaperForm },
) {
  if (at.lesson.quiz?.blueprint) return seeOther(reply, paperHref(at));
  const quiz = await quizView(request.ctx, at);
  const href = lessonHref(at.course.code, at.lesson.code);
  const sentFor = Number(form['number'] ?? quiz.number);
  if (sentFor < quiz.number) return seeOther(reply, `${href}/attempts/${sentFor}`);
  const { answers, faults } = readPaper(quiz.paper, form);
  if (faults.length > 0) return showQuiz(request, reply, { at, form, faults });
  const { enrolment } = at.detail;
  const made = await submitAttempt(request.ctx, {
    enrolmentId: enrolment.enrolmentId,
    lessonId: at.lesson.lessonId,
    answers,
  });
  return seeOther(reply, `${href}/attempts/${made.number}`);
}
