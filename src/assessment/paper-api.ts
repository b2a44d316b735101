import { z } from 'zod';
import { answerText, keyText } from '../catalogue/index.ts';
import type { App } from '../kernel/feature.ts';
import { beginPaper } from './begin-paper.ts';
import { type PaperView, paperView, type ResultView, resultView } from './paper-view.ts';
import { saveAnswer } from './save-answer.ts';
import { submitPaper } from './submit-paper.ts';

const tags = ['assessment'];
const person = { access: 'person' } as const;
const text = z.object({ hi: z.string().optional(), en: z.string().optional() });
const choice = z.object({ code: z.string(), text });
const answer = z.union([z.string().max(8000), z.number(), z.array(z.string().max(200)).max(50)]);
const byPaper = z.object({ paperId: z.uuid() });
const paperShape = z.object({
  id: z.string(),
  number: z.number(),
  startedAt: z.date(),
  dueAt: z.date().nullable().describe('by the server’s clock, extra time included'),
  submittedAt: z.date().nullable(),
  questions: z
    .array(
      z.object({
        place: z.number().describe('counted from 0'),
        section: z.number(),
        kind: z.string(),
        text,
        points: z.number(),
        options: z.array(choice).optional(),
        items: z.array(choice).optional(),
        unit: text.optional(),
        maxWords: z.number().optional(),
        answer: answer.nullable(),
      }),
    )
    .describe('without the keys'),
});
const resultShape = z.object({
  id: z.string(),
  number: z.number(),
  submittedAt: z.date(),
  submittedBy: z.enum(['person', 'clock']),
  waitsForMarker: z.boolean(),
  score: z.number().nullable(),
  maxScore: z.number().nullable(),
  isPassed: z.boolean().nullable().describe('null until every answer is marked'),
  sections: z.array(z.object({ score: z.number(), maxScore: z.number(), isReached: z.boolean() })),
  answers: z
    .array(
      z.object({
        place: z.number(),
        points: z.number().nullable(),
        maxPoints: z.number(),
        answer: z.string().nullable(),
        rightAnswer: z.string().nullable(),
        explanation: text.nullable(),
      }),
    )
    .describe('as far as the author shows them'),
});

/** A learner's papers for programs; the same commands as the pages. */
export function paperApi(app: App): void {
  app.post(
    '/api/v1/enrolments/:enrolmentId/lessons/:lessonId/papers',
    {
      config: person,
      schema: {
        tags,
        summary: 'Begin a test that is drawn by a blueprint; the open paper where there is one',
        params: z.object({ enrolmentId: z.uuid(), lessonId: z.uuid() }),
        response: { 200: paperShape, 201: paperShape },
      },
    },
    async (request, reply) => {
      const { paperId, isNew } = await beginPaper(request.ctx, request.params);
      return reply.status(isNew ? 201 : 200).send(paperOf(await paperView(request.ctx, paperId)));
    },
  );
  app.get(
    '/api/v1/papers/:paperId',
    {
      config: person,
      schema: {
        tags,
        summary: "One's own paper, without its keys",
        params: byPaper,
        response: { 200: paperShape },
      },
    },
    async (request) => paperOf(await paperView(request.ctx, request.params.paperId)),
  );
  answersApi(app);
}

function answersApi(app: App): void {
  app.put(
    '/api/v1/papers/:paperId/answers/:place',
    {
      config: person,
      schema: {
        tags,
        summary: 'Save one answer; null takes it back',
        params: byPaper.extend({ place: z.coerce.number().int().min(0).max(400) }),
        body: z.object({ answer: answer.nullable() }),
        response: { 200: z.object({ savedAt: z.date() }) },
      },
    },
    (request) => saveAnswer(request.ctx, { ...request.params, answer: request.body.answer }),
  );
  app.post(
    '/api/v1/papers/:paperId/submission',
    {
      config: person,
      schema: {
        tags,
        summary: 'Hand a paper in; again, the same result',
        params: byPaper,
        response: { 200: resultShape },
      },
    },
    async (request) => {
      await submitPaper(request.ctx, request.params.paperId);
      return resultOf(await resultView(request.ctx, request.params.paperId));
    },
  );
  app.get(
    '/api/v1/papers/:paperId/result',
    {
      config: person,
      schema: {
        tags,
        summary: 'The result of a paper that was handed in',
        params: byPaper,
        response: { 200: resultShape },
      },
    },
    async (request) => resultOf(await resultView(request.ctx, request.params.paperId)),
  );
}

function paperOf({ paper, questions, answers }: PaperView) {
  const { paperId: id, number, startedAt, dueAt, submittedAt } = paper;
  const shown = questions.map(({ code: _, ...question }, place) => ({
    ...question,
    place,
    answer: answers.get(place) ?? null,
  }));
  return { id, number, startedAt, dueAt, submittedAt, questions: shown };
}

function resultOf({ paper, rules, lines }: ResultView) {
  const { language } = paper;
  const isExplained = rules.feedback === 'explanations';
  const answers = lines.map(({ question, answer: given, points, maxPoints }, place) => ({
    ...{ place, points, maxPoints },
    answer: given === null ? null : answerText(question, given, language),
    rightAnswer: isExplained ? keyText(question, language) : null,
    explanation: isExplained ? (question.explanation ?? null) : null,
  }));
  const { number, waitsForMarker, isPassed } = paper;
  return {
    ...{ id: paper.paperId, number, waitsForMarker, isPassed, answers },
    submittedAt: paper.submittedAt ?? new Date(0),
    submittedBy: paper.submittedBy ?? ('person' as const),
    score: waitsForMarker ? null : paper.score,
    maxScore: paper.maxScore,
    sections: paper.sections ?? [],
  };
}
