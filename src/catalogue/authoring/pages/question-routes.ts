import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type FieldError, invalid, notFound } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { pick, translator } from '../../../kernel/i18n.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { blueprintChoices } from '../../blueprint-facts.ts';
import { authorRoles } from '../../policy.ts';
import type { Question } from '../../quiz.ts';
import {
  attachBlueprint,
  moveQuestion,
  removeQuestion,
  saveQuestion,
  saveQuizRules,
} from '../save-question.ts';
import { blueprintForm, placeForm, revision, rulesForm } from './forms.ts';
import { sendLesson } from './lesson-page.tsx';
import { lessonView } from './lesson-routes.ts';
import { mostOptions, questionForm } from './question-form.ts';
import { sendQuestion } from './question-page.tsx';
import { lessonQuestionKinds } from './quiz-part.tsx';
import { sendRemoval } from './rules-pages.tsx';
import { lessonHref } from './words.ts';

const place = { code: z.string().min(1).max(64), lesson: z.string().min(1).max(64) };
const byQuestion = z.object({ ...place, question: z.string().min(1).max(40) });
const kinds = z.object({ kind: z.enum(lessonQuestionKinds).catch('single') });
const config = { access: { roles: authorRoles } };
const one = { config, schema: { params: byQuestion, hide: true } };
const added = { config, schema: { params: z.object(place), querystring: kinds, hide: true } };

/** The questions of a quiz: a page each, without script. */
export function questionRoutes(app: App): void {
  const base = '/office/courses/:code/lessons/:lesson/questions';
  app.get(`${base}/new`, added, (request, reply) =>
    drawQuestion(request, reply, { at: request.params, kind: request.query.kind, state: emptyForm }),
  );
  app.post(`${base}/new`, added, (request, reply) =>
    answerQuestion(request, reply, { at: request.params, kind: request.query.kind }),
  );
  app.get(`${base}/:question`, one, (request, reply) =>
    drawQuestion(request, reply, { at: request.params, state: emptyForm }),
  );
  app.post(`${base}/:question`, one, (request, reply) =>
    answerQuestion(request, reply, { at: request.params }),
  );
  orderRoutes(app, base);
  rulesRoute(app);
  blueprintRoute(app);
}

type Place = { code: string; lesson: string; question?: string };
type Asked = { at: Place; kind?: Question['kind'] };
type Drawn = Asked & { state: FormState; rows?: number; isTyped?: boolean };

async function found(request: FastifyRequest, { at, state }: { at: Place; state: FormState }) {
  const view = await lessonView({ ctx: request.ctx, params: at }, state);
  if (!view.lesson.quiz) throw notFound();
  const question = view.lesson.quiz.questions.find((other) => other.code === at.question);
  if (at.question && !question) throw notFound();
  return { view, question };
}

async function drawQuestion(request: FastifyRequest, reply: FastifyReply, drawn: Drawn) {
  const { view, question } = await found(request, drawn);
  const kind = question?.kind ?? drawn.kind ?? 'single';
  const { desk, lesson, other } = view;
  const { state, rows = 0, isTyped } = drawn;
  return sendQuestion(request, reply, { desk, lesson, other, kind, question, state, rows, isTyped });
}

async function answerQuestion(request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  const { question } = await found(request, { at: asked.at, state: emptyForm });
  const kind = question?.kind ?? asked.kind ?? 'single';
  const { code, lesson } = asked.at;
  const body = (request.body ?? {}) as Record<string, unknown>;
  if (body['action'] === 'more') return drawMore(request, reply, { ...asked, body });
  return answerForm(request, reply, {
    schema: questionForm(kind),
    redraw: (state) => drawQuestion(request, reply, { ...asked, state }),
    async submit(edit) {
      await saveQuestion(request.ctx, asked.at, edit);
      flash(reply, { kind: 'success', key: 'catalogue.authorQuestionSaved' });
      return seeOther(reply, lessonHref(code, lesson, '#questions'));
    },
  });
}

/** The same form with two more rows, as typed; nothing is saved. */
function drawMore(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, ...asked }: Asked & { body: Record<string, unknown> },
) {
  const entries = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const shown = entries.filter(([name]) => /^option-\d+-hi$/.test(name)).length;
  const state = { values: Object.fromEntries(entries), errors: [] };
  return drawQuestion(request, reply, {
    ...asked,
    state,
    rows: Math.min(mostOptions, shown + 2),
    isTyped: true,
  });
}

function orderRoutes(app: App, base: string): void {
  app.post(`${base}/:question/position`, one, (request, reply) => {
    const { code, lesson } = request.params;
    return answerForm(request, reply, {
      schema: placeForm,
      redraw: async (state) => sendLesson(request, reply, await lessonView(request, state)),
      async submit({ step, place: wanted }) {
        await moveQuestion(request.ctx, request.params, step ?? wanted ?? 1);
        flash(reply, { kind: 'success', key: 'catalogue.authorMoved' });
        return seeOther(reply, lessonHref(code, lesson, '#questions'));
      },
    });
  });
  app.get(`${base}/:question/removal`, one, async (request, reply) => {
    const { view, question } = await found(request, { at: request.params, state: emptyForm });
    const t = translator(request.ctx.language);
    const { code, lesson, question: asked } = request.params;
    return sendRemoval(request, reply, {
      desk: view.desk,
      revision: view.lesson.revision,
      title: t('catalogue.authorRemoveQuestion'),
      name: pick(question?.text ?? {}, request.ctx.language),
      consequences: [t('catalogue.authorRemoveStay')],
      action: lessonHref(code, lesson, `/questions/${encodeURIComponent(asked)}/removal`),
      cancelHref: lessonHref(code, lesson, '#questions'),
    });
  });
  app.post(`${base}/:question/removal`, one, async (request, reply) => {
    const { code, lesson } = request.params;
    const body = (request.body ?? {}) as Record<string, unknown>;
    await removeQuestion(request.ctx, request.params, revision.parse(body['revision']));
    flash(reply, { kind: 'success', key: 'catalogue.authorQuestionRemoved' });
    return seeOther(reply, lessonHref(code, lesson, '#questions'));
  });
}

function rulesRoute(app: App): void {
  const options = { config, schema: { params: z.object(place), hide: true } };
  app.post('/office/courses/:code/lessons/:lesson/rules', options, (request, reply) => {
    const { code, lesson } = request.params;
    return answerForm(request, reply, {
      schema: rulesForm,
      redraw: async (state) => sendLesson(request, reply, await lessonView(request, state)),
      async submit({ revision: stamp, passPercent, attempts }) {
        const rules = { passShare: passPercent / 100, attempts: attempts ? Math.round(attempts) : null };
        await saveQuizRules(request.ctx, { code, lesson }, { revision: stamp, ...rules });
        flash(reply, { kind: 'success', key: 'catalogue.authorSaved' });
        return seeOther(reply, lessonHref(code, lesson, '#questions'));
      },
    });
  });
}

function blueprintRoute(app: App): void {
  const options = { config, schema: { params: z.object(place), hide: true } };
  app.post('/office/courses/:code/lessons/:lesson/blueprint', options, (request, reply) => {
    const { code, lesson } = request.params;
    return answerForm(request, reply, {
      schema: blueprintForm,
      redraw: async (state) => sendLesson(request, reply, await lessonView(request, state)),
      async submit({ revision: stamp, blueprint }) {
        const choice = (await blueprintChoices(request.ctx)).find((one) => one.code === blueprint);
        if (!choice) throw invalid([notInList()]);
        const given = { blueprint, minutes: choice.minutes, revision: stamp };
        await attachBlueprint(request.ctx, { code, lesson }, given);
        flash(reply, { kind: 'success', key: 'assessment.attached' });
        return seeOther(reply, lessonHref(code, lesson, '#questions'));
      },
    });
  });
}

function notInList(): FieldError {
  const text = { hi: 'सूची में से चुनें।', en: 'Choose from the list.' };
  return { path: 'blueprint', code: 'unknown_choice', text };
}
