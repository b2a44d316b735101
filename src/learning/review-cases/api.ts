import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { answerReviewCase } from './answer-review-case.ts';
import { decideReviewCase } from './decide-review-case.ts';
import { engagementLimits, setEngagementLimit } from './limits.ts';
import { rolesDeciding } from './policy.ts';
import { deskReviewCases, ownReviewCases } from './review-case-views.ts';
import { caseAnswer, caseDecision, caseParams, limitInput, ownCase, tabQuery } from './schema.ts';
import type { DeskCase, ReviewCase } from './store.ts';

const tags = ['review-cases'];
const text = z.string().nullable();
const shown = z.object({
  id: z.uuid(),
  day: z.string(),
  courseCode: text,
  claimedSeconds: z.number().describe('Reported on that day'),
  clockSeconds: z.number().describe("Of these, what the server's clock showed"),
  state: z.enum(['open', 'cleared', 'upheld', 'lapsed']),
  openedAt: z.date(),
  lapsesOn: z.string(),
  answer: text,
  reason: text,
  decidedAt: z.date().nullable(),
});
const deskShown = shown.extend({ personId: z.uuid(), code: text, nameHi: text, nameEn: text });
const limit = z.object({
  startsOn: z.string(),
  excessSeconds: z.number(),
  times: z.number(),
  lapseDays: z.number(),
});

function shownOf(row: ReviewCase): z.input<typeof shown> {
  const { reviewCaseId, excessSeconds, courseHi: _hi, courseEn: _en, ...rest } = row;
  return { ...rest, id: reviewCaseId, clockSeconds: row.claimedSeconds - excessSeconds };
}

function deskShownOf(row: DeskCase): z.input<typeof deskShown> {
  const { personId, code, nameHi, nameEn } = row;
  return { ...shownOf(row), personId, code, nameHi, nameEn };
}

export function reviewCaseApi(app: App): void {
  ownApi(app);
  deskApi(app);
  limitApi(app);
}

function ownApi(app: App): void {
  const config = { access: 'person' as const };
  app.get(
    '/api/v1/me/review-cases',
    {
      config,
      schema: {
        summary: 'Questions about reports of mine that came faster than time passes',
        tags,
        response: { 200: z.object({ items: z.array(shown), next: z.null() }) },
      },
    },
    async (request) => ({ items: (await ownReviewCases(request.ctx)).map(shownOf), next: null }),
  );
  app.post(
    '/api/v1/me/review-cases/:reviewCaseId/answers',
    {
      config,
      schema: { summary: 'Answer', tags, params: ownCase, body: caseAnswer, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await answerReviewCase(request.ctx, { ...request.params, ...request.body });
      return reply.status(204).send(null);
    },
  );
}

function deskApi(app: App): void {
  const config = { access: { roles: rolesDeciding } };
  app.get(
    '/api/v1/review-cases',
    {
      config,
      schema: {
        summary: 'Cases in the subtree that one may decide',
        tags,
        querystring: tabQuery,
        response: { 200: z.object({ items: z.array(deskShown), next: z.null() }) },
      },
    },
    async (request) => ({
      items: (await deskReviewCases(request.ctx, request.query.tab)).map(deskShownOf),
      next: null,
    }),
  );
  app.post(
    '/api/v1/review-cases/:personId/:reviewCaseId/decision',
    {
      config,
      schema: {
        summary: 'Decide with a reason; figures stay as they are',
        tags,
        params: caseParams,
        body: caseDecision,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await decideReviewCase(request.ctx, { ...request.params, ...request.body });
      return reply.status(204).send(null);
    },
  );
}

function limitApi(app: App): void {
  const config = { access: { roles: ['operator'] } };
  app.get(
    '/api/v1/engagement-limits',
    {
      config,
      schema: {
        summary: 'From which claims on a case is opened, by day',
        tags,
        response: { 200: z.object({ items: z.array(limit), next: z.null() }) },
      },
    },
    async (request) => ({ items: await engagementLimits(request.ctx), next: null }),
  );
  app.post(
    '/api/v1/engagement-limits',
    {
      config,
      schema: { summary: 'Set limits from a later day on', tags, body: limitInput, response: { 201: limit } },
    },
    async (request, reply) => {
      await setEngagementLimit(request.ctx, request.body);
      return reply.status(201).send(request.body);
    },
  );
}
