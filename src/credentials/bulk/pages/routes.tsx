import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { asOffered } from '../../../kernel/batch-files.ts';
import { type Ctx, requirePerson, requireRole } from '../../../kernel/context.ts';
import { Refusal } from '../../../kernel/errors.ts';
import type { App, Runtime } from '../../../kernel/feature.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { sendFile } from '../../../kernel/http/send-file.ts';
import { pick, translator } from '../../../kernel/i18n.ts';
import { findOffices, noSuchOffice, officeCodeIn, suggestedOffices } from '../../../organisations/index.ts';
import { seeOther, sendPage } from '../../../shell/site/index.ts';
import { rolesChangingCertificates } from '../../policy.ts';
import {
  askBatch,
  type BatchInput,
  batchOf,
  exportLeftOut,
  type Preview,
  previewBatch,
  restartBatch,
  stopBatch,
} from '../ask-batch.ts';
import { leftOutCsv } from '../left-out-csv.ts';
import { type Batch, batchKinds, ownBatches } from '../store.ts';
import { sendBatchFile } from './batch-file.ts';
import { BatchesPage, BatchPage, batchesAddress } from './page.tsx';

const config = { access: { roles: rolesChangingCertificates } };
const query = z.object({
  kind: z.enum(batchKinds).optional(),
  officeQuery: z.string().max(200).optional(),
  officeCode: z.string().max(100).optional(),
  courseCode: z.string().max(100).optional(),
});
const asked = z.object({
  kind: z.enum(batchKinds),
  officeCode: z.string().min(1).max(100),
  courseCode: z.string().max(100).optional(),
});
const byId = z.object({ batchId: z.uuid() });
const one = `${batchesAddress}/:batchId`;
const frame = { area: 'office', activeLink: 'certificates', width: 'reading' } as const;

export function batchPages(app: App, runtime: Runtime): void {
  app.get(batchesAddress, { config, schema: { querystring: query, hide: true } }, (request, reply) =>
    sendBatches(request, reply, request.query),
  );
  app.post(
    batchesAddress,
    { config, schema: { body: asked.loose(), hide: true } },
    async (request, reply) => {
      const { kind, officeCode, courseCode } = request.body;
      const batchId = await askBatch(request.ctx, { kind, officeCode, courseCode: courseCode || undefined });
      return seeOther(reply, `${batchesAddress}/${batchId}`);
    },
  );
  const follow = z.object({ follow: z.string().optional() });
  app.get(
    one,
    { config, schema: { params: byId, querystring: follow, hide: true } },
    async (request, reply) => {
      const batch = await asOffered(runtime.storage, await batchOf(request.ctx, request.params.batchId));
      const isOpen = batch.state === 'waiting' || batch.state === 'running';
      const isFollowing = request.query.follow !== undefined && isOpen;
      const title = translator(request.ctx.language)('credentials.batchesTitle');
      const options = { ...frame, title, refreshSeconds: isFollowing ? 3 : undefined };
      const leftOut = isOpen ? [] : await leftOutNow(request.ctx, batch);
      return sendPage(request, reply, options, <BatchPage {...{ batch, isFollowing, leftOut }} />);
    },
  );
  app.post(`${one}/stop`, { config, schema: { params: byId, hide: true } }, async (request, reply) => {
    await stopBatch(request.ctx, request.params.batchId);
    return seeOther(reply, `${batchesAddress}/${request.params.batchId}`);
  });
  app.post(`${one}/restart`, { config, schema: { params: byId, hide: true } }, async (request, reply) => {
    await restartBatch(request.ctx, request.params.batchId);
    return seeOther(reply, `${batchesAddress}/${request.params.batchId}?follow=1`);
  });
  app.get(
    `${batchesAddress}/left-out.csv`,
    { config: { ...config, file: 'certificates_left_out' }, schema: { querystring: asked, hide: true } },
    async (request, reply) => {
      const { courseCode, ...query } = request.query;
      const rows = await exportLeftOut(request.ctx, { ...query, courseCode: courseCode || undefined });
      const body = leftOutCsv(rows, request.ctx.language);
      return sendFile(reply, { name: 'left-out', format: 'csv', body });
    },
  );
  app.get(
    `${one}/file`,
    { config: { ...config, file: 'certificates' }, schema: { params: byId, hide: true } },
    (request, reply) =>
      sendBatchFile(request.ctx, reply, { batchId: request.params.batchId, storage: runtime.storage }),
  );
}

/** What would still be left out, and why; not for whose office is no longer one's own. */
async function leftOutNow(ctx: Ctx, { kind, officeCode, courseCode }: Batch): Promise<Preview['leftOut']> {
  try {
    return (await previewBatch(ctx, { kind, officeCode, courseCode: courseCode ?? undefined })).leftOut;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

async function sendBatches(request: FastifyRequest, reply: FastifyReply, typed: z.infer<typeof query>) {
  const { ctx } = request;
  const scopes = requireRole(ctx, rolesChangingCertificates);
  const { officeCode } = officeCodeIn({ ...typed });
  const text = typeof officeCode === 'string' ? officeCode : '';
  const matches = text ? await findOffices(ctx, { text, scopes }) : [];
  const exact = matches.find((office) => office.code === text);
  const kind = typed.kind ?? 'issue';
  const state: FormState = { values: { ...typed, kind }, errors: [] };
  const input = exact && { kind, officeCode: exact.code, courseCode: typed.courseCode?.trim() || undefined };
  if (text && matches.length === 0)
    state.errors.push({ field: 'officeCode', text: pick(noSuchOffice(text), ctx.language) });
  const preview = input && (await previewOrError(request, input, state));
  if (state.errors.length > 0) reply.status(422);
  const title = translator(ctx.language)('credentials.batchesTitle');
  return sendPage(
    request,
    reply,
    { ...frame, title, hasErrors: state.errors.length > 0 },
    <BatchesPage
      state={state}
      suggestions={await suggestedOffices(ctx, rolesChangingCertificates)}
      matches={exact ? [] : matches}
      preview={preview}
      batches={await ownBatches(ctx.db.read, requirePerson(ctx))}
    />,
  );
}

async function previewOrError(request: FastifyRequest, input: BatchInput, state: FormState) {
  try {
    const { count, leftOut } = await previewBatch(request.ctx, input);
    return { ...input, count, leftOut };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid') throw error;
    const { language } = request.ctx;
    state.errors.push(...error.fields.map(({ path, text }) => ({ field: path, text: pick(text, language) })));
    return undefined;
  }
}
