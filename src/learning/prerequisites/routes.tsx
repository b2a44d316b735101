import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authorRoles, courseByCode, requireAuthor } from '../../catalogue/index.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { translator } from '../../kernel/i18n.ts';
import { errorFor, FormPage, TextArea } from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { courseHref, titleOf } from '../pages/words.ts';
import { prerequisitesFor, prerequisitesInput, savePrerequisites } from './save-prerequisites.ts';

const config = { access: { roles: authorRoles } };
const byCode = z.object({ code: z.string().max(64) });
const path = '/office/courses/:code/prerequisites';
const shape = z.object({
  items: z.array(z.object({ courseCode: z.string(), isMust: z.boolean() })),
});

/** What a course asks to be completed first: an author's form, and the same for programs. */
export function prerequisiteRoutes(app: App): void {
  app.get(path, { config, schema: { params: byCode, hide: true } }, (request, reply) =>
    draw(request, reply, { code: request.params.code, state: emptyForm }),
  );
  app.post(path, { config, schema: { params: byCode, hide: true } }, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: prerequisitesInput,
      submit: async (input) => {
        await savePrerequisites(request.ctx, code, input);
        flash(reply, { kind: 'success', key: 'learning.firstSaved' });
        return seeOther(reply, courseHref(code));
      },
      redraw: (state) => draw(request, reply, { code, state }),
    });
  });
  prerequisitesApi(app);
}

async function draw(request: FastifyRequest, reply: FastifyReply, wish: { code: string; state: FormState }) {
  const { ctx } = request;
  const t = translator(ctx.language);
  const course = await courseByCode(ctx.db, wish.code);
  if (!course) throw notFound();
  requireAuthor(ctx, course);
  const rows = await prerequisitesFor(ctx, course.courseId, undefined);
  const codes = (isMust: boolean) =>
    rows
      .filter((row) => row.isMust === isMust)
      .map((row) => row.code)
      .join('\n');
  const values = { must: codes(true), hint: codes(false), ...wish.state.values };
  const { errors } = wish.state;
  const { title } = titleOf(course, ctx.language);
  return sendPage(
    request,
    reply,
    {
      title: t('learning.firstEdit'),
      area: 'office',
      activeLink: 'courses',
      breadcrumbs: [{ label: title, href: courseHref(wish.code) }],
    },
    <FormPage
      title={t('learning.firstEdit')}
      lead={title}
      action={`/office/courses/${encodeURIComponent(wish.code)}/prerequisites`}
      submit={t('common.save')}
      cancelHref={courseHref(wish.code)}
      state={wish.state}
    >
      <TextArea
        name="must"
        label={t('learning.firstMustCodes')}
        hint={t('learning.firstMustHint')}
        value={values.must}
        error={errorFor(errors, 'must')}
        rows={3}
        isOptional
      />
      <TextArea
        name="hint"
        label={t('learning.firstHintCodes')}
        hint={t('learning.firstHintHint')}
        value={values.hint}
        error={errorFor(errors, 'hint')}
        rows={3}
        isOptional
      />
    </FormPage>,
  );
}

function prerequisitesApi(app: App): void {
  const tags = ['catalogue'];
  const address = '/api/v1/courses/:code/prerequisites';
  app.get(
    address,
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'What a course asks to be completed first',
        params: byCode,
        response: { 200: shape },
      },
    },
    async (request) => {
      const course = await courseByCode(request.ctx.db, request.params.code);
      if (!course || course.state === 'draft') throw notFound();
      const rows = await prerequisitesFor(request.ctx, course.courseId, undefined);
      return { items: rows.map(({ code, isMust }) => ({ courseCode: code, isMust })) };
    },
  );
  app.put(
    address,
    {
      config,
      schema: {
        tags,
        summary: 'Say what a course asks to be completed first',
        params: byCode,
        body: prerequisitesInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await savePrerequisites(request.ctx, request.params.code, request.body);
      return reply.status(204).send(null);
    },
  );
}
