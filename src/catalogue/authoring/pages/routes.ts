import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../../kernel/errors.ts';
import type { App, Runtime } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { pick } from '../../../kernel/i18n.ts';
import { addSiteLink, flash, seeOther } from '../../../shell/site/index.ts';
import { knownCompetencies } from '../../competency-hooks.ts';
import { authorRoles, readerRoles } from '../../policy.ts';
import { whatWaits } from '../../review/review-desk.ts';
import { createCourse } from '../../save-course.ts';
import { courseDesk, deskCourses } from '../course-desk.ts';
import { proposedCode } from '../proposed-code.ts';
import { saveDetails } from '../save-details.ts';
import { courseRoutes } from './course-routes.ts';
import { sendDesk } from './desk-page.tsx';
import { sendDetails, sendNewCourse } from './details-form.tsx';
import { detailsFields, detailsForm, detailsOf, newCourseForm, withChosen } from './forms.ts';
import { lessonRoutes } from './lesson-routes.ts';
import { sendCourses } from './list-page.tsx';
import { questionRoutes } from './question-routes.ts';
import { staleOther } from './stale-other.ts';
import { courseHref } from './words.ts';

export const byCode = z.object({ code: z.string().min(1).max(64) });
export const author = { access: { roles: authorRoles } };
export const reader = { access: { roles: readerRoles } };

const listQuery = z.object({
  q: z.string().max(200).optional().catch(undefined),
  state: z.enum(['draft', 'published', 'retired', 'waiting']).optional().catch(undefined),
  after: z.string().max(64).optional(),
});

export function addAuthoringLink(): void {
  const roles = ['author', 'reviewer', 'publisher'];
  addSiteLink({
    key: 'courses',
    area: 'office',
    label: 'catalogue.authorCourses',
    href: '/office/courses',
    icon: 'course',
    roles,
    group: 'learning',
    order: 35,
  });
}

/** An author's pages: list, new, the desk of one course and its details; the rest in the files beside. */
export function authoringPages(app: App, runtime: Runtime): void {
  app.get(
    '/office/courses',
    { config: reader, schema: { querystring: listQuery, hide: true } },
    async (request, reply) => {
      const search = request.query;
      const [{ items, total, next }, waiting] = await Promise.all([
        deskCourses(request.ctx, search),
        whatWaits(request.ctx),
      ]);
      const held = request.ctx.actor.kind === 'anonymous' ? [] : request.ctx.actor.grants;
      const mayMake = held.some((grant) => (authorRoles as readonly string[]).includes(grant.role));
      return sendCourses(request, reply, { search, items, total, next, mayMake, waiting });
    },
  );
  app.get('/office/courses/new', { config: author, schema: { hide: true } }, (request, reply) =>
    sendNewCourse(request, reply, emptyForm),
  );
  app.post('/office/courses', { config: author, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: newCourseForm,
      read: withChosen,
      redraw: async (state) => sendNewCourse(request, reply, await withCompetencyFault(request, state)),
      async submit(values) {
        const { language, ...rest } = detailsOf(values);
        const both = (name: 'title' | 'summary' | 'audience') => ({
          hi: rest[`${name}Hi`] ?? undefined,
          en: rest[`${name}En`] ?? undefined,
        });
        const texts = { title: both('title'), summary: both('summary'), audience: both('audience') };
        const { tags, competencies } = rest;
        const provider = rest.provider ?? undefined;
        const empty = { sources: [], lessons: [] };
        const made = await createCourse(request.ctx, {
          ...texts,
          ...empty,
          code: values.code ?? (await proposedCode(request.ctx, rest.titleHi ?? rest.titleEn ?? '')),
          language,
          tags,
          competencies,
          provider,
        });
        flash(reply, { kind: 'success', key: 'catalogue.authorMade' });
        return seeOther(reply, courseHref(made.code, '/edit'));
      },
    }),
  );
  app.get(
    '/office/courses/:code/edit',
    { config: reader, schema: { params: byCode, hide: true } },
    async (request, reply) =>
      sendDesk(request, reply, {
        desk: await courseDesk(request.ctx, request.params.code),
        state: emptyForm,
      }),
  );
  detailsRoutes(app);
  courseRoutes(app);
  lessonRoutes(app, runtime);
  questionRoutes(app);
}

/** All that is wrong is said at once, not one kind after the other. */
async function withCompetencyFault(request: FastifyRequest, state: FormState): Promise<FormState> {
  if (state.refusal || state.errors.some((one) => one.field === 'competencies')) return state;
  const words = (state.values['competencies'] ?? '').split(/[;,]/).map((word) => word.trim());
  try {
    await knownCompetencies(request.ctx, words.filter(Boolean));
    return state;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const faults = error.fields.map(({ path, text }) => ({
      field: path,
      text: pick(text, request.ctx.language),
    }));
    return { ...state, errors: [...state.errors, ...faults] };
  }
}

function detailsRoutes(app: App): void {
  const options = { config: author, schema: { params: byCode, hide: true } };
  app.get('/office/courses/:code/details', options, async (request, reply) =>
    sendDetails(request, reply, {
      desk: await courseDesk(request.ctx, request.params.code),
      state: emptyForm,
    }),
  );
  app.post('/office/courses/:code/details', options, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: detailsForm,
      read: withChosen,
      clearable: detailsFields,
      async redraw(state) {
        const desk = await courseDesk(request.ctx, code);
        return sendDetails(request, reply, {
          desk,
          state,
          other: await staleOther(request.ctx, desk, { state }),
        });
      },
      async submit(values) {
        await saveDetails(request.ctx, code, { revision: values.revision, details: detailsOf(values) });
        flash(reply, { kind: 'success', key: 'catalogue.authorSaved' });
        return seeOther(reply, courseHref(code, '/edit'));
      },
    });
  });
}
