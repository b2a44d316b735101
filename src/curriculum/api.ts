import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { whole, wholeList } from '../kernel/lists.ts';
import { approvePlan, setPlanApproval } from './plans/approve-plan.ts';
import { savePlan } from './plans/save-plan.ts';
import { rolesPlanning, rolesReading, rolesReasoning, rolesRuling, rolesTeaching } from './policy.ts';
import { publishSyllabus } from './programmes/publish-syllabus.ts';
import { closeProgramme, createProgramme } from './programmes/save-programme.ts';
import { saveSyllabus } from './programmes/save-syllabus.ts';
import { listPlans, listProgrammes, listRules, wholePlan, wholeProgramme } from './read.ts';
import { kinds } from './rules/compliance.ts';
import { giveReason } from './rules/give-reason.ts';
import { curriculumCoverage, failingSubjects } from './rules/read-coverage.ts';
import { endRule, saveRule } from './rules/save-rule.ts';
import { staleSyllabi } from './rules/stale-syllabi.ts';
import {
  planInput,
  programmeInput,
  reasonInput,
  ruleEndInput,
  ruleInput,
  syllabusInput,
  yearInput,
} from './schema.ts';
import {
  coverageShape,
  coverageView,
  failingShape,
  failingView,
  missingShape,
  planShape,
  planVersionView,
  planView,
  programmeShape,
  programmeView,
  ruleShape,
  ruleView,
  staleShape,
  staleView,
  syllabusView,
  wholePlanShape,
  wholeProgrammeShape,
} from './views.ts';
import { missingView } from './words.ts';

const tags = ['curriculum'];
const reading = { access: { roles: rolesReading } };
const teaching = { access: { roles: rolesTeaching } };
const planning = { access: { roles: rolesPlanning } };
const ruling = { access: { roles: rolesRuling } };
const reasoning = { access: { roles: rolesReasoning } };
const done = { 204: z.null() };
const of = z.object({
  office: z.string().min(1).max(200).describe('Code; the office and what lies below it'),
  asOf: z.string().max(40).optional().describe('YYYY-MM-DD; today where absent or later than today'),
});
const published = z.object({
  missing: z.array(missingShape).describe('What rules that warn found missing'),
});

export function curriculumApi(app: App): void {
  figuresApi(app);
  rulesApi(app);
  programmesApi(app);
  plansApi(app);
}

function figuresApi(app: App): void {
  app.get(
    '/api/v1/curriculum/coverage',
    {
      config: reading,
      schema: {
        tags,
        summary: 'How many programmes, plans and collections have the parts that the rules in force ask for',
        querystring: of,
        response: { 200: coverageShape },
      },
    },
    async (request) => coverageView(await curriculumCoverage(request.ctx, request.query)),
  );
  app.get(
    '/api/v1/curriculum/failing',
    {
      config: reading,
      schema: {
        tags,
        summary: 'What does not comply, what is missing in it, and the reason given',
        querystring: of.extend({ kind: z.enum(kinds).optional() }),
        response: { 200: failingShape },
      },
    },
    async (request) => failingView(await failingSubjects(request.ctx, request.query)),
  );
  app.get(
    '/api/v1/curriculum/stale-syllabi',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Syllabi in force that were revised longer ago than a rule allows, the oldest first',
        querystring: of,
        response: { 200: staleShape },
      },
    },
    async (request) => staleView(await staleSyllabi(request.ctx, request.query)),
  );
  app.post(
    '/api/v1/curriculum/:kind/:id/reasons',
    {
      config: reasoning,
      schema: {
        tags,
        summary: 'Says why something does not comply and until when that holds; earlier reasons stay',
        params: z.object({ kind: z.enum(kinds), id: z.uuid() }),
        body: reasonInput,
        response: done,
      },
    },
    async (request, reply) => {
      await giveReason(request.ctx, request.params, request.body);
      return reply.status(204).send(null);
    },
  );
}

function rulesApi(app: App): void {
  app.get(
    '/api/v1/curriculum/rules',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Rules with their orders, past ones included',
        response: { 200: wholeList(ruleShape) },
      },
    },
    async (request) => whole((await listRules(request.ctx)).map(ruleView)),
  );
  app.post(
    '/api/v1/curriculum/rules',
    {
      config: ruling,
      schema: {
        tags,
        summary: 'Enters a rule as its order gives it',
        body: ruleInput,
        response: { 201: z.object({ id: z.uuid() }) },
      },
    },
    async (request, reply) => reply.code(201).send({ id: await saveRule(request.ctx, request.body) }),
  );
  app.post(
    '/api/v1/curriculum/rules/:id/ending',
    {
      config: ruling,
      schema: {
        tags,
        summary: 'Ends a rule with a last day, by an order',
        params: z.object({ id: z.uuid() }),
        body: ruleEndInput,
        response: done,
      },
    },
    async (request, reply) => {
      await endRule(request.ctx, request.params.id, request.body);
      return reply.status(204).send(null);
    },
  );
}

const byCode = z.object({ code: z.string().min(1).max(64) });

function programmesApi(app: App): void {
  app.get(
    '/api/v1/programmes',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Programmes of one’s offices, by code',
        querystring: z.object({
          after: z.string().max(64).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ items: z.array(programmeShape), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { items, next } = await listProgrammes(request.ctx, request.query);
      return { items: items.map(programmeView), next };
    },
  );
  app.post(
    '/api/v1/programmes',
    {
      config: teaching,
      schema: {
        tags,
        summary: 'Enters a programme of an institute',
        body: programmeInput,
        response: { 201: z.object({ code: z.string() }) },
      },
    },
    async (request, reply) => {
      await createProgramme(request.ctx, request.body);
      return reply.code(201).send({ code: request.body.code });
    },
  );
  app.get(
    '/api/v1/programmes/:code',
    {
      config: reading,
      schema: {
        tags,
        summary: 'One programme with every version of its syllabus',
        params: byCode,
        response: { 200: wholeProgrammeShape },
      },
    },
    async (request) => {
      const { programme, syllabi } = await wholeProgramme(request.ctx, request.params.code);
      return { ...programmeView(programme), syllabi: syllabi.map(syllabusView) };
    },
  );
  syllabusApi(app);
}

function syllabusApi(app: App): void {
  app.put(
    '/api/v1/programmes/:code/draft',
    {
      config: teaching,
      schema: {
        tags,
        summary: 'Writes the next version of a syllabus, as a draft',
        params: byCode,
        body: syllabusInput,
        response: done,
      },
    },
    async (request, reply) => {
      await saveSyllabus(request.ctx, request.params.code, request.body);
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/v1/programmes/:code/publication',
    {
      config: teaching,
      schema: {
        tags,
        summary:
          'Puts the draft in force; refused (409, curriculum_rule) where a blocking rule misses a part',
        params: byCode,
        response: { 200: published },
      },
    },
    async (request) => ({
      missing: (await publishSyllabus(request.ctx, request.params.code)).map(missingView),
    }),
  );
  app.post(
    '/api/v1/programmes/:code/closure',
    {
      config: teaching,
      schema: {
        tags,
        summary: 'From today on the programme is no longer offered',
        params: byCode,
        response: done,
      },
    },
    async (request, reply) => {
      await closeProgramme(request.ctx, request.params.code);
      return reply.status(204).send(null);
    },
  );
}

const byPlan = z.object({ officeCode: z.string().min(1).max(200), year: yearInput });

function plansApi(app: App): void {
  app.get(
    '/api/v1/plans',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Yearly plans of one’s offices, the latest year first',
        querystring: z.object({
          year: yearInput.optional(),
          after: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ items: z.array(planShape), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { items, next } = await listPlans(request.ctx, request.query);
      return { items: items.map(planView), next };
    },
  );
  app.get(
    '/api/v1/plans/:officeCode/:year',
    {
      config: reading,
      schema: {
        tags,
        summary: 'One plan with every version',
        params: byPlan,
        response: { 200: wholePlanShape },
      },
    },
    async (request) => {
      const { plan, versions } = await wholePlan(request.ctx, request.params);
      const { lines: _, ...head } = planView(plan);
      return { ...head, versions: versions.map(planVersionView) };
    },
  );
  app.put(
    '/api/v1/plans/:officeCode/:year',
    {
      config: planning,
      schema: {
        tags,
        summary: 'Writes a plan’s draft; of an approved plan, an amendment with its reason',
        params: byPlan,
        body: planInput,
        response: done,
      },
    },
    async (request, reply) => {
      await savePlan(request.ctx, request.params, request.body);
      return reply.status(204).send(null);
    },
  );
  approvalApi(app);
}

function approvalApi(app: App): void {
  app.post(
    '/api/v1/plans/:officeCode/:year/approval',
    {
      config: planning,
      schema: {
        tags,
        summary: 'Approves a plan’s draft, by a second person unless the office’s setting says otherwise',
        params: byPlan,
        response: { 200: published },
      },
    },
    async (request) => ({ missing: (await approvePlan(request.ctx, request.params)).map(missingView) }),
  );
  app.put(
    '/api/v1/plan-approval-rules/:officeCode',
    {
      config: ruling,
      schema: {
        tags,
        summary: 'Whether plans of an office and of those below need a second person',
        params: byPlan.pick({ officeCode: true }),
        body: z.object({ secondPerson: z.boolean() }),
        response: done,
      },
    },
    async (request, reply) => {
      await setPlanApproval(request.ctx, request.params.officeCode, request.body);
      return reply.status(204).send(null);
    },
  );
}
