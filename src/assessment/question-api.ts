import { z } from 'zod';
import { normaliseQuestion } from '../catalogue/index.ts';
import type { App } from '../kernel/feature.ts';
import { authorRoles, readerRoles } from './policy.ts';
import { visibleBank, visibleQuestion } from './queries.ts';
import { addQuestions, restoreQuestion, retireQuestion, saveQuestion } from './save-bank-question.ts';
import { code, type QuestionInput, questionInput } from './schema.ts';
import { type QuestionRow, questionsOf } from './stores/banks.ts';

const tags = ['assessment'];
const author = { access: { roles: authorRoles } };
const reader = { access: { roles: readerRoles } };
const byBank = z.object({ bank: code });
const byQuestion = byBank.extend({ question: code });
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

/** Questions of a bank, with their keys. */
export function questionsApi(app: App): void {
  const search = z.object({
    tag: z.string().max(60).optional(),
    difficulty: z.coerce.number().int().min(1).max(3).optional(),
    q: z.string().max(100).optional(),
    state: z.enum(['stale', 'retired']).optional(),
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
  app.post(
    '/api/v1/banks/:bank/questions/:question/restoration',
    {
      config: author,
      schema: {
        tags,
        summary: 'Let a question be drawn again that was taken out',
        params: byQuestion,
        response: { 200: questionShape },
      },
    },
    async (request) => {
      await restoreQuestion(request.ctx, request.params);
      return questionOf((await visibleQuestion(request.ctx, request.params)).question);
    },
  );
}

/** A text without a language is Hindi. */
export function contentOf(input: QuestionInput) {
  const { tags: given, difficulty, code: own } = input;
  return { ...(own ? { code: own } : {}), tags: given, difficulty, content: normaliseQuestion(input, 'hi') };
}

function questionOf(row: QuestionRow) {
  const { retiredAt, questionId: _, changedAt: __, ...rest } = row;
  return { ...rest, isRetired: retiredAt !== null };
}
