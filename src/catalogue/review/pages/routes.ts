import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import {
  findOffices,
  officeCodeIn,
  suggestedOffices,
  withoutOfficeFault,
} from '../../../organisations/index.ts';
import { addSiteLink, addWaitingKind, flash, seeOther } from '../../../shell/site/index.ts';
import { courseHref } from '../../authoring/pages/words.ts';
import { authorRoles, readerRoles, reviewerRoles } from '../../policy.ts';
import { commentText } from '../api.ts';
import { resolveComment, writeComment } from '../comment.ts';
import { decideReview } from '../decide-review.ts';
import { reviewDesk, whatWaits } from '../review-desk.ts';
import { reviewRules, ruleRoles, setReviewRule } from '../review-rule.ts';
import { sendToReview, withdrawFromReview } from '../send-to-review.ts';
import { sendReview } from './review-page.tsx';
import { ruleHref, sendRules } from './rule-page.tsx';

const byCode = z.object({ code: z.string().min(1).max(64) });
const byComment = byCode.extend({ commentId: z.uuid() });
const schema = { params: byCode, hide: true };
const reader = { config: { access: { roles: readerRoles } }, schema };
const author = { config: { access: { roles: authorRoles } }, schema };
const reviewer = { config: { access: { roles: reviewerRoles } }, schema };

export function addReviewLink(): void {
  addSiteLink({
    key: 'review-rules',
    area: 'office',
    label: 'workflow.rules',
    href: ruleHref,
    icon: 'course',
    roles: [...ruleRoles],
    group: 'learning',
    order: 36,
  });
  addWaitingKind({
    link: 'courses',
    roles: ['author', 'reviewer', 'publisher'],
    label: 'workflow.waitingCount',
    href: '/office/courses#waiting',
    count: async (ctx) => (await whatWaits(ctx)).length,
  });
}

/** The pages of a review: where it stands, comments, decision, and which offices want one. */
export function reviewPages(app: App): void {
  app.get('/office/courses/:code/review', reader, (request, reply) => draw(request, reply));
  sendRoutes(app);
  decisionRoute(app);
  commentRoutes(app);
  ruleRoutes(app);
}

async function draw(request: FastifyRequest, reply: FastifyReply, state: FormState = emptyForm) {
  const { code } = byCode.parse(request.params);
  return sendReview(request, reply, { review: await reviewDesk(request.ctx, code), state });
}

function sendRoutes(app: App): void {
  app.post('/office/courses/:code/review', author, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: z.object({ note: z.string().trim().max(2000, 'too_long').optional() }),
      redraw: (state) => draw(request, reply, state),
      async submit(input) {
        await sendToReview(request.ctx, code, input);
        flash(reply, { kind: 'success', key: 'workflow.sent' });
        return seeOther(reply, courseHref(code, '/review'));
      },
    });
  });
  app.post('/office/courses/:code/review/withdrawal', author, async (request, reply) => {
    await withdrawFromReview(request.ctx, request.params.code);
    flash(reply, { kind: 'success', key: 'workflow.takenBack' });
    return seeOther(reply, courseHref(request.params.code, '/edit'));
  });
}

function decisionRoute(app: App): void {
  app.post('/office/courses/:code/review/decision', reviewer, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: z.object({
        decision: z.enum(['approved', 'returned'], 'required'),
        reason: z.string().trim().max(4000, 'too_long').optional(),
      }),
      redraw: (state) => draw(request, reply, state),
      async submit(input) {
        await decideReview(request.ctx, code, input);
        flash(reply, { kind: 'success', key: `workflow.decided_${input.decision}` });
        return seeOther(reply, courseHref(code, '/review'));
      },
    });
  });
}

const stateForm = z.object({ state: z.enum(['resolved', 'open']).catch('resolved') });

function commentRoutes(app: App): void {
  app.post('/office/courses/:code/review/comments', reader, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: z.object({
        text: commentText,
        lesson: z.string().max(64).optional(),
        thread: z.uuid().optional(),
      }),
      redraw: (state) => draw(request, reply, state),
      async submit(input) {
        const { commentId } = await writeComment(request.ctx, code, input);
        flash(reply, { kind: 'success', key: 'workflow.commentSaved' });
        return seeOther(reply, courseHref(code, `/review#comment-${input.thread ?? commentId}`));
      },
    });
  });
  const one = { ...reader, schema: { params: byComment, hide: true } };
  app.post('/office/courses/:code/review/comments/:commentId/state', one, async (request, reply) => {
    const { code, commentId } = request.params;
    const { state } = stateForm.parse(request.body ?? {});
    await resolveComment(request.ctx, code, { commentId, state });
    return seeOther(reply, courseHref(code, '/review#comments'));
  });
}

function ruleRoutes(app: App): void {
  const options = { config: { access: { roles: ruleRoles } }, schema: { hide: true } };
  app.get(ruleHref, options, (request, reply) => drawRules(request, reply, emptyForm));
  app.post(ruleHref, options, (request, reply) =>
    answerForm(request, reply, {
      schema: z.object({
        officeCode: z.string('required').max(100),
        secondPerson: z.enum(['yes', 'no'], 'required'),
      }),
      read: officeCodeIn,
      redraw: (state) => drawRules(request, reply, state),
      async submit({ officeCode, secondPerson }) {
        await setReviewRule(request.ctx, officeCode, { secondPerson: secondPerson === 'yes' }).catch(asFault);
        flash(reply, { kind: 'success', key: 'workflow.ruleSaved' });
        return seeOther(reply, ruleHref);
      },
    }),
  );
}

/** An office that is not found, or not this officer's, is a matter of the form here. */
function asFault(error: unknown): never {
  if (!(error instanceof Refusal) || error.code !== 'not_found') throw error;
  const text = {
    hi: 'यह कार्यालय आपके क्षेत्र में नहीं मिला।',
    en: 'This office was not found among yours.',
  };
  throw new Refusal('invalid', text, { fields: [{ path: 'officeCode', code: 'unknown_office', text }] });
}

async function drawRules(request: FastifyRequest, reply: FastifyReply, sent: FormState) {
  const { ctx } = request;
  const scopes = ctx.actor.kind === 'anonymous' ? [] : ctx.actor.grants;
  const mine = scopes.filter((one) => (ruleRoles as readonly string[]).includes(one.role));
  const text = sent.errors.some((one) => one.field === 'officeCode')
    ? (sent.values['officeQuery'] ?? '')
    : '';
  const [rules, suggestions, matches] = await Promise.all([
    reviewRules(ctx),
    suggestedOffices(ctx, ruleRoles),
    findOffices(ctx, { text, scopes: mine.map((one) => one.scopeId) }),
  ]);
  return sendRules(request, reply, { rules, suggestions, matches, state: withoutOfficeFault(sent, matches) });
}
