import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { authorRoles, readerRoles, reviewerRoles } from '../policy.ts';
import { code } from '../schema.ts';
import { resolveComment, writeComment } from './comment.ts';
import { decideReview } from './decide-review.ts';
import { reviewDesk } from './review-desk.ts';
import { reviewRuleOf, ruleRoles, setReviewRule } from './review-rule.ts';
import { sendToReview, withdrawFromReview } from './send-to-review.ts';

const tags = ['catalogue'];
const byCode = z.object({ code });
const byComment = z.object({ code, commentId: z.uuid() });
export const commentText = z.string('required').trim().min(1, 'required').max(4000, 'too_long');
const name = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const comment = z.object({
  id: z.string(),
  lesson: z.string().nullable(),
  version: z.number(),
  text: z.string(),
  writtenAt: z.date(),
  writtenBy: name,
});
const reviewShape = z.object({
  state: z.enum(['none', 'open', 'approved', 'returned', 'withdrawn', 'published']),
  version: z.number().nullable(),
  note: z.string().nullable(),
  reason: z.string().nullable(),
  secondPersonWanted: z.boolean(),
  threads: z.array(comment.extend({ resolvedAt: z.date().nullable(), answers: z.array(comment) })),
});

/** The review of a course by a second person, for programs. */
export function reviewApi(app: App): void {
  const params = { tags, params: byCode };
  const read = { config: { access: { roles: readerRoles } } };
  app.get(
    '/api/v1/courses/:code/review',
    {
      ...read,
      schema: { ...params, summary: 'The last review and what was said', response: { 200: reviewShape } },
    },
    (request) => shown(request.ctx, request.params.code),
  );
  app.post(
    '/api/v1/courses/:code/review',
    {
      config: { access: { roles: authorRoles } },
      schema: {
        ...params,
        summary: 'Send the draft to review; nobody changes it until it is decided on or taken back',
        body: z.object({ note: z.string().trim().max(2000).optional() }).nullish(),
        response: { 201: reviewShape },
      },
    },
    async (request, reply) => {
      await sendToReview(request.ctx, request.params.code, request.body ?? {});
      return reply.status(201).send(await shown(request.ctx, request.params.code));
    },
  );
  app.delete(
    '/api/v1/courses/:code/review',
    {
      config: { access: { roles: authorRoles } },
      schema: { ...params, summary: 'Take the draft back from review', response: { 204: z.null() } },
    },
    async (request, reply) => {
      await withdrawFromReview(request.ctx, request.params.code);
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/v1/courses/:code/review/decision',
    {
      config: { access: { roles: reviewerRoles } },
      schema: {
        ...params,
        summary: 'Approve the draft, or return it with a reason; never one’s own text',
        body: z.object({
          decision: z.enum(['approved', 'returned']),
          reason: z.string().trim().min(1).max(4000).optional(),
        }),
        response: { 200: reviewShape },
      },
    },
    async (request) => {
      await decideReview(request.ctx, request.params.code, request.body);
      return shown(request.ctx, request.params.code);
    },
  );
  commentApi(app);
  ruleApi(app);
}

function commentApi(app: App): void {
  const read = { config: { access: { roles: readerRoles } } };
  app.post(
    '/api/v1/courses/:code/comments',
    {
      ...read,
      schema: {
        tags,
        params: byCode,
        summary: 'Say something about a lesson of the open draft, or answer a thread',
        body: z.object({ text: commentText, lesson: code.optional(), thread: z.uuid().optional() }),
        response: { 201: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) => {
      const { commentId } = await writeComment(request.ctx, request.params.code, request.body);
      return reply.status(201).send({ id: commentId });
    },
  );
  app.put(
    '/api/v1/courses/:code/comments/:commentId/state',
    {
      ...read,
      schema: {
        tags,
        params: byComment,
        summary: 'Resolve a thread, or open it again; it stays readable',
        body: z.object({ state: z.enum(['resolved', 'open']) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { commentId } = request.params;
      await resolveComment(request.ctx, request.params.code, { commentId, state: request.body.state });
      return reply.status(204).send(null);
    },
  );
}

function ruleApi(app: App): void {
  const config = { access: { roles: ruleRoles } };
  const params = z.object({ code: z.string().min(1).max(100) });
  const response = { 200: z.object({ officeCode: z.string(), secondPerson: z.boolean() }) };
  const shownRule = async (ctx: Ctx, officeCode: string) => {
    const { office, secondPerson } = await reviewRuleOf(ctx, officeCode);
    return { officeCode: office.code, secondPerson };
  };
  app.get(
    '/api/v1/offices/:code/review-rule',
    {
      config,
      schema: { tags, params, response, summary: "Whether this office's courses need a second person" },
    },
    (request) => shownRule(request.ctx, request.params.code),
  );
  app.put(
    '/api/v1/offices/:code/review-rule',
    {
      config,
      schema: {
        ...{ tags, params, response },
        summary: "Whether courses of this office and those below need a second person's review",
        body: z.object({ secondPerson: z.boolean() }),
      },
    },
    async (request) => {
      await setReviewRule(request.ctx, request.params.code, request.body);
      return shownRule(request.ctx, request.params.code);
    },
  );
}

async function shown(ctx: Ctx, courseCode: string): Promise<z.output<typeof reviewShape>> {
  const { reviews, threads, secondPersonWanted } = await reviewDesk(ctx, courseCode);
  const last = reviews[0];
  const said = (one: (typeof threads)[number]['answers'][number]) => ({
    id: one.commentId,
    lesson: one.lessonCode,
    version: one.versionNumber,
    text: one.text,
    writtenAt: one.writtenAt,
    writtenBy: { hi: one.writer.nameHi, en: one.writer.nameEn },
  });
  return {
    state: last?.state ?? 'none',
    version: last?.versionNumber ?? null,
    note: last?.note ?? null,
    reason: last?.reason ?? null,
    secondPersonWanted,
    threads: threads.map((one) => ({
      ...said(one),
      resolvedAt: one.resolvedAt,
      answers: one.answers.map(said),
    })),
  };
}
