import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { translatedCaptions, writeWebVtt } from '../../catalogue/index.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { type LearnerLesson, learnerLesson } from '../course-view.ts';
import { LessonPage, type Wish } from '../pages/lesson-page.tsx';
import { courseHref, duration, lessonHref, titleOf } from '../pages/words.ts';
import { reportEngagement } from '../report-engagement.ts';
import { byLesson, crumbsOf, lessonOrCourse } from './lesson-context.ts';
import { quizRoutes, showQuiz } from './quiz.tsx';
import { wishOf } from './wish.ts';

const person = { access: 'person' } as const;

/** At which weight a recording is played (what was not made plays as usual), and which page of a PDF is read. */
const playing = z.object({
  as: z.string().max(20).optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});

export function lessonRoutes(app: App): void {
  app.get(
    '/courses/:code/lessons/:lessonCode',
    { config: person, schema: { params: byLesson, querystring: playing, hide: true } },
    async (request, reply) => {
      const at = await lessonOrCourse(request, reply, request.params);
      if (!at) return reply;
      return at.lesson.kind === 'quiz'
        ? showQuiz(request, reply, { at })
        : showLesson(request, reply, { at, wish: wishOf(request, reply, request.query) });
    },
  );
  app.post(
    '/courses/:code/lessons/:lessonCode/opening',
    { config: person, schema: { params: byLesson, hide: true } },
    async (request, reply) => {
      const at = await lessonOrCourse(request, reply, request.params);
      if (!at) return reply;
      if (isToOpen(at)) await report(request, { at, seconds: 0 });
      return seeOther(reply, lessonHref(at.course.code, at.lesson.code));
    },
  );
  app.post(
    '/courses/:code/lessons/:lessonCode/report',
    {
      config: person,
      schema: { params: byLesson, body: z.object({ shownAt: z.coerce.number() }), hide: true },
    },
    async (request, reply) => {
      const at = await lessonOrCourse(request, reply, request.params);
      if (!at) return reply;
      return reportByHand(request, reply, { at, shownAt: request.body.shownAt });
    },
  );
  app.post(
    '/courses/:code/lessons/:lessonCode/pages',
    { config: person, schema: { params: byLesson, body: turnedPage, hide: true } },
    async (request, reply) => {
      const at = await lessonOrCourse(request, reply, request.params);
      if (!at) return reply;
      return turnByHand(request, reply, { at, ...request.body });
    },
  );
  captionsRoute(app);
  quizRoutes(app);
}

const pageNumber = z.coerce.number().int().min(1).max(20_000);
const turnedPage = z.object({ shownAt: z.coerce.number(), page: pageNumber, to: pageNumber });
type Turned = { at: LearnerLesson } & z.output<typeof turnedPage>;

/** The buttons of a PDF's page without script: reports how long it was shown, and turns. */
async function turnByHand(request: FastifyRequest, reply: FastifyReply, turned: Turned) {
  const { at, page, to, shownAt } = turned;
  const more = { pages: [page], position: to };
  const result = await report(request, { at, seconds: secondsSince(request, shownAt), more });
  if (result.courseCompleted) return seeOther(reply, courseHref(at.course.code));
  if (result.lessonMet && !at.view.met) flash(reply, { kind: 'success', key: 'learning.lessonMet' });
  else if (page === to && !result.lessonMet) flash(reply, { kind: 'info', key: 'media.pagesStillLeft' });
  return seeOther(reply, `${lessonHref(at.course.code, at.lesson.code)}?page=${to}`);
}

/** The captions in the language in which the learner takes the course. */
function captionsRoute(app: App): void {
  app.get(
    '/courses/:code/lessons/:lessonCode/captions',
    { config: person, schema: { params: byLesson, hide: true } },
    async (request, reply) => {
      const { code, lessonCode } = request.params;
      const at = await learnerLesson(request.ctx, code, lessonCode);
      if (!at) throw notFound();
      // As the version has them: what is shown is translated already.
      const lesson = at.detail.lessons.find((one) => one.code === lessonCode) ?? at.lesson;
      const cues = await translatedCaptions(request.ctx, { ...at, lesson }, at.detail.enrolment.language);
      if (!cues) throw notFound();
      return reply
        .type('text/vtt; charset=utf-8')
        .header('cache-control', 'private, no-cache')
        .send(writeWebVtt(cues));
    },
  );
}

function showLesson(
  request: FastifyRequest,
  reply: FastifyReply,
  { at, wish }: { at: LearnerLesson; wish: Wish },
) {
  const { language, clock } = request.ctx;
  const say = { t: translator(language), language };
  return sendPage(
    request,
    reply,
    {
      title: titleOf(at.lesson, language).title,
      activeLink: 'courses',
      breadcrumbs: crumbsOf(at, language),
      scripts: ['player.js'],
    },
    <LessonPage at={at} say={say} shownAt={clock.now()} wish={wish} />,
  );
}

/**
 * One that was opened before is not reported again: that would move the clock by which what the browser has kept
 * from a broken line is still to be credited.
 */
function isToOpen({ detail, lesson, view }: LearnerLesson): boolean {
  const isOpened = Boolean(detail.states.get(lesson.lessonId)?.openedAt);
  return !isOpened || (!view.met && lesson.minimumSeconds === 0);
}

type Reporting = {
  at: LearnerLesson;
  seconds: number;
  more?: { pages: number[]; position: number };
};

function report({ ctx }: FastifyRequest, { at, seconds, more }: Reporting) {
  const enrolmentId = at.detail.enrolment.enrolmentId;
  return reportEngagement(ctx, { enrolmentId, lessonId: at.lesson.lessonId, seconds, ...more });
}

function secondsSince({ ctx }: FastifyRequest, shownAt: number): number {
  return Math.min(86_400, Math.max(0, Math.floor((ctx.clock.now().getTime() - shownAt) / 1000)));
}

/** The button of a page without script: reports the time since the page was sent, and says what is left. */
async function reportByHand(
  request: FastifyRequest,
  reply: FastifyReply,
  { at, shownAt }: { at: LearnerLesson; shownAt: number },
) {
  const { language } = request.ctx;
  const say = { t: translator(language), language };
  const isOpened = at.detail.states.get(at.lesson.lessonId)?.openedAt;
  const result = await report(request, { at, seconds: secondsSince(request, shownAt) });
  const href = lessonHref(at.course.code, at.lesson.code);
  if (result.courseCompleted) return seeOther(reply, courseHref(at.course.code));
  if (result.lessonMet) {
    flash(reply, { kind: 'success', key: 'learning.lessonMet' });
    return seeOther(reply, href);
  }
  const left = duration(Math.max(1, result.requiredSeconds - result.totalSeconds), say);
  if (isOpened) {
    const counted = duration(result.creditedSeconds, say);
    flash(reply, { kind: 'info', key: 'learning.stillLeft', vars: { counted, left } });
  } else flash(reply, { kind: 'info', key: 'learning.nowOpened', vars: { left } });
  return seeOther(reply, href);
}
