import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { courseByCode, searchCourses } from '../../catalogue/index.ts';
import { requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState, valuesOf } from '../../kernel/http/answer-form.ts';
import { type MessageKey, translator } from '../../kernel/i18n.ts';
import { requireOffice, suggestedOffices } from '../../organisations/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { assignCourse, assignmentInput, rolesAssigning, withdrawAssignment } from './assign-course.ts';
import { choosePersons } from './choose-persons.ts';
import { AssignPersonsPage, AssignPostsPage, ChooseCoursePage } from './new-pages.tsx';
import { AssignmentPage, AssignmentsPage, listHref, WithdrawAssignmentPage } from './pages.tsx';
import { postChoices, type Target } from './store.ts';
import { assignmentWithReach, listAssignments, personsOfAssignment } from './views.ts';

const config = { access: { roles: rolesAssigning } };
const byId = z.object({ id: z.uuid() });
const listQuery = z.object({
  state: z.enum(['live', 'withdrawn']).catch('live').default('live'),
  after: z.uuid().optional().catch(undefined),
});
const newQuery = z.object({
  q: z.string().max(200).optional(),
  course: z.string().max(64).optional(),
  office: z.string().max(64).optional(),
  whom: z.enum(['posts', 'persons']).catch('posts').default('posts'),
});
/** What the form of persons says beside the assignment itself: the search, the ticks, the pasted codes. */
const ticked = z.object({
  find: z.string().trim().max(100).default('').catch(''),
  personCodes: z
    .preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.string().max(40)))
    .catch([]),
  pasted: z.string().max(20_000).default('').catch(''),
});
const personsQuery = z.object({
  state: z.enum(['all', 'done', 'open']).catch('all').default('all'),
  office: z.string().max(64).optional(),
  from: z.coerce.number().int().min(0).max(5_000_000).catch(0).default(0),
});
const coursesShown = 20;

/** The desk of a nodal officer's assignments. */
export function assignmentRoutes(app: App): void {
  app.get(listHref, { config, schema: { querystring: listQuery, hide: true } }, async (request, reply) => {
    const found = await listAssignments(request.ctx, request.query);
    const say = sayOf(request);
    return send(request, reply, {
      title: 'learning.assignments',
      isList: true,
      body: <AssignmentsPage {...found} state={request.query.state} say={say} />,
    });
  });
  app.get(`${listHref}/new`, { config, schema: { querystring: newQuery, hide: true } }, (request, reply) =>
    request.query.course
      ? sendForm(request, reply, {
          course: request.query.course,
          office: request.query.office,
          target: request.query.whom,
          state: emptyForm,
        })
      : sendChoice(request, reply, request.query),
  );
  // The button that finds people: the same form again, with what was typed and ticked.
  app.post(`${listHref}/new`, { config, schema: { hide: true } }, (request, reply) =>
    sendForm(request, reply, wishOf({ values: valuesOf(request.body), errors: [] })),
  );
  app.post(listHref, { config, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: assignmentInput,
      submit: async (input) => {
        const { assignmentId } = await assignCourse(request.ctx, input);
        flash(reply, { kind: 'success', key: 'learning.assignSaved' });
        return seeOther(reply, `${listHref}/${assignmentId}`);
      },
      read: (body) => {
        const { personCodes, pasted } = ticked.parse(body);
        return body['target'] === 'persons' ? { ...body, personCodes: [...personCodes, pasted] } : body;
      },
      redraw: (state) => sendForm(request, reply, wishOf(state)),
    }),
  );
  oneRoutes(app);
}

function oneRoutes(app: App): void {
  const schema = { params: byId, hide: true };
  app.get(
    `${listHref}/:id`,
    { config, schema: { ...schema, querystring: personsQuery } },
    async (request, reply) => {
      const { id } = request.params;
      const row = await assignmentWithReach(request.ctx, id);
      const found = await personsOfAssignment(request.ctx, id, request.query);
      const { state } = request.query;
      const say = sayOf(request);
      return send(request, reply, {
        title: 'learning.assignments',
        body: <AssignmentPage row={row} found={found} state={state} say={say} />,
      });
    },
  );
  app.get(`${listHref}/:id/withdrawal`, { config, schema }, async (request, reply) => {
    const row = await assignmentWithReach(request.ctx, request.params.id);
    return send(request, reply, {
      title: 'learning.assignWithdraw',
      body: <WithdrawAssignmentPage row={row} say={sayOf(request)} />,
    });
  });
  app.post(`${listHref}/:id/withdrawal`, { config, schema }, async (request, reply) => {
    await withdrawAssignment(request.ctx, request.params.id);
    flash(reply, { kind: 'success', key: 'learning.assignWithdrawn' });
    return seeOther(reply, `${listHref}/${request.params.id}`);
  });
}

function sayOf(request: FastifyRequest) {
  const { language } = request.ctx;
  return { t: translator(language), language };
}

type Drawn = { title: MessageKey; isList?: true; body: Parameters<typeof sendPage>[3] };

function send(request: FastifyRequest, reply: FastifyReply, { title, body, isList }: Drawn) {
  const { t } = sayOf(request);
  const frame = {
    title: t(title),
    area: 'office' as const,
    activeLink: 'assignments',
    breadcrumbs: isList ? [] : [{ label: t('learning.assignments'), href: listHref }],
  };
  return sendPage(request, reply, frame, body);
}

async function sendChoice(
  request: FastifyRequest,
  reply: FastifyReply,
  query: { q?: string; office?: string },
) {
  const { rows } = await searchCourses(request.ctx, { q: query.q, limit: coursesShown });
  return send(request, reply, {
    title: 'learning.assignNew',
    body: <ChooseCoursePage q={query.q ?? ''} courses={rows} office={query.office} say={sayOf(request)} />,
  });
}

type Wish = { course: string; office: string | undefined; target: Target; state: FormState };

function wishOf(state: FormState): Wish {
  const { courseCode, officeCode, target } = state.values;
  const isByName = target === 'persons';
  return { course: courseCode ?? '', office: officeCode, target: isByName ? 'persons' : 'posts', state };
}

async function sendForm(request: FastifyRequest, reply: FastifyReply, wish: Wish) {
  const { ctx } = request;
  requireRole(ctx, rolesAssigning);
  const [course, offices] = await Promise.all([
    courseByCode(ctx.db, wish.course),
    suggestedOffices(ctx, rolesAssigning),
  ]);
  const code = wish.office ?? offices[0]?.code;
  if (course?.state !== 'published' || !code) throw notFound();
  const office = await requireOffice(ctx, code, rolesAssigning);
  const today = todayInIndia(ctx.clock);
  const { state, target } = wish;
  const common = { course, office, offices, state, today, say: sayOf(request) };
  if (target === 'persons') {
    const { find, personCodes, pasted } = ticked.parse(request.body ?? {});
    const codes = [...personCodes, ...pasted.split(/[\s,;]+/u).filter(Boolean)];
    const choice = await choosePersons(ctx, office, { q: find, codes });
    return send(request, reply, {
      title: 'learning.assignNew',
      body: <AssignPersonsPage {...common} choice={choice} />,
    });
  }
  const at = { officeId: office.officeId, today };
  const [designations, cadres] = await Promise.all([
    postChoices(ctx.db.read, 'designation', at),
    postChoices(ctx.db.read, 'cadre', at),
  ]);
  return send(request, reply, {
    title: 'learning.assignNew',
    body: <AssignPostsPage {...common} designations={designations} cadres={cadres} />,
  });
}
