import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { fieldDescription } from './metrics.ts';
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
        response: { 200: lineSchema.extend({ children: z.array(lineSchema) }) },
      },
    },
    async (request) => officeSummary(request.ctx, { code: request.params.code, ...request.query }),
  );
}

const summaryDescription = `Exact for holders of the roles nodal, leader, appraisal, auditor, operator and
centre over the office. For everybody else signed in, counts of 1 to 4 are null and named in \`masked\`,
together with the figures that would give them away, and a past day that is no end of a month is answered as of
the end of the month before it. In the activity view only completions, renewals and
minutes are counted; the other figures are null and not named in \`masked\`.`.replaceAll('\n', ' ');
