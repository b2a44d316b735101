import { z } from 'zod';
import { normaliseQuestion } from '../catalogue/index.ts';
import type { App } from '../kernel/feature.ts';
import { authorRoles, readerRoles } from './policy.ts';
import { ownBanks, ownBlueprints, visibleBank, visibleBlueprint, visibleQuestion } from './queries.ts';
import { blueprintRules } from './rules.ts';
import { createBank } from './save-bank.ts';
import { addQuestions, retireQuestion, saveQuestion } from './save-bank-question.ts';
import { checkRules, createBlueprint, saveBlueprint } from './save-blueprint.ts';
import {
  bankInput,
  blueprintInput,
  code,
  type QuestionInput,
  questionInput,
  title as titleShape,
} from './schema.ts';
import { type BankRow, type QuestionRow, questionsOf } from './stores/banks.ts';
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
const questionShape = z.object({
  code: z.string(),
  kind: z.string(),
  tags: z.array(z.string()),
  difficulty: z.number(),
  revision: z.number(),
  staleLanguage: z.enum(['hi', 'en']).nullable(),
  isRetired: z.boolean(),
  content: z.record(z.string(), z.unknown()).describe('with its key: for authors'),
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
const byQuestion = byBank.extend({ question: code });
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
}

function questionsApi(app: App): void {
  const search = z.object({
    tag: z.string().max(60).optional(),
    difficulty: z.coerce.number().int().min(1).max(3).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    after: z.string().max(64).optional(),
  });
  app.get(
    '/api/v1/banks/:bank/questions',
    {
      config: reader,
      schema: {
        tags,
        summary: 'Questions of a bank with their keys, by code',
        params: byBank,
        querystring: search,
        response: { 200: z.object({ items: z.array(questionShape), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { bankId } = await visibleBank(request.ctx, request.params.bank);
      const { limit } = request.query;
      const rows = await questionsOf(request.ctx.db.read, bankId, { ...request.query, limit: limit + 1 });
      const items = rows.slice(0, limit).map(questionOf);
      return { items, next: rows.length > limit ? (items.at(-1)?.code ?? null) : null };
    },
  );
  app.post(
    '/api/v1/banks/:bank/questions',
    {
      config: author,
      schema: {
        tags,
        summary: 'Add questions to a bank: all of them or none',
        params: byBank,
        body: z.object({ questions: z.array(questionInput).min(1).max(1000) }),
        response: { 201: z.object({ codes: z.array(z.string()) }) },
      },
    },
    async (request, reply) => {
      const codes = await addQuestions(
        request.ctx,
        request.params.bank,
        request.body.questions.map(contentOf),
      );
      return reply.status(201).send({ codes });
    },
  );
  oneQuestionApi(app);
}

function oneQuestionApi(app: App): void {
  app.get(
    '/api/v1/banks/:bank/questions/:question',
    {
      config: reader,
      schema: {
        tags,
        summary: 'One question with its key',
        params: byQuestion,
        response: { 200: questionShape },
      },
    },
    async (request) => questionOf((await visibleQuestion(request.ctx, request.params)).question),
  );
  app.put(
    '/api/v1/banks/:bank/questions/:question',
    {
      config: author,
      schema: {
        tags,
        summary: 'Put the next revision of a question in force; papers that were drawn keep theirs',
        params: byQuestion,
        body: z.intersection(
          questionInput,
          z.object({ revision: z.number().int().min(1), twinsAgree: z.boolean().default(false) }),
        ),
        response: { 200: questionShape },
      },
    },
    async (request) => {
      const { revision, twinsAgree } = request.body;
      const { tags: given, difficulty, content } = contentOf(request.body);
      await saveQuestion(request.ctx, request.params, {
        tags: given,
        difficulty,
        content,
        revision,
        twinsAgree,
      });
      return questionOf((await visibleQuestion(request.ctx, request.params)).question);
    },
  );
  app.delete(
    '/api/v1/banks/:bank/questions/:question',
    {
      config: author,
      schema: {
        tags,
        summary: 'Take a question out of what may be drawn',
        params: byQuestion,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await retireQuestion(request.ctx, request.params);
      return reply.status(204).send(null);
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

/** A text without a language is Hindi. */
export function contentOf(input: QuestionInput) {
  const { tags: given, difficulty, code: own } = input;
  return { ...(own ? { code: own } : {}), tags: given, difficulty, content: normaliseQuestion(input, 'hi') };
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

function questionOf(row: QuestionRow) {
  const { retiredAt, questionId: _, changedAt: __, ...rest } = row;
  return { ...rest, isRetired: retiredAt !== null };
}

function blueprintOf(row: BlueprintRow) {
  const { code: own, titleHi, titleEn, revision, rules, retiredAt } = row;
  return { code: own, title: { hi: titleHi, en: titleEn }, revision, rules, isRetired: retiredAt !== null };
}
