import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { sendJsonOnce } from '../kernel/http/compress.ts';
import { courseFigures, rolesReadingCourses } from './course-figures.ts';
import { fieldDescription, type MetricId, metricOf } from './metrics.ts';
import { officeSummary } from './office-summary.ts';

const count = z.int().nullable();
const described = (field: string) => count.describe(fieldDescription(field));
const lineSchema = z.object({
  office: z.object({ code: z.string(), nameHi: z.string(), nameEn: z.string().nullable() }),
  asOf: z.string().describe('The India day up to whose end everything is counted.'),
  view: z.enum(['people', 'activity']),
  registered: described('registered'),
  notOnRoster: described('notOnRoster'),
  former: count.describe('Of notOnRoster, those who retired, died or left.'),
  signedIn: described('signedIn'),
  completions: described('completions'),
  renewals: described('renewals'),
  learningMinutes: described('learningMinutes'),
  digitalMinutes: described('digitalMinutes'),
  classroomMinutes: described('classroomMinutes'),
  atLeastOne: described('atLeastOne'),
  threeOrMore: described('threeOrMore'),
  fewerThanThree: described('fewerThanThree'),
  inTraining: described('inTraining'),
  begun: described('begun'),
  aiReach: described('aiReach'),
  cyberReach: described('cyberReach'),
  bands: z.object({
    none: described('bands.none'),
    oneOrTwo: described('bands.oneOrTwo'),
    threeOrMore: described('bands.threeOrMore'),
  }),
  masked: z.array(z.string()).describe('Names of the figures that are null because they are masked.'),
});

export const summaryShape = lineSchema.extend({ children: z.array(lineSchema) });

export function serveApi(app: App): void {
  app.get(
    '/api/v1/offices/:code/summary',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['insight'],
        summary: 'The figures of an office and of its children as of a day',
        description: summaryDescription,
        params: z.object({ code: z.string().max(200) }),
        querystring: z.object({
          asOf: z
            .string()
            .max(40)
            .optional()
            .describe(
              'YYYY-MM-DD; today where absent or later than today. The answer names the day that it is for.',
            ),
          view: z.enum(['people', 'activity']).optional(),
        }),
        response: { 200: summaryShape },
      },
    },
    // A test holds the figures to their contract, so no answer is checked again.
    async (request, reply) =>
      sendJsonOnce(
        request,
        reply,
        await officeSummary(request.ctx, { code: request.params.code, ...request.query }),
      ),
  );
  serveCourses(app);
}

const period = z.object({
  period: z.string().describe('The first day of a month'),
  completions: z.int(),
  renewals: z.int(),
  minutes: z.int(),
  isUnfinished: z.boolean(),
});
const atOffice = z.object({
  code: z.string(),
  nameHi: z.string(),
  nameEn: z.string().nullable(),
  completions: z.int(),
});
const ofCourse = (id: MetricId) => count.describe(`${id}: ${metricOf(id).definition.en}`);

function serveCourses(app: App): void {
  app.get(
    '/api/v1/courses/:code/figures',
    {
      config: { access: { roles: rolesReadingCourses } },
      schema: {
        tags: ['insight'],
        summary: 'What a course has come to: where its learners stand, by month, and below one’s own office',
        description:
          'Live, from the counters of the course. Null and `masked`, and without months, for whoever does not see everybody’s figures, where a count of 1 to 4 would show.',
        params: z.object({ code: z.string().max(200) }),
        response: {
          200: z.object({
            course: z.string(),
            asOf: z.string(),
            enrolled: ofCourse('enrolled'),
            notStarted: ofCourse('not_started'),
            inProgress: ofCourse('in_progress'),
            completed: ofCourse('completed'),
            renewals: ofCourse('renewals'),
            learningMinutes: ofCourse('learning_minutes'),
            masked: z.boolean(),
            months: z.array(period),
            office: z.string().nullable().describe('One’s own office, of which `below` tells'),
            below: z.array(atOffice).describe('First completions by where each was posted that day'),
          }),
        },
      },
    },
    async ({ ctx, params }) => {
      const { course, office, ...figures } = await courseFigures(ctx, params.code);
      return { ...figures, course: course.code, office: office?.code ?? null };
    },
  );
}

const summaryDescription = `Exact for holders of the roles nodal, leader, appraisal, auditor, operator and
centre over the office. For everybody else signed in, counts of 1 to 4 are null and named in \`masked\`,
together with the figures that would give them away, and a past day that is no end of a month is answered as of
the end of the month before it. In the activity view only completions, renewals and
minutes are counted; the other figures are null and not named in \`masked\`.`.replaceAll('\n', ' ');
