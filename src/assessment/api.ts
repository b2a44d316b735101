import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { authorRoles, readerRoles } from './policy.ts';
import { ownBanks, ownBlueprints, visibleBank, visibleBlueprint } from './queries.ts';
import { questionsApi } from './question-api.ts';
import { blueprintRules } from './rules.ts';
import { createBank, saveBank } from './save-bank.ts';
import { checkRules, createBlueprint, saveBlueprint } from './save-blueprint.ts';
import { bankInput, blueprintInput, code, title as titleShape } from './schema.ts';
import type { BankRow } from './stores/banks.ts';
import type { BlueprintRow } from './stores/blueprints.ts';

const tags = ['assessment'];
const author = { access: { roles: authorRoles } };
const reader = { access: { roles: readerRoles } };
const local = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const bankShape = z.object({
  code: z.string(),
  title: local,
  revision: z.number(),
  questions: z.number(),
  stale: z.number().describe('questions whose twin in the other language has not followed a change'),
  isRetired: z.boolean(),
});
const blueprintShape = z.object({
  code: z.string(),
  title: local,
  revision: z.number(),
  rules: z.record(z.string(), z.unknown()),
  isRetired: z.boolean(),
});
const made = z.object({ code: z.string() });
const byBank = z.object({ bank: code });
const byBlueprint = z.object({ blueprint: code });

/** Banks, questions and blueprints for an author's programs. */
export function authorApi(app: App): void {
  banksApi(app);
  questionsApi(app);
  blueprintsApi(app);
}

function banksApi(app: App): void {
  app.get(
    '/api/v1/banks',
    {
      config: reader,
      schema: {
        tags,
        summary: "Question banks of one's offices",
        response: { 200: z.object({ items: z.array(bankShape), next: z.string().nullable() }) },
      },
    },
    async (request) => ({ items: (await ownBanks(request.ctx)).map(bankOf), next: null }),
  );
  app.post(
    '/api/v1/banks',
    {
      config: author,
      schema: { tags, summary: 'Make a question bank', body: bankInput, response: { 201: made } },
    },
    async (request, reply) => reply.status(201).send(await createBank(request.ctx, request.body)),
  );
  app.get(
    '/api/v1/banks/:bank',
    {
      config: reader,
      schema: { tags, summary: 'One question bank', params: byBank, response: { 200: bankShape } },
    },
    async (request) => bankOf(await visibleBank(request.ctx, request.params.bank)),
  );
  app.put(
    '/api/v1/banks/:bank',
    {
      config: author,
      schema: {
        tags,
        summary: 'Name a bank anew, or take it out of use: nothing is drawn from a retired one',
        params: byBank,
        body: z.object({
          title: titleShape,
          revision: z.number().int().min(1),
          isRetired: z.boolean().default(false),
        }),
        response: { 200: bankShape },
      },
    },
    async (request) => {
      await saveBank(request.ctx, request.params.bank, request.body);
      return bankOf(await visibleBank(request.ctx, request.params.bank));
    },
  );
}

function blueprintsApi(app: App): void {
  app.get(
    '/api/v1/blueprints',
    {
      config: reader,
      schema: {
        tags,
        summary: "Blueprints of one's offices",
        response: { 200: z.object({ items: z.array(blueprintShape), next: z.string().nullable() }) },
      },
    },
    async (request) => ({ items: (await ownBlueprints(request.ctx)).map(blueprintOf), next: null }),
  );
  app.post(
    '/api/v1/blueprints',
    {
      config: author,
      schema: {
        tags,
        summary: 'Make a blueprint; a course uses it by a lesson with `quiz: {blueprint: code}`',
        body: blueprintInput,
        response: { 201: made },
      },
    },
    async (request, reply) => reply.status(201).send(await createBlueprint(request.ctx, request.body)),
  );
  app.get(
    '/api/v1/blueprints/:blueprint',
    {
      config: reader,
      schema: { tags, summary: 'One blueprint', params: byBlueprint, response: { 200: blueprintShape } },
    },
    async (request) => blueprintOf(await visibleBlueprint(request.ctx, request.params.blueprint)),
  );
  app.put(
    '/api/v1/blueprints/:blueprint',
    {
      config: author,
      schema: {
        tags,
        summary: 'Put the next revision of a blueprint in force, for papers begun from now on',
        params: byBlueprint,
        body: z.object({ title: titleShape, rules: blueprintRules, revision: z.number().int().min(1) }),
        response: { 200: blueprintShape },
      },
    },
    async (request) => {
      await saveBlueprint(request.ctx, request.params.blueprint, request.body);
      return blueprintOf(await visibleBlueprint(request.ctx, request.params.blueprint));
    },
  );
  checkApi(app);
}

function checkApi(app: App): void {
  const shortage = z.object({ section: z.number(), part: z.number(), wanted: z.number(), found: z.number() });
  app.get(
    '/api/v1/blueprints/:blueprint/check',
    {
      config: reader,
      schema: {
        tags,
        summary: 'Whether the banks hold enough questions for a paper, part by part',
        params: byBlueprint,
        response: {
          200: z.object({ isReady: z.boolean(), questions: z.number(), shortages: z.array(shortage) }),
        },
      },
    },
    async (request) => {
      const { rules } = await visibleBlueprint(request.ctx, request.params.blueprint);
      const { questions, shortages } = await checkRules(request.ctx, rules);
      return { isReady: shortages.length === 0, questions: questions.length, shortages };
    },
  );
}

function bankOf(bank: BankRow) {
  const { code: own, titleHi, titleEn, revision, questions, stale, retiredAt } = bank;
  return {
    code: own,
    title: { hi: titleHi, en: titleEn },
    revision,
    questions,
    stale,
    isRetired: retiredAt !== null,
  };
}

function blueprintOf(row: BlueprintRow) {
  const { code: own, titleHi, titleEn, revision, rules, retiredAt } = row;
  return { code: own, title: { hi: titleHi, en: titleEn }, revision, rules, isRetired: retiredAt !== null };
}
