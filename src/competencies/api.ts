import { z } from 'zod';
import { requirePerson } from '../kernel/context.ts';
import type { App } from '../kernel/feature.ts';
import { rolesSeeingPersons } from '../organisations/index.ts';
import { readPerson } from '../people/index.ts';
import { changeLevels } from './dictionary/change-levels.ts';
import {
  addCompetency,
  changeCompetency,
  reopenCompetency,
  retireCompetency,
} from './dictionary/save-competency.ts';
import { competencyOf, competencyTree, coursesOfCompetency, levelNames } from './dictionary/tree.ts';
import { competenciesNeeded } from './needs/competencies-needed.ts';
import { needsOfPost, setNeeds } from './needs/set-needs.ts';
import { declareCompetency, withdrawDeclaration } from './passbook/declare-competency.ts';
import { ownPassbook, passbookOfPerson } from './passbook/passbook-view.ts';
import { rolesKeepingDictionary, rolesSettingNeeds } from './policy.ts';
import {
  byKey,
  competencyInput,
  declarationInput,
  levelsInput,
  needsInput,
  newCompetencyInput,
} from './schema.ts';
import {
  competencyAnswer,
  competencyShape,
  needsShape,
  oneCompetencyShape,
  passbookAnswer,
  passbookShape,
} from './shapes.ts';

const tags = ['competencies'];
const keeper = { access: { roles: rolesKeepingDictionary } };
const person = { access: 'person' } as const;

export function competenciesApi(app: App): void {
  readingApi(app);
  keepingApi(app);
  passbookApi(app);
  othersPassbookApi(app);
  needsApi(app);
}

function readingApi(app: App): void {
  app.get(
    '/api/v1/competencies',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'The dictionary of competencies: names, five levels, how many courses bear each',
        querystring: z.object({ retired: z.stringbool().optional().describe('With those offered no more') }),
        response: {
          200: z.object({
            levels: z.array(z.object({ hi: z.string(), en: z.string() })),
            items: z.array(competencyShape),
          }),
        },
      },
    },
    async (request) => {
      const tree = await competencyTree(request.ctx, request.query.retired ? 'all' : 'offered');
      return {
        levels: await levelNames(request.ctx),
        items: tree.flatMap((branch) => branch.competencies.map(competencyAnswer)),
      };
    },
  );
  app.get(
    '/api/v1/competencies/:key',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'One competency with the published courses that bear it',
        params: byKey,
        response: { 200: oneCompetencyShape },
      },
    },
    async (request) => {
      const competency = await competencyOf(request.ctx, request.params.key);
      const courses = await coursesOfCompetency(request.ctx, { key: competency.key, limit: 200 });
      return {
        ...competencyAnswer({ ...competency, courses: courses.length }),
        revision: competency.revision,
        taughtBy: courses.map(({ code, titleHi, titleEn, level }) => ({
          code,
          title: { hi: titleHi, en: titleEn },
          level,
        })),
      };
    },
  );
}

const done = { 204: z.null() };

function keepingApi(app: App): void {
  app.post(
    '/api/v1/competencies',
    {
      config: keeper,
      schema: {
        tags,
        summary: 'Add a competency (editor or operator of a root office)',
        body: newCompetencyInput,
        response: { 201: z.object({ key: z.string() }) },
      },
    },
    async (request, reply) => {
      await addCompetency(request.ctx, request.body);
      return reply.status(201).send({ key: request.body.key });
    },
  );
  app.put(
    '/api/v1/competencies/:key',
    {
      config: keeper,
      schema: {
        tags,
        summary:
          'Change names, kind, order and what the levels mean; with `revision`, refused if changed meanwhile',
        params: byKey,
        body: competencyInput,
        response: done,
      },
    },
    async (request, reply) => {
      await changeCompetency(request.ctx, request.params.key, request.body);
      return reply.status(204).send(null);
    },
  );
  app.put(
    '/api/v1/competency-levels',
    {
      config: keeper,
      schema: {
        tags,
        summary: 'Say what the five levels are called (editor or operator of a root office)',
        body: levelsInput,
        response: done,
      },
    },
    async (request, reply) => {
      await changeLevels(request.ctx, request.body);
      return reply.status(204).send(null);
    },
  );
  for (const [part, summary, act] of [
    ['retirement', 'Offer a competency no more; courses and passbooks keep it', retireCompetency],
    ['reopening', 'Offer a retired competency again', reopenCompetency],
  ] as const)
    app.post(
      `/api/v1/competencies/:key/${part}`,
      { config: keeper, schema: { tags, summary, params: byKey, response: done } },
      async (request, reply) => {
        await act(request.ctx, request.params.key);
        return reply.status(204).send(null);
      },
    );
}

function othersPassbookApi(app: App): void {
  app.get(
    '/api/v1/persons/:personId/passbook',
    {
      config: { access: { roles: rolesSeeingPersons } },
      schema: {
        tags,
        summary: 'What a person of one’s offices has shown of each competency; that one looked is kept',
        params: z.object({ personId: z.uuid() }),
        response: { 200: passbookShape },
      },
    },
    async ({ ctx, params: { personId } }) => {
      await readPerson(ctx, personId);
      return passbookAnswer(await passbookOfPerson(ctx, personId), await competenciesNeeded(ctx, personId));
    },
  );
}

function passbookApi(app: App): void {
  app.get(
    '/api/v1/me/passbook',
    {
      config: person,
      schema: {
        tags,
        summary: 'What I have shown of each competency: by passed test, by completion, by my own statement',
        response: { 200: passbookShape },
      },
    },
    async ({ ctx }) =>
      passbookAnswer(await ownPassbook(ctx), await competenciesNeeded(ctx, requirePerson(ctx))),
  );
  app.post(
    '/api/v1/me/declarations',
    {
      config: person,
      schema: {
        tags,
        summary: 'State a competency myself (key or name); replaces my statement made before',
        body: declarationInput,
        response: { 201: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) => {
      const { declarationId } = await declareCompetency(request.ctx, request.body);
      return reply.status(201).send({ id: declarationId });
    },
  );
  app.post(
    '/api/v1/me/declarations/:id/withdrawal',
    {
      config: person,
      schema: { tags, summary: 'Withdraw my statement', params: z.object({ id: z.uuid() }), response: done },
    },
    async (request, reply) => {
      await withdrawDeclaration(request.ctx, request.params.id);
      return reply.status(204).send(null);
    },
  );
}

const byPost = z.object({ code: z.string().max(100), designationId: z.uuid() });

function needsApi(app: App): void {
  const url = '/api/v1/offices/:code/designations/:designationId/competencies';
  const config = { access: { roles: rolesSettingNeeds } };
  app.get(
    url,
    {
      config,
      schema: {
        tags,
        summary: 'What a designation asks for, as set for this office and all below it',
        params: byPost,
        response: { 200: needsShape },
      },
    },
    async (request) => {
      const { code, designationId } = request.params;
      const { designation, needs } = await needsOfPost(request.ctx, { officeCode: code, designationId });
      return {
        designation: { hi: designation.name, en: designation.nameEn },
        needs: needs.map(({ key, level }) => ({ competency: key, level })),
      };
    },
  );
  app.put(
    url,
    {
      config,
      schema: {
        tags,
        summary: 'Say what a designation asks for: the whole list, as `key:level` (nodal officer)',
        params: byPost,
        body: needsInput,
        response: done,
      },
    },
    async (request, reply) => {
      const { code, designationId } = request.params;
      await setNeeds(request.ctx, { officeCode: code, designationId }, request.body.competencies);
      return reply.status(204).send(null);
    },
  );
}
