import { z } from 'zod';
import { dayField } from '../kernel/day-field.ts';
import type { App } from '../kernel/feature.ts';
import { correctMark, markAnswer, markingDesk, visibleAnswer } from './mark-answer.ts';
import { markerRoles, nodalRoles } from './policy.ts';
import { reason } from './schema.ts';
import { setExtraTime, visibleExtraTime } from './set-extra-time.ts';
import type { MarkRow } from './stores/marking.ts';

const tags = ['assessment'];
const marker = { access: { roles: markerRoles } };
const nodal = { access: { roles: nodalRoles } };
const text = z.object({ hi: z.string().optional(), en: z.string().optional() });
const byAnswer = z.object({
  paperId: z.uuid(),
  place: z.coerce.number().int().min(0).max(400).describe('counted from 0'),
});
const answerShape = z
  .object({
    paperId: z.string(),
    place: z.number(),
    state: z.enum(['waiting', 'marked']),
    submittedAt: z.date(),
    blueprint: z.string(),
    question: text,
    answer: z.string().nullable(),
    points: z.number(),
    rubric: z.array(z.object({ code: z.string(), text, share: z.number() })),
    criteria: z.array(z.string()).nullable().describe('codes of the rubric that were found'),
    share: z.number().nullable(),
    note: z.string().nullable(),
  })
  .describe('whose answer it is, is not told');
const mark = z.object({
  criteria: z.array(z.string().max(64)).max(20).describe('codes of the rubric that are found in the answer'),
  note: z.string().trim().max(2000).nullable().default(null).describe('for the learner'),
});
const timeShape = z.object({
  percent: z.number().describe('0: none'),
  untilDay: z.string().nullable(),
  reason: z.string().nullable(),
});

/** Marking of written answers, and more time for a person, for programs; the same commands as the pages. */
export function markingApi(app: App): void {
  app.get(
    '/api/v1/marking',
    {
      config: marker,
      schema: {
        tags,
        summary: "Written answers in one's offices that wait for a marker, or were marked; never one's own",
        querystring: z.object({ state: z.enum(['waiting', 'marked']).default('waiting') }),
        response: { 200: z.object({ items: z.array(answerShape), next: z.string().nullable() }) },
      },
    },
    async (request) => ({
      items: (await markingDesk(request.ctx, request.query.state)).map(answerOf),
      next: null,
    }),
  );
  app.get(
    '/api/v1/papers/:paperId/answers/:place/mark',
    {
      config: marker,
      schema: {
        tags,
        summary: 'One written answer with its rubric and its mark',
        params: byAnswer,
        response: { 200: answerShape },
      },
    },
    async (request) => answerOf(await visibleAnswer(request.ctx, request.params)),
  );
  marksApi(app);
  extraTimeApi(app);
}

function marksApi(app: App): void {
  app.post(
    '/api/v1/papers/:paperId/answers/:place/mark',
    {
      config: marker,
      schema: {
        tags,
        summary: 'Mark a written answer, once; with the last of a paper its result is decided',
        params: byAnswer,
        body: mark,
        response: { 200: answerShape },
      },
    },
    async (request) => {
      await markAnswer(request.ctx, request.params, request.body);
      return answerOf(await visibleAnswer(request.ctx, request.params));
    },
  );
  app.post(
    '/api/v1/papers/:paperId/answers/:place/correction',
    {
      config: marker,
      schema: {
        tags,
        summary: 'Correct a mark with a reason that the trail keeps; refused once a certificate stands',
        params: byAnswer,
        body: mark.extend({ reason }),
        response: { 200: answerShape },
      },
    },
    async (request) => {
      await correctMark(request.ctx, request.params, request.body);
      return answerOf(await visibleAnswer(request.ctx, request.params));
    },
  );
}

function extraTimeApi(app: App): void {
  const byPerson = z.object({ personId: z.uuid() });
  app.get(
    '/api/v1/persons/:personId/extra-time',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'The extra time in tests that a person has now',
        params: byPerson,
        response: { 200: timeShape },
      },
    },
    async (request) => timeOf(await visibleExtraTime(request.ctx, request.params.personId)),
  );
  app.put(
    '/api/v1/persons/:personId/extra-time',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Give a person more time in tests begun from now on, in percent; 0 ends it',
        params: byPerson,
        body: z.object({
          percent: z.number().int().min(0).max(300),
          untilDay: dayField.nullable().default(null).describe('the last day; null: until it is ended'),
          reason: reason.describe('the order or rule behind it, no diagnosis'),
        }),
        response: { 200: timeShape },
      },
    },
    async (request) => {
      await setExtraTime(request.ctx, request.params.personId, request.body);
      return timeOf(await visibleExtraTime(request.ctx, request.params.personId));
    },
  );
}

function answerOf(row: MarkRow) {
  const { paperId, place, state, submittedAt, answer, points, criteria, share, note, content } = row;
  const rubric = content.kind === 'short' ? content.rubric : [];
  const given = { paperId, place, state, submittedAt, answer, points, criteria, share, note, rubric };
  return { ...given, blueprint: row.blueprintCode, question: content.text };
}

function timeOf(time: Awaited<ReturnType<typeof visibleExtraTime>>) {
  return { percent: time?.percent ?? 0, untilDay: time?.untilDay ?? null, reason: time?.reason ?? null };
}
