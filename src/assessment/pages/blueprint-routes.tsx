import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attachBlueprint, type PaperForm, readAnswer } from '../../catalogue/index.ts';
import { scopesOf } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
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
import { blueprintHref, type LessonPlace, lessonHref } from './words.ts';

const author = { access: { roles: authorRoles } };
const reader = { access: { roles: readerRoles } };
const byCode = z.object({ blueprint: z.string().min(1).max(64) });
/** The lesson from which a new blueprint is made, and to which its author goes back. */
const forLesson = z.object({
  course: z.string().max(64).optional().catch(undefined),
  lesson: z.string().max(64).optional().catch(undefined),
});
const trial = z.object({ seed: z.string().max(40).optional().catch(undefined) });
const paperForm = z.record(
  z.string().max(20),
  z.union([z.string().max(8000), z.array(z.string().max(400)).max(50)]),
);

/** An author's pages of blueprints: list, form, check, trial, and which lessons use one. */
export function blueprintRoutes(app: App): void {
  app.get('/office/blueprints', { config: reader, schema: { hide: true } }, async (request, reply) => {
    const mayMake = scopesOf(request.ctx.actor, authorRoles).length > 0;
    return sendBlueprints(request, reply, { blueprints: await ownBlueprints(request.ctx), mayMake });
  });
  const fresh = { config: author, schema: { querystring: forLesson, hide: true } };
  app.get('/office/blueprints/new', fresh, (request, reply) =>
    drawForm(request, reply, { state: emptyForm, from: placeIn(request.query) }),
  );
  app.post('/office/blueprints', { config: author, schema: { hide: true } }, (request, reply) =>
    wantsMore(request)
      ? drawForm(request, reply, { state: typed(request), isTyped: true })
      : answerForm(request, reply, {
          schema: blueprintForm(true),
          redraw: (state) => drawForm(request, reply, { state }),
          async submit({ code, title, rules }) {
            await createBlueprint(request.ctx, { code, title, rules });
            return backToLesson(request, reply, { code, minutes: rules.minutes });
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

/** Made from a lesson, a blueprint is put to it at once; where that is refused, its author may choose it there. */
async function backToLesson(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, minutes }: { code: string; minutes: number | null },
) {
  const from = placeIn(forLesson.parse(request.body));
  if (!from) {
    flash(reply, { kind: 'success', key: 'assessment.saved' });
    return seeOther(reply, blueprintHref(code));
  }
  const at = { code: from.course, lesson: from.lesson };
  const isAttached = await attachBlueprint(request.ctx, at, { blueprint: code, minutes }).then(
    () => true,
    (error) => {
      if (error instanceof Refusal) return false;
      throw error;
    },
  );
  flash(reply, { kind: 'success', key: isAttached ? 'assessment.attached' : 'assessment.saved' });
  return seeOther(reply, `${lessonHref(from)}#questions`);
}

function placeIn({ course, lesson }: z.output<typeof forLesson>): LessonPlace | undefined {
  return course && lesson ? { course, lesson } : undefined;
}

type Drawn = { code?: string; state: FormState; isTyped?: boolean; from?: LessonPlace };

async function drawForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, state, isTyped, ...more }: Drawn,
) {
  const from = more.from ?? placeIn(forLesson.parse(state.values));
  const blueprint = code ? await visibleBlueprint(request.ctx, code) : undefined;
  const banks = (await ownBanks(request.ctx)).filter((bank) => !bank.retiredAt);
  return sendBlueprintForm(request, reply, { blueprint, banks, state, isTyped, from });
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
    drawBlueprint(request, reply, request.params.blueprint),
  );
}

async function drawBlueprint(request: FastifyRequest, reply: FastifyReply, code: string) {
  const blueprint = await visibleBlueprint(request.ctx, code);
  const [drawing, uses] = await Promise.all([
    checkRules(request.ctx, blueprint.rules),
    usesOf(request.ctx, code),
  ]);
  const mayEdit = holdsOver(request.ctx, authorRoles, blueprint);
  return sendBlueprint(request, reply, { blueprint, drawing, uses, mayEdit });
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
