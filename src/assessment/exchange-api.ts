import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { exportQuestions, importQuestions, readImport } from './import-questions.ts';
import { itemAnalysis } from './item-analysis.ts';
import { authorRoles, readerRoles } from './policy.ts';
import { code } from './schema.ts';

const tags = ['assessment'];
const byBank = z.object({ bank: code });
const reason = z.object({ hi: z.string(), en: z.string() });
const notTaken = z.array(z.object({ place: z.string(), title: z.string(), reason }));

/** Files of questions and figures of questions for programs. */
export function exchangeApi(app: App): void {
  app.post(
    '/api/v1/banks/:bank/imports',
    {
      config: { access: { roles: authorRoles } },
      bodyLimit: 5_000_000,
      schema: {
        tags,
        summary: 'Read questions from GIFT or QTI 3; without `commit` nothing is kept',
        params: byBank,
        querystring: z.object({ commit: z.enum(['true', 'false']).default('false') }),
        body: z.object({
          format: z.enum(['gift', 'qti']),
          language: z.enum(['hi', 'en']).default('hi'),
          content: z.string().max(4_000_000).describe('GIFT as text; QTI (a zip or one item) in base64'),
        }),
        response: {
          200: z.object({
            committed: z.boolean(),
            taken: z.number(),
            twins: z.number().describe('questions of the bank that get this language, by their codes'),
            notTaken,
          }),
        },
      },
    },
    async (request) => {
      const { format, language, content } = request.body;
      const bytes = Buffer.from(content, format === 'qti' ? 'base64' : 'utf8');
      const committed = request.query.commit === 'true';
      const bring = committed ? importQuestions : readImport;
      const read = await bring(request.ctx, request.params.bank, { format, language, content: bytes });
      return { committed, taken: read.taken.length, twins: read.twins.length, notTaken: read.notTaken };
    },
  );
  exportApi(app);
  analysisApi(app);
}

function exportApi(app: App): void {
  app.get(
    '/api/v1/banks/:bank/export',
    {
      config: { access: { roles: readerRoles } },
      schema: {
        tags,
        summary: 'The questions in use as a file of GIFT or QTI 3 (in base64), and what it has no form for',
        params: byBank,
        querystring: z.object({
          format: z.enum(['gift', 'qti']),
          language: z.enum(['hi', 'en']).default('hi'),
        }),
        response: { 200: z.object({ name: z.string(), content: z.string(), notTaken }) },
      },
    },
    async (request) => {
      const { bank } = request.params;
      const { bytes, name, notTaken: left } = await exportQuestions(request.ctx, bank, request.query);
      const content = bytes.toString(request.query.format === 'qti' ? 'base64' : 'utf8');
      return { name, content, notTaken: left };
    },
  );
}

function analysisApi(app: App): void {
  const item = z.object({
    code: z.string(),
    attempts: z.number(),
    blank: z.number(),
    facility: z.number().nullable(),
    discrimination: z.number().nullable().describe('point-biserial, with the rest of the paper'),
    verdict: z.enum(['few', 'checkKey', 'tooHard', 'tooEasy', 'weak', 'good']),
    choices: z.array(z.object({ choice: z.string(), count: z.number() })),
  });
  app.get(
    '/api/v1/banks/:bank/analysis',
    {
      config: { access: { roles: readerRoles } },
      schema: {
        tags,
        summary: 'How the questions of a bank did in papers handed in',
        params: byBank,
        response: { 200: z.object({ items: z.array(item), next: z.string().nullable() }) },
      },
    },
    async (request) => ({ items: (await itemAnalysis(request.ctx, request.params.bank)).items, next: null }),
  );
}
