import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authorRoles, courseByCode, requireAuthor, searchCourses } from '../../catalogue/index.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { translator } from '../../kernel/i18n.ts';
import { seeOther, sendPage } from '../../shell/site/index.ts';
import { titleOf } from '../pages/words.ts';
import { PrerequisitesPage } from './pages.tsx';
import {
  arrangeFirstInput,
  arrangePrerequisites,
  prerequisitesFor,
  prerequisitesInput,
  savePrerequisites,
} from './save-prerequisites.ts';

const config = { access: { roles: authorRoles } };
const byCode = z.object({ code: z.string().max(64) });
const searched = z.object({ q: z.string().trim().max(200).default('').catch('') });
const path = '/office/courses/:code/prerequisites';
const shape = z.object({
  items: z.array(z.object({ courseCode: z.string(), isMust: z.boolean() })),
});

/** What a course asks to be completed first: an author's page, and the same for programs. */
export function prerequisiteRoutes(app: App): void {
  app.get(path, { config, schema: { params: byCode, querystring: searched, hide: true } }, (request, reply) =>
    draw(request, reply, { code: request.params.code, q: request.query.q, state: emptyForm }),
  );
  app.post(path, { config, schema: { params: byCode, hide: true } }, (request, reply) => {
    const { code } = request.params;
    const { q } = searched.parse(request.body ?? {});
    return answerForm(request, reply, {
      schema: arrangeFirstInput,
      submit: async (input) => {
        await arrangePrerequisites(request.ctx, code, input);
        return seeOther(reply, `${hrefOf(code)}${q ? `?q=${encodeURIComponent(q)}` : ''}#chosen`);
      },
      redraw: (state) => draw(request, reply, { code, q, state }),
    });
  });
  prerequisitesApi(app);
}

const hrefOf = (code: string) => `/office/courses/${encodeURIComponent(code)}/prerequisites`;
const coursesOffered = 20;
type Wish = { code: string; q: string; state: FormState };

async function draw(request: FastifyRequest, reply: FastifyReply, { code, q, state }: Wish) {
  const { ctx } = request;
  const say = { t: translator(ctx.language), language: ctx.language };
  const course = await courseByCode(ctx.db, code);
  if (!course) throw notFound();
  requireAuthor(ctx, course);
  const [rows, found] = await Promise.all([
    prerequisitesFor(ctx, course.courseId, undefined),
    q ? searchCourses(ctx, { q, limit: coursesOffered }) : undefined,
  ]);
  const { title } = titleOf(course, ctx.language);
  return sendPage(
    request,
    reply,
    {
      title: say.t('learning.firstEdit'),
      area: 'office',
      activeLink: 'courses',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [{ label: title, href: `/office/courses/${encodeURIComponent(code)}/edit` }],
    },
    <PrerequisitesPage
      title={title}
      code={course.code}
      rows={rows}
      q={q}
      found={found?.rows}
      state={state}
      say={say}
    />,
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
        // A misspelt key would take away what stands.
        body: prerequisitesInput.strict(),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await savePrerequisites(request.ctx, request.params.code, request.body);
      return reply.status(204).send(null);
    },
  );
}
