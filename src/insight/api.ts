import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { officeSummary } from './office-summary.ts';

const count = z.int().nullable();
const lineSchema = z.object({
  office: z.object({ code: z.string(), nameHi: z.string(), nameEn: z.string().nullable() }),
  asOf: z.string().describe('The India day up to whose end everything is counted.'),
  view: z.enum(['people', 'activity']),
  registered: count,
  notOnRoster: count,
  former: count,
  signedIn: count,
  completions: count,
  renewals: count,
  learningMinutes: count,
  digitalMinutes: count,
  classroomMinutes: count,
  atLeastOne: count,
  threeOrMore: count,
  fewerThanThree: count,
  inTraining: count,
  begun: count,
  bands: z.object({ none: count, oneOrTwo: count, threeOrMore: count }),
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
          asOf: z.string().max(40).optional().describe('YYYY-MM-DD; today where absent or later than today.'),
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
together with the figures that would give them away. In the activity view only completions, renewals and
minutes are counted; the other figures are null and not named in \`masked\`.`.replaceAll('\n', ' ');
