import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attachBlueprint, type PaperForm, readAnswer } from '../../catalogue/index.ts';
import { scopesOf } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { authorRoles, holdsOver, readerRoles } from '../policy.ts';
import { ownBanks, ownBlueprints, visibleBlueprint } from '../queries.ts';
import { checkRules, createBlueprint, saveBlueprint } from '../save-blueprint.ts';
import { usesOf } from '../stores/blueprints.ts';
import { scoreTrial, trialPaper } from '../trial-paper.ts';
import { sendBlueprintForm } from './blueprint-form.tsx';
import { sendBlueprint, sendBlueprints } from './blueprint-pages.tsx';
import { blueprintForm } from './blueprint-values.ts';
import { sendTrial } from './trial-page.tsx';
import { blueprintHref } from './words.ts';

const author = { access: { roles: authorRoles } };
const reader = { access: { roles: readerRoles } };
const byCode = z.object({ blueprint: z.string().min(1).max(64) });
const attachment = z.object({
  course: z.string('required').trim().min(1, 'required').max(64),
  lesson: z.string('required').trim().min(1, 'required').max(64),
});
const trial = z.object({ seed: z.string().max(40).optional().catch(undefined) });
const paperForm = z.record(
  z.string().max(20),
  z.union([z.string().max(8000), z.array(z.string().max(400)).max(50)]),
);

/** An author's pages of blueprints: list, form, check, trial, and which lesson uses one. */
export function blueprintRoutes(app: App): void {
  app.get('/office/blueprints', { config: reader, schema: { hide: true } }, async (request, reply) => {
    const mayMake = scopesOf(request.ctx.actor, authorRoles).length > 0;
    return sendBlueprints(request, reply, { blueprints: await ownBlueprints(request.ctx), mayMake });
  });
  app.get('/office/blueprints/new', { config: author, schema: { hide: true } }, (request, reply) =>
    drawForm(request, reply, { state: emptyForm }),
  );
  app.post('/office/blueprints', { config: author, schema: { hide: true } }, (request, reply) =>
    wantsMore(request)
      ? drawForm(request, reply, { state: typed(request), isTyped: true })
      : answerForm(request, reply, {
          schema: blueprintForm(true),
          redraw: (state) => drawForm(request, reply, { state }),
          async submit({ code, title, rules }) {
            await createBlueprint(request.ctx, { code, title, rules });
            flash(reply, { kind: 'success', key: 'assessment.saved' });
            return seeOther(reply, blueprintHref(code));
          },
        }),
  );
  editRoutes(app);
  useRoutes(app);
  trialRoutes(app);
}

function editRoutes(app: App): void {
  const options = { config: author, schema: { params: byCode, hide: true } };
  app.get('/office/blueprints/:blueprint/edit', options, (request, reply) =>
    drawForm(request, reply, { code: request.params.blueprint, state: emptyForm }),
  );
  app.post('/office/blueprints/:blueprint/edit', options, (request, reply) => {
    const code = request.params.blueprint;
    if (wantsMore(request)) return drawForm(request, reply, { code, state: typed(request), isTyped: true });
    return answerForm(request, reply, {
      schema: blueprintForm(false),
      redraw: (state) => drawForm(request, reply, { code, state }),
      async submit({ title, rules, revision }) {
        await saveBlueprint(request.ctx, code, { revision, title, rules });
        flash(reply, { kind: 'success', key: 'assessment.saved' });
        return seeOther(reply, blueprintHref(code));
      },
    });
  });
}

type Drawn = { code?: string; state: FormState; isTyped?: boolean };

async function drawForm(request: FastifyRequest, reply: FastifyReply, { code, state, isTyped }: Drawn) {
  const blueprint = code ? await visibleBlueprint(request.ctx, code) : undefined;
  const banks = (await ownBanks(request.ctx)).filter((bank) => !bank.retiredAt);
  return sendBlueprintForm(request, reply, { blueprint, banks, state, isTyped });
}

function wantsMore(request: FastifyRequest): boolean {
  return (request.body as Record<string, unknown> | undefined)?.['action'] === 'more';
}

function typed(request: FastifyRequest): FormState {
  const entries = Object.entries((request.body ?? {}) as Record<string, unknown>);
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { values: Object.fromEntries(texts), errors: [] };
}

function useRoutes(app: App): void {
  const read = { config: reader, schema: { params: byCode, hide: true } };
  app.get('/office/blueprints/:blueprint', read, (request, reply) =>
    drawBlueprint(request, reply, { code: request.params.blueprint, state: emptyForm }),
  );
  const options = { config: author, schema: { params: byCode, hide: true } };
  app.post('/office/blueprints/:blueprint/lessons', options, (request, reply) => {
    const code = request.params.blueprint;
    return answerForm(request, reply, {
      schema: attachment,
      redraw: (state) => drawBlueprint(request, reply, { code, state }),
      async submit({ course, lesson }) {
        const { rules } = await visibleBlueprint(request.ctx, code);
        await attachBlueprint(
          request.ctx,
          { code: course, lesson },
          { blueprint: code, minutes: rules.minutes },
        );
        flash(reply, { kind: 'success', key: 'assessment.attached' });
        return seeOther(reply, blueprintHref(code));
      },
    });
  });
}

async function drawBlueprint(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, state }: { code: string; state: FormState },
) {
  const blueprint = await visibleBlueprint(request.ctx, code);
  const [drawing, uses] = await Promise.all([
    checkRules(request.ctx, blueprint.rules),
    usesOf(request.ctx, code),
  ]);
  const mayEdit = holdsOver(request.ctx, authorRoles, blueprint);
  return sendBlueprint(request, reply, { blueprint, drawing, uses, mayEdit, state });
}

function trialRoutes(app: App): void {
  app.get(
    '/office/blueprints/:blueprint/trial',
    { config: reader, schema: { params: byCode, querystring: trial, hide: true } },
    async (request, reply) => {
      const { seed } = request.query;
      const view = await trialPaper(request.ctx, request.params.blueprint, seed);
      return sendTrial(request, reply, { view });
    },
  );
  app.post(
    '/office/blueprints/:blueprint/trial',
    { config: reader, schema: { params: byCode, body: paperForm, hide: true } },
    async (request, reply) => {
      const form: PaperForm = request.body;
      const view = await trialPaper(request.ctx, request.params.blueprint, String(form['seed'] ?? ''));
      const answers = view.questions.map((question, place) => {
        const read = readAnswer(question, form, place);
        return 'answer' in read ? read.answer : null;
      });
      return sendTrial(request, reply, { view, form, result: scoreTrial(view, answers), answers });
    },
  );
}
