import { z } from 'zod';
import { asOffered } from '../../kernel/batch-files.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { languages, translator } from '../../kernel/i18n.ts';
import { seeOther, sendPage } from '../../shell/site/index.ts';
import { askFile, fileOf, stopFile, takeFile } from '../files/ask-files.ts';
import { exportStatements } from '../files/export-list.ts';
import { rolesHelping, rolesReading } from '../policy.ts';
import { yearInput } from '../schema.ts';
import { countOutdated, type StatementFile } from '../stores/files.ts';
import { FilePage, filesAddress } from './files.tsx';

const config = { access: { roles: rolesHelping } };
const byId = z.object({ id: z.uuid() });
const wish = z.object({
  year: yearInput,
  officeCode: z.string().trim().min(1).max(100),
  language: z.enum(languages).default('hi'),
});
const listWish = z.object({
  year: yearInput,
  office: z.string().trim().min(1).max(100),
  state: z.enum(['all', 'disputed', 'corrected'], { error: 'unknown_choice' }).default('all'),
});

/** The PDFs of an office in one file, and the desk's list as CSV and XLSX. */
export function filePages(app: App, runtime: Runtime): void {
  app.post(filesAddress, { config, schema: { body: wish, hide: true } }, async (request, reply) =>
    seeOther(reply, `${filesAddress}/${await askFile(request.ctx, request.body)}`),
  );
  const follow = z.object({ follow: z.string().optional() });
  app.get(
    `${filesAddress}/:id`,
    { config, schema: { params: byId, querystring: follow, hide: true } },
    async (request, reply) => {
      const file = await asOffered(runtime.storage, await fileOf(request.ctx, request.params.id));
      const isOpen = file.state === 'waiting' || file.state === 'running';
      const isFollowing = request.query.follow !== undefined && isOpen;
      const title = translator(request.ctx.language)('appraisal.filesTitle', { year: file.year });
      const outdated = file.storageKey ? await countOutdated(request.ctx.db.read, file.batchId) : 0;
      const frame = { title, area: 'office', activeLink: 'appraisal' } as const;
      const options = { ...frame, refreshSeconds: isFollowing ? 3 : undefined };
      return sendPage(request, reply, options, <FilePage {...{ file, isFollowing, outdated }} />);
    },
  );
  app.post(
    `${filesAddress}/:id/stop`,
    { config, schema: { params: byId, hide: true } },
    async (request, reply) => {
      await stopFile(request.ctx, request.params.id);
      return seeOther(reply, `${filesAddress}/${request.params.id}`);
    },
  );
  app.get(
    `${filesAddress}/:id/file`,
    { config: { ...config, file: 'statement_files' }, schema: { params: byId, hide: true } },
    (request, reply) => sendZip(request.ctx, reply, { batchId: request.params.id, runtime }),
  );
  for (const format of ['csv', 'xlsx'] as const)
    app.get(
      `/office/appraisal/statements.${format}`,
      {
        config: { access: { roles: rolesReading }, file: 'statements' },
        schema: { querystring: listWish, hide: true },
      },
      async ({ ctx, query: { office: officeCode, ...query } }, reply) => {
        const body = await exportStatements(ctx, { ...query, officeCode }, format);
        return sendFile(reply, { name: `statements-${query.year}`, format, body });
      },
    );
}

async function sendZip(
  ctx: Ctx,
  reply: Parameters<typeof seeOther>[0],
  { batchId, runtime }: { batchId: string; runtime: Runtime },
) {
  const { body, bytes, year, officeCode } = await takeFile(ctx, runtime.storage, batchId);
  return sendFile(reply, { name: `statements-${year}-${officeCode}`, format: 'zip', body, bytes });
}

const fileShape = z.object({
  id: z.string(),
  year: z.string(),
  officeCode: z.string(),
  language: z.enum(languages),
  state: z.enum(['waiting', 'running', 'done', 'stopped', 'failed']),
  failure: z.enum(['no_space', 'interrupted', 'no_right', 'error']).nullable(),
  total: z.number(),
  done: z.number(),
  file: z.object({ url: z.string(), bytes: z.number(), until: z.string().nullable() }).nullable(),
});

const apiAddress = '/api/v1/appraisal/files';

/** The same for programs. */
export function filesApi(app: App, runtime: Runtime): void {
  const tags = ['appraisal'];
  app.post(
    apiAddress,
    {
      config,
      schema: {
        tags,
        summary: 'Have the PDFs of a year’s statements of a subtree made as one ZIP; done by a job',
        body: wish,
        response: { 202: fileShape },
      },
    },
    async ({ ctx, body }, reply) =>
      reply.status(202).send(answer(await fileOf(ctx, await askFile(ctx, body)))),
  );
  app.get(
    `${apiAddress}/:id`,
    {
      config,
      schema: { tags, summary: 'How far such a file is', params: byId, response: { 200: fileShape } },
    },
    async ({ ctx, params }) => answer(await asOffered(runtime.storage, await fileOf(ctx, params.id))),
  );
  app.get(
    `${apiAddress}/:id/zip`,
    {
      config: { ...config, file: 'statement_files' },
      schema: {
        tags,
        summary: 'The ZIP, for whoever asked for it, until its day',
        params: byId,
        response: { 200: { description: 'ZIP', content: { 'application/zip': { schema: z.any() } } } },
      },
    },
    ({ ctx, params }, reply) => sendZip(ctx, reply, { batchId: params.id, runtime }),
  );
}

function answer(file: StatementFile): z.output<typeof fileShape> {
  const { batchId, year, officeCode, language, state, failure, total, done, storageKey, bytes } = file;
  const url = `${apiAddress}/${batchId}/zip`;
  return {
    ...{ id: batchId, year, officeCode, language, state, failure, total, done },
    file: storageKey ? { url, bytes: bytes ?? 0, until: file.fileUntil } : null,
  };
}
