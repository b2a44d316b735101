import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { wholeList } from '../../kernel/lists.ts';
import { assignCourse, assignmentInput, rolesAssigning, withdrawAssignment } from './assign-course.ts';
import { askedOfMe, assignmentWithReach, listAssignments, personsOfAssignment } from './views.ts';

const local = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const assignmentShape = z.object({
  id: z.string(),
  courseCode: z.string(),
  title: local,
  officeCode: z.string(),
  target: z.enum(['posts', 'persons']),
  designation: z.string().nullable(),
  cadre: z.string().nullable(),
  serviceGroup: z.enum(['A', 'B', 'C', 'D']).nullable(),
  wishDay: z.string().nullable(),
  reason: z.string().nullable(),
  madeAt: z.string(),
  withdrawnAt: z.string().nullable(),
  asked: z.number().describe('Whom it reaches today'),
  done: z.number().describe('Of those, who completed the course at any time'),
  begun: z.number(),
  countedAt: z
    .string()
    .nullable()
    .describe('Above 20,000 people a job counts: when it last did; null while it counts for the first time'),
});
const askedShape = z.object({
  courseCode: z.string(),
  title: local,
  office: local,
  askedBy: local,
  target: z.enum(['posts', 'persons']),
  designation: z.string().nullable(),
  wishDay: z.string().nullable(),
  reason: z.string().nullable(),
});
const personShape = z.object({
  personId: z.string(),
  employeeCode: z.string().nullable(),
  name: local,
  enrolledOn: z.string().nullable(),
  completedOn: z.string().nullable(),
});
const byId = z.object({ id: z.uuid() });
const config = { access: { roles: rolesAssigning } };
const tags = ['assignments'];

export function assignmentsApi(app: App): void {
  app.get(
    '/api/v1/assignments',
    {
      config,
      schema: {
        tags,
        summary: 'Courses that nodal officers ask of people without an order, of one’s own offices',
        querystring: z.object({
          state: z.enum(['live', 'withdrawn']).default('live'),
          after: z.uuid().optional(),
        }),
        response: { 200: z.object({ items: z.array(assignmentShape), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { items, next } = await listAssignments(request.ctx, request.query);
      return { items: items.map(shapeOf), next };
    },
  );
  app.post(
    '/api/v1/assignments',
    {
      config,
      schema: {
        tags,
        summary: 'Ask a course of whoever holds a post, or of persons by their codes',
        body: assignmentInput,
        response: { 201: assignmentShape },
      },
    },
    async (request, reply) => {
      const { assignmentId } = await assignCourse(request.ctx, request.body);
      return reply.status(201).send(shapeOf(await assignmentWithReach(request.ctx, assignmentId)));
    },
  );
  app.get(
    '/api/v1/assignments/:id',
    { config, schema: { tags, summary: 'One assignment', params: byId, response: { 200: assignmentShape } } },
    async (request) => shapeOf(await assignmentWithReach(request.ctx, request.params.id)),
  );
  personsApi(app);
}

function personsApi(app: App): void {
  const page = z.object({
    state: z.enum(['all', 'done', 'open']).default('all'),
    from: z.coerce.number().int().min(0).default(0),
    office: z
      .string()
      .max(64)
      .optional()
      .describe('Only of this office and below; needed where `choose` is given'),
  });
  app.get(
    '/api/v1/assignments/:id/persons',
    {
      config,
      schema: {
        tags,
        summary: 'Whom an assignment reaches today, and how far each is',
        params: byId,
        querystring: page,
        response: {
          200: z.object({
            items: z.array(personShape),
            next: z.number().nullable(),
            choose: z
              .array(z.string())
              .nullable()
              .describe('Too many for one list: offices below, by code, to ask for instead'),
          }),
        },
      },
    },
    async (request) => {
      const { items, next, choose } = await personsOfAssignment(
        request.ctx,
        request.params.id,
        request.query,
      );
      return {
        items: items.map((one) => ({
          personId: one.personId,
          employeeCode: one.code,
          name: { hi: one.nameHi, en: one.nameEn },
          enrolledOn: one.enrolledDay,
          completedOn: one.completedDay,
        })),
        next,
        choose: choose?.map((one) => one.code) ?? null,
      };
    },
  );
  app.post(
    '/api/v1/assignments/:id/withdrawal',
    {
      config,
      schema: { tags, summary: 'Take an assignment back', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await withdrawAssignment(request.ctx, request.params.id);
      return reply.status(204).send(null);
    },
  );
  app.get(
    '/api/v1/me/assignments',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'What nodal officers ask of me and I have not completed',
        response: { 200: wholeList(askedShape) },
      },
    },
    async (request) => ({
      next: null,
      items: (await askedOfMe(request.ctx)).map((one) => ({
        courseCode: one.code,
        title: { hi: one.titleHi, en: one.titleEn },
        office: { hi: one.officeHi, en: one.officeEn },
        askedBy: { hi: one.byHi, en: one.byEn },
        target: one.target,
        designation: one.designation,
        wishDay: one.wishDay,
        reason: one.reason,
      })),
    }),
  );
}

function shapeOf(row: Awaited<ReturnType<typeof assignmentWithReach>>): z.output<typeof assignmentShape> {
  const { assignmentId, courseCode, titleHi, titleEn, officeCode, target, designation, cadre, serviceGroup } =
    row;
  return {
    ...{ id: assignmentId, courseCode, officeCode, target, designation, cadre, serviceGroup },
    title: { hi: titleHi, en: titleEn },
    wishDay: row.wishDay,
    reason: row.reason,
    madeAt: row.madeAt.toISOString(),
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
    asked: row.asked,
    done: row.done,
    begun: row.begun,
    countedAt: row.countedAt?.toISOString() ?? null,
  };
}
