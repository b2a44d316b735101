import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formOf, isAnswered, type PaperForm, readAnswer } from '../../catalogue/index.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { pick } from '../../kernel/i18n.ts';
import { courseHref, crumbsOf, lessonOrCourse, titleOf } from '../../learning/index.ts';
import type { FieldError } from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { beginPaper } from '../begin-paper.ts';
import { type PaperView, paperView, resultView } from '../paper-view.ts';
import { saveAnswer } from '../save-answer.ts';
import { submitPaper } from '../submit-paper.ts';
import { testView } from '../test-view.ts';
import { PaperPage } from './paper-page.tsx';
import { ResultPage } from './result-page.tsx';
import { ReviewPage } from './review-page.tsx';
import { StartPage } from './start-page.tsx';
import { nameOf, paperHref, sayOf } from './words.ts';

const person = { access: 'person' } as const;
const byLesson = z.object({ code: z.string().max(64), lessonCode: z.string().max(64) });
const byPaper = z.object({ paperId: z.uuid() });
const byPlace = byPaper.extend({ place: z.coerce.number().int().min(1).max(400) });
const paperForm = z.record(
  z.string().max(20),
  z.union([z.string().max(8000), z.array(z.string().max(400)).max(50)]),
);

/** A learner's way through a test: rules, questions one by one, a look over them, the result. */
export function paperRoutes(app: App): void {
  startRoutes(app);
  questionRoutes(app);
  endRoutes(app);
}

function startRoutes(app: App): void {
  const options = { config: person, schema: { params: byLesson, hide: true } };
  app.get('/courses/:code/lessons/:lessonCode/paper', options, async (request, reply) => {
    const at = await lessonOrCourse(request, reply, request.params);
    if (!at) return reply;
    const { enrolmentId } = at.detail.enrolment;
    const test = await testView(request.ctx, { enrolmentId, lessonId: at.lesson.lessonId });
    const say = sayOf(request);
    const { title } = titleOf(at.lesson, say.language);
    const breadcrumbs = crumbsOf(at, say.language);
    const page = <StartPage at={at} test={test} say={say} title={title} now={request.ctx.clock.now()} />;
    return sendPage(request, reply, { title, activeLink: 'courses', breadcrumbs }, page);
  });
  app.post('/courses/:code/lessons/:lessonCode/paper', options, async (request, reply) => {
    const at = await lessonOrCourse(request, reply, request.params);
    if (!at) return reply;
    const { enrolmentId } = at.detail.enrolment;
    const { code, lessonCode } = request.params;
    try {
      const { paperId } = await beginPaper(request.ctx, { enrolmentId, lessonId: at.lesson.lessonId });
      return seeOther(reply, paperHref(paperId));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The start page itself says what stands in the way.
      return seeOther(reply, `${courseHref(code)}/lessons/${encodeURIComponent(lessonCode)}/paper`);
    }
  });
}

function questionRoutes(app: App): void {
  app.get(
    '/papers/:paperId',
    { config: person, schema: { params: byPaper, hide: true } },
    async (request, reply) => {
      const view = await paperView(request.ctx, request.params.paperId);
      if (view.paper.submittedAt) return seeOther(reply, paperHref(view.paper.paperId, '/result'));
      const open = view.questions.findIndex((_, place) => !view.answers.has(place));
      const place = open < 0 ? 'review' : `questions/${open + 1}`;
      return seeOther(reply, paperHref(view.paper.paperId, `/${place}`));
    },
  );
  app.get(
    '/papers/:paperId/questions/:place',
    { config: person, schema: { params: byPlace, hide: true } },
    async (request, reply) => {
      const view = await paperView(request.ctx, request.params.paperId);
      return showQuestion(request, reply, { view, place: request.params.place - 1 });
    },
  );
  app.post(
    '/papers/:paperId/questions/:place',
    { config: person, schema: { params: byPlace, body: paperForm, hide: true } },
    (request, reply) =>
      answerQuestion(request, reply, {
        ...request.params,
        place: request.params.place - 1,
        form: request.body,
      }),
  );
}

type Shown = { view: PaperView; place: number; form?: PaperForm; errors?: FieldError[] };

function showQuestion(
  request: FastifyRequest,
  reply: FastifyReply,
  { view, place, form, errors = [] }: Shown,
) {
  const { paper, questions, answers } = view;
  if (paper.submittedAt) return seeOther(reply, paperHref(paper.paperId, '/result'));
  const question = questions[place];
  if (!question) return seeOther(reply, paperHref(paper.paperId, '/review'));
  const say = sayOf(request);
  const title = say.t('assessment.questionOf', { n: place + 1, total: questions.length });
  const values = form ?? formOf(question, answers.get(place), place);
  return sendPage(
    request,
    reply,
    {
      title: `${title} · ${nameOf(paper, say.language)}`,
      activeLink: 'courses',
      scripts: ['paper.js'],
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : undefined,
    },
    <PaperPage
      view={view}
      place={place}
      form={values}
      errors={errors}
      now={request.ctx.clock.now()}
      say={say}
    />,
  );
}

type Sent = { paperId: string; place: number; form: PaperForm };

/** Saves what was answered and goes where the button says; a script that saves in between is answered in JSON. */
async function answerQuestion(request: FastifyRequest, reply: FastifyReply, { paperId, place, form }: Sent) {
  const isScript = String(request.headers.accept ?? '').startsWith('application/json');
  const view = await paperView(request.ctx, paperId);
  if (view.paper.submittedAt) return closed(reply, { paperId, isScript });
  const question = view.questions[place];
  if (!question) return seeOther(reply, paperHref(paperId, '/review'));
  const read = readAnswer(question, form, place);
  const next = paperHref(paperId, nextPlace(String(form['go'] ?? 'next'), place));
  // A blank answer may stay blank; half a number or an order with a gap is told, and kept as it was before.
  if ('fault' in read && read.fault !== 'missing') {
    if (isScript) return reply.status(202).send({ savedAt: null, next });
    const { t } = sayOf(request);
    const text = t(read.fault === 'number' ? 'learning.answerNumber' : 'learning.answerPlaces', {
      n: place + 1,
    });
    const field = question.kind === 'ordering' ? `q${place}-0` : `q${place}`;
    return showQuestion(request, reply, { view, place, form, errors: [{ field, text }] });
  }
  const answer = 'answer' in read && isAnswered(read.answer) ? read.answer : null;
  try {
    const { savedAt } = await saveAnswer(request.ctx, { paperId, place, answer });
    if (isScript) {
      const others = [...view.answers.keys()].filter((one) => one !== place).length;
      return reply.send({
        savedAt: savedAt.toISOString(),
        next,
        answered: others + Number(answer !== null),
      });
    }
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'paper_closed')
      return closed(reply, { paperId, isScript });
    throw error;
  }
  return seeOther(reply, next);
}

function nextPlace(go: string, place: number): string {
  if (go === 'review') return '/review';
  return `/questions/${go === 'previous' ? Math.max(1, place) : place + 2}`;
}

function closed(reply: FastifyReply, at: { paperId: string; isScript: boolean }) {
  if (at.isScript) return reply.status(409).send({ closed: true });
  flash(reply, { kind: 'info', key: 'assessment.wasClosed' });
  return seeOther(reply, paperHref(at.paperId, '/result'));
}

function endRoutes(app: App): void {
  const options = { config: person, schema: { params: byPaper, hide: true } };
  app.get('/papers/:paperId/review', options, async (request, reply) => {
    const view = await paperView(request.ctx, request.params.paperId);
    if (view.paper.submittedAt) return seeOther(reply, paperHref(view.paper.paperId, '/result'));
    const say = sayOf(request);
    const title = say.t('assessment.review');
    const page = <ReviewPage view={view} now={request.ctx.clock.now()} say={say} />;
    return sendPage(request, reply, { title, activeLink: 'courses', scripts: ['paper.js'] }, page);
  });
  app.post('/papers/:paperId/submission', options, async (request, reply) => {
    const { paperId } = await submitPaper(request.ctx, request.params.paperId);
    return seeOther(reply, paperHref(paperId, '/result'));
  });
  app.get('/papers/:paperId/result', options, async (request, reply) => {
    const { paper } = await paperView(request.ctx, request.params.paperId);
    if (!paper.submittedAt) return seeOther(reply, paperHref(paper.paperId));
    const view = await resultView(request.ctx, paper.paperId);
    const place = await testView(request.ctx, paper).catch(() => undefined);
    const say = sayOf(request);
    const title = `${say.t('assessment.result')}: ${pick({ hi: paper.titleHi, en: paper.titleEn }, say.language)}`;
    const page = <ResultPage view={view} test={place} say={say} />;
    return sendPage(request, reply, { title, activeLink: 'courses' }, page);
  });
}
