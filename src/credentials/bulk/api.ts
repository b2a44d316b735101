import { z } from 'zod';
import { asOffered } from '../../kernel/batch-files.ts';
import { requirePerson } from '../../kernel/context.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { rolesChangingCertificates } from '../policy.ts';
import { askBatch, batchOf, leftOutList, previewBatch, restartBatch, stopBatch } from './ask-batch.ts';
import { sendBatchFile } from './pages/batch-file.ts';
import { type Batch, batchKinds, leftOutReasons, ownBatches } from './store.ts';

const tags = ['certificates'];
const config = { access: { roles: rolesChangingCertificates } };
const address = '/api/v1/certificate-batches';
const one = `${address}/:batchId`;
const byId = z.object({ batchId: z.uuid() });
const wish = z.object({
  kind: z.enum(batchKinds),
  officeCode: z.string().min(1).max(100),
  courseCode: z.string().min(1).max(100).optional(),
});
const leftOutCount = z.object({ reason: z.enum(leftOutReasons), count: z.number() });
const batchShape = z.object({
  id: z.string(),
  kind: z.enum(batchKinds),
  officeCode: z.string(),
  courseCode: z.string().nullable(),
  state: z.enum(['waiting', 'running', 'done', 'stopped', 'failed']),
  failure: z.enum(['no_space', 'interrupted', 'no_right', 'error']).nullable(),
  total: z.number(),
  done: z.number(),
  leftOut: z.number(),
  createdAt: z.string(),
  file: z.object({ url: z.string(), bytes: z.number(), until: z.string().nullable() }).nullable(),
});

/** Many certificates at once, for programs: the same commands as the pages. */
export function batchesApi(app: App, runtime: Runtime): void {
  previews(app);
  app.post(
    address,
    {
      config,
      schema: {
        tags,
        summary: 'Issue, issue anew or collect certificates of an office (nodal officer); done by a job',
        body: wish,
        response: { 201: batchShape },
      },
    },
    async (request, reply) => {
      const batchId = await askBatch(request.ctx, request.body);
      return reply.status(201).send(answer(await batchOf(request.ctx, batchId)));
    },
  );
  app.get(
    one,
    {
      config,
      schema: { tags, summary: 'How far a batch is', params: byId, response: { 200: batchShape } },
    },
    async (request) =>
      answer(await asOffered(runtime.storage, await batchOf(request.ctx, request.params.batchId))),
  );
  changes(app);
  app.get(
    `${one}/file`,
    {
      config: { ...config, file: 'certificates' },
      schema: {
        tags,
        summary: 'The ZIP of all PDFs, for whoever asked for it, until its day',
        params: byId,
        response: { 200: { description: 'ZIP', content: { 'application/zip': { schema: z.any() } } } },
      },
    },
    (request, reply) =>
      sendBatchFile(request.ctx, reply, { batchId: request.params.batchId, storage: runtime.storage }),
  );
}

function previews(app: App): void {
  app.get(
    `${address}/preview`,
    {
      config,
      schema: {
        tags,
        summary: 'How many certificates a batch would be about, and how many are left out for which reason',
        querystring: wish,
        response: { 200: z.object({ count: z.number(), leftOut: z.array(leftOutCount) }) },
      },
    },
    async (request) => {
      const { count, leftOut } = await previewBatch(request.ctx, request.query);
      return { count, leftOut };
    },
  );
  const leftOut = z.object({
    reason: z.enum(leftOutReasons),
    certificateNo: z.string().nullable(),
    courseCode: z.string(),
    completedDay: z.string(),
    personCode: z.string().nullable(),
    nameHi: z.string().nullable(),
    nameEn: z.string().nullable(),
  });
  app.get(
    `${address}/left-out`,
    {
      config,
      schema: {
        tags,
        summary: 'Who is left out and why, one by one (10,000 at most); no names of who is elsewhere now',
        querystring: wish,
        response: { 200: z.object({ items: z.array(leftOut) }) },
      },
    },
    async (request) => ({ items: await leftOutList(request.ctx, request.query) }),
  );
  app.get(
    address,
    {
      config,
      schema: {
        tags,
        summary: 'The last 20 batches that the caller asked for',
        response: { 200: z.object({ items: z.array(batchShape) }) },
      },
    },
    async (request) => {
      const batches = await ownBatches(request.ctx.db.read, requirePerson(request.ctx));
      return { items: batches.map(answer) };
    },
  );
}

function changes(app: App): void {
  const acts = [
    ['stop', 'Stop a batch; what is done stays done', stopBatch],
    ['restart', 'Try the rest again of a batch that gave up or was stopped', restartBatch],
  ] as const;
  for (const [path, summary, act] of acts)
    app.post(
      `${one}/${path}`,
      { config, schema: { tags, summary, params: byId, response: { 200: batchShape } } },
      async (request) => {
        await act(request.ctx, request.params.batchId);
        return answer(await batchOf(request.ctx, request.params.batchId));
      },
    );
}

function answer(batch: Batch): z.input<typeof batchShape> {
  const { batchId, storageKey, bytes, fileUntil } = batch;
  return {
    ...batch,
    id: batchId,
    createdAt: batch.createdAt.toISOString(),
    file: storageKey ? { url: `${address}/${batchId}/file`, bytes: bytes ?? 0, until: fileUntil } : null,
  };
}
