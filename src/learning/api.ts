import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { contentLanguages } from '../kernel/languages.ts';
import { enrolLearner } from './enrol-learner.ts';
import { enrolmentDetail } from './enrolment-view.ts';
import { lessonContent } from './lesson-content.ts';
import { ownEnrolments } from './own-enrolments.ts';
import { reportEngagement } from './report-engagement.ts';
import { submitAttempt } from './submit-attempt.ts';
import { withdrawLearner } from './withdraw-learner.ts';

const local = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const condition = z.object({
  kind: z
    .enum(['dwell', 'opened', 'quiz'])
    .describe('dwell: seconds; opened: 0 or 1; quiz: percent of the points, best attempt'),
  required: z.number(),
  done: z.number(),
  met: z.boolean(),
  recordingSeconds: z
    .number()
    .optional()
    .describe('Where given, the seconds are those seen of a recording so long, at whatever speed'),
  pages: z
    .object({ count: z.number(), required: z.number(), done: z.number() })
    .optional()
    .describe('Where given, the lesson is a PDF that is read page by page; the seconds are spread over them'),
});
const enrolmentShape = z.object({
  id: z.string(),
  courseCode: z.string(),
  status: z.enum(['notStarted', 'inProgress', 'completed']),
  lessons: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      kind: z.enum(['text', 'video', 'audio', 'pdf', 'quiz']),
      title: local,
      conditions: z.array(condition),
      met: z.boolean(),
    }),
  ),
});
const byId = z.object({ id: z.uuid() });
const person = { access: 'person' } as const;

export function learningApi(app: App): void {
  const tags = ['learning'];
  app.post(
    '/api/v1/enrolments',
    {
      config: person,
      schema: {
        tags,
        summary: 'Enrol in a course',
        body: z.object({
          courseCode: z.string().min(1).max(64),
          language: z.enum(contentLanguages).optional(),
        }),
        response: { 200: enrolmentShape, 201: enrolmentShape },
      },
    },
    async (request, reply) => {
      const { enrolment, isNew } = await enrolLearner(request.ctx, request.body);
      return reply.status(isNew ? 201 : 200).send(enrolment);
    },
  );
  app.get(
    '/api/v1/enrolments/:id',
    {
      config: person,
      schema: {
        tags,
        summary: 'One enrolment with every condition',
        params: byId,
        response: { 200: enrolmentShape },
      },
    },
    async (request) => (await enrolmentDetail(request.ctx, request.params.id)).view,
  );
  app.post(
    '/api/v1/enrolments/:id/withdrawal',
    {
      config: person,
      schema: { tags, summary: 'Withdraw from a course', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await withdrawLearner(request.ctx, request.params.id);
      return reply.status(204).send(null);
    },
  );
  engagementApi(app);
  attemptApi(app);
  contentApi(app);
}

const engagementInput = z.object({
  enrolmentId: z.uuid(),
  lessonId: z.uuid(),
  seconds: z.number().min(0).max(86_400),
  position: z.number().min(0).max(1_000_000).optional(),
  segments: z
    .array(z.tuple([z.number().min(0).max(1_000_000), z.number().min(0).max(1_000_000)]))
    .max(200)
    .optional()
    .describe(
      'Parts of the recording, in its seconds, that were played in these seconds; double speed at most',
    ),
  pages: z
    .array(z.number().int().min(1).max(20_000))
    .max(200)
    .optional()
    .describe('Pages of a PDF that were read in these seconds'),
});
const engagementShape = z.object({
  creditedSeconds: z.number(),
  totalSeconds: z.number(),
  doneSeconds: z.number().describe('What counts: of a recording the seconds seen, else the total'),
  requiredSeconds: z.number(),
  lessonMet: z.boolean(),
  courseCompleted: z.boolean(),
});

function engagementApi(app: App): void {
  app.post(
    '/api/v1/engagement',
    {
      config: person,
      schema: {
        tags: ['learning'],
        summary:
          'Report the seconds spent in a lesson since the last report; a first report of 0 opens the lesson',
        body: engagementInput,
        response: { 200: engagementShape },
      },
    },
    (request) => reportEngagement(request.ctx, request.body),
  );
}

const answer = z.union([z.string().max(200), z.number(), z.array(z.string().max(200)).max(50)]);
const attemptShape = z.object({
  attemptId: z.string(),
  number: z.number(),
  score: z.number(),
  maxScore: z.number(),
  isPassed: z.boolean(),
  attemptsLeft: z.number().nullable(),
  courseCompleted: z.boolean(),
  byQuestion: z.array(z.object({ code: z.string(), isRight: z.boolean() })),
});

function attemptApi(app: App): void {
  app.post(
    '/api/v1/enrolments/:id/lessons/:lessonId/attempts',
    {
      config: person,
      schema: {
        tags: ['learning'],
        summary: 'Submit a quiz; the server scores it',
        params: z.object({ id: z.uuid(), lessonId: z.uuid() }),
        body: z.object({ answers: z.record(z.string().max(40), answer) }),
        response: { 201: attemptShape },
      },
    },
    async (request, reply) => {
      const { id, lessonId } = request.params;
      return reply
        .status(201)
        .send(await submitAttempt(request.ctx, { enrolmentId: id, lessonId, answers: request.body.answers }));
    },
  );
}

const text = z.object({ hi: z.string().optional(), en: z.string().optional() });
const paperChoice = z.object({ code: z.string(), text });
const paperQuestion = z.object({
  code: z.string(),
  kind: z.enum(['single', 'multiple', 'truth', 'numeric', 'ordering', 'matching', 'fill', 'short']),
  text,
  points: z.number(),
  options: z.array(paperChoice).optional(),
  items: z.array(paperChoice).optional().describe('shuffled; of matching: what each needs a counterpart'),
  unit: text.optional(),
  maxWords: z.number().optional(),
});
const contentShape = z.object({
  id: z.string(),
  code: z.string(),
  kind: z.enum(['text', 'video', 'audio', 'pdf', 'quiz']),
  title: local,
  durationMinutes: z.number(),
  conditions: z.array(condition),
  met: z.boolean(),
  position: z.number().nullable().describe('seconds, where a recording was left'),
  contents: z.array(
    z.object({
      language: z.string(),
      html: z.string().nullable(),
      file: z.object({ href: z.string(), contentType: z.string(), bytes: z.number() }).nullable(),
      captionsHref: z.string().nullable(),
      transcript: z.string().nullable(),
      altText: z.string().nullable(),
    }),
  ),
  translation: z
    .object({
      language: z.string(),
      direction: z.enum(['ltr', 'rtl']),
      title: z.string(),
      source: z.string(),
      untranslated: z.array(z.enum(['title', 'body', 'altText', 'transcript', 'captions'])),
      untranslatedQuestions: z.array(z.string()).describe('codes'),
    })
    .nullable()
    .describe(
      "In the enrolment's language, where that is not the course's own; what is untranslated is in `source`",
    ),
  quiz: z
    .object({
      passShare: z.number(),
      attempts: z.number().nullable().describe('null: as many as wanted'),
      attemptsMade: z.number(),
      attemptsGiven: z
        .array(z.object({ reason: z.string(), givenAt: z.date() }))
        .describe('Attempts that a nodal officer gave beyond the usual; `attempts` counts them in'),
      questions: z.array(paperQuestion),
    })
    .nullable()
    .describe('without the keys'),
});
const enrolmentSummary = z.object({
  id: z.string(),
  courseCode: z.string(),
  title: local,
  language: z.enum(contentLanguages),
  status: z.enum(['notStarted', 'inProgress', 'completed']),
  lessonsMet: z.number(),
  lessonsTotal: z.number(),
  enrolledAt: z.date(),
  completedAt: z.date().nullable(),
});

function contentApi(app: App): void {
  const tags = ['learning'];
  app.get(
    '/api/v1/enrolments',
    {
      config: person,
      schema: {
        tags,
        summary: "One's own enrolments, the newest first",
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(200).default(50),
          after: z.uuid().optional(),
        }),
        response: { 200: z.object({ items: z.array(enrolmentSummary), next: z.string().nullable() }) },
      },
    },
    (request) => ownEnrolments(request.ctx, request.query),
  );
  app.get(
    '/api/v1/enrolments/:id/lessons/:lessonId',
    {
      config: person,
      schema: {
        tags,
        summary: 'The content of a lesson; of a quiz the questions without their keys',
        params: z.object({ id: z.uuid(), lessonId: z.uuid() }),
        response: { 200: contentShape },
      },
    },
    (request) => lessonContent(request.ctx, request.params),
  );
}
