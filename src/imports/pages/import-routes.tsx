import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound, Refusal } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import type { FormState, FormValues } from '../../kernel/http/answer-form.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { exportErrorFile, requireImport, setOptions, undoImport } from '../../kernel/imports/index.ts';
import { waitingCompletions } from '../../learning/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { requireStaged } from '../api.ts';
import { workOn } from '../jobs.ts';
import { visibleImports } from '../list-imports.ts';
import { deskRoles, kindsFor } from '../policy.ts';
import { CommitPage, DependentsNotice, type Named, UndoPage } from './confirm-pages.tsx';
import { sendImportPage } from './frame.ts';
import { ImportPage, isUnderWay } from './import-page.tsx';
import { ListPage } from './list-page.tsx';
import { NewPage } from './new-page.tsx';
import { receiveUpload } from './upload.ts';
import { importTitle } from './words.ts';

const config = { access: { roles: deskRoles } };
const byId = { config, schema: { params: z.object({ importId: z.uuid() }), hide: true } };
type ById = FastifyRequest<{ Params: unknown }> & { params: { importId: string } };

export function importRoutes(app: App): void {
  app.get(
    '/office/imports',
    { config, schema: { querystring: z.object({ after: z.uuid().optional() }), hide: true } },
    async (request, reply) => {
      const { ctx } = request;
      const page = await visibleImports(ctx, { after: request.query.after, limit: 50 });
      const waiting = await waitingFor(request);
      const title = translator(ctx.language)('imports.imports');
      return sendImportPage(request, reply, { title }, <ListPage {...page} waiting={waiting} />);
    },
  );
  app.get('/office/imports/new', { config, schema: { hide: true } }, (request, reply) =>
    drawNew(request, reply, { values: {}, errors: [] }),
  );
  app.post('/office/imports', { config, schema: { hide: true } }, upload);
  oneImportRoutes(app);
  commitRoutes(app);
  undoRoutes(app);
}

async function waitingFor(request: FastifyRequest): Promise<number> {
  if (!kindsFor(request.ctx).includes('completions')) return 0;
  return (await waitingCompletions(request.ctx, { limit: 1 })).total;
}

function drawNew(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const title = translator(request.ctx.language)('imports.newImport');
  return sendImportPage(
    request,
    reply,
    { title, hasErrors: state.errors.length > 0, width: 'reading' },
    <NewPage kinds={kindsFor(request.ctx)} state={state} />,
  );
}

async function upload(request: FastifyRequest, reply: FastifyReply) {
  const values: FormValues = {};
  try {
    const importId = await receiveUpload(request, values);
    return seeOther(reply, `/office/imports/${importId}`);
  } catch (error) {
    if (!(error instanceof Refusal) || ['forbidden', 'unauthenticated'].includes(error.code)) throw error;
    reply.status(error.status);
    return drawNew(request, reply, { values, errors: uploadErrors(error, request) });
  }
}

/** What is wrong with an upload belongs to its file, or to the office it names. */
function uploadErrors(error: Refusal, request: FastifyRequest) {
  const { language } = request.ctx;
  if (error.fields.length > 0)
    return error.fields.map((field) => ({ field: field.path, text: pick(field.text, language) }));
  const isAboutOffice = error.code === 'not_found' || error.reason === 'office_needed';
  return [{ field: isAboutOffice ? 'office' : 'file', text: pick(error.text, language) }];
}

function oneImportRoutes(app: App): void {
  app.get(
    '/office/imports/:importId',
    {
      config,
      schema: {
        params: z.object({ importId: z.uuid() }),
        querystring: z.object({ follow: z.string().optional() }),
        hide: true,
      },
    },
    async (request, reply) => {
      const { row } = await requireImport(request.ctx, request.params.importId);
      const isFollowing = request.query.follow !== undefined && isUnderWay(row);
      const title = importTitle(row, request.ctx.language);
      return sendImportPage(
        request,
        reply,
        { title, refreshSeconds: isFollowing ? 3 : undefined },
        <ImportPage row={row} isFollowing={isFollowing} />,
      );
    },
  );
  const rejected = { ...byId, config: { ...config, file: 'import_rejected' as const } };
  app.get('/office/imports/:importId/errors.csv', rejected, async ({ ctx, params }, reply) => {
    const { row } = await requireImport(ctx, params.importId);
    const body = await exportErrorFile(ctx, requireStaged(row), { bom: true });
    return sendFile(reply, { name: `${nameOf(row)}.errors`, format: 'csv', body });
  });
  const leftOut = { ...byId, config: { ...config, file: 'import_left_out' as const } };
  app.get('/office/imports/:importId/left-out.csv', leftOut, async ({ ctx, params }, reply) => {
    const { row } = await requireImport(ctx, params.importId);
    if (!row.samples?.leftOut?.length) throw notFound();
    const body = await exportErrorFile(ctx, requireStaged(row), { bom: true, of: 'leftOut' });
    return sendFile(reply, { name: `${nameOf(row)}.left-out`, format: 'csv', body });
  });
  app.post('/office/imports/:importId/checks', byId, async (request, reply) => {
    const { row } = await requireImport(request.ctx, request.params.importId);
    await workOn(request.ctx, { importId: row.importId, act: 'check', rows: row.reading?.rows ?? 0 });
    return seeOther(reply, `/office/imports/${row.importId}`);
  });
  app.post('/office/imports/:importId/withdrawal', byId, async (request, reply) => {
    const { row } = await requireImport(request.ctx, request.params.importId);
    if (!row.committedAt) await undoImport(request.ctx, row.importId);
    flash(reply, { kind: 'info', key: 'imports.discarded' });
    return seeOther(reply, '/office/imports');
  });
}

function nameOf({ fileName, kind }: { fileName: string | null; kind: string }): string {
  return (fileName ?? kind).replace(/[^\w.-]+/g, '_');
}

function commitRoutes(app: App): void {
  app.get('/office/imports/:importId/commitment', byId, (request, reply) => drawCommit(request, reply));
  app.post('/office/imports/:importId/commitment', byId, async (request, reply) => {
    const { ctx } = request;
    const { row } = await requireImport(ctx, request.params.importId);
    const body = (request.body ?? {}) as Record<string, unknown>;
    if (body['allowManyEnded'] !== undefined)
      await setOptions(ctx.db, row.importId, { allowManyEnded: true });
    try {
      await workOn(ctx, { importId: row.importId, act: 'commit', rows: row.reading?.rows ?? 0 });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply.status(error.status);
      return drawCommit(request, reply, error);
    }
    flash(reply, { kind: 'success', key: isLong(row) ? 'imports.commitStarted' : 'imports.committed' });
    return seeOther(reply, `/office/imports/${row.importId}`);
  });
}

function isLong(row: { reading: { rows: number } | null }): boolean {
  return (row.reading?.rows ?? 0) > 20_000;
}

async function drawCommit(request: ById, reply: FastifyReply, refusal?: Refusal) {
  const { ctx } = request;
  const { row } = await requireImport(ctx, request.params.importId);
  const title = translator(ctx.language)('imports.commitTitle');
  const errors = refusal ? [{ field: 'allowManyEnded', text: pick(refusal.text, ctx.language) }] : [];
  return sendImportPage(
    request,
    reply,
    { title, row, width: 'reading', hasErrors: errors.length > 0 },
    <CommitPage row={row} errors={errors} />,
  );
}

function undoRoutes(app: App): void {
  app.get('/office/imports/:importId/undo', byId, (request, reply) => drawUndo(request, reply));
  app.post('/office/imports/:importId/undo', byId, async (request, reply) => {
    const { importId } = request.params;
    try {
      await undoImport(request.ctx, importId);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 409) throw error;
      reply.status(409);
      return drawUndo(request, reply, error);
    }
    flash(reply, { kind: 'success', key: 'imports.undone' });
    return seeOther(reply, `/office/imports/${importId}`);
  });
}

async function drawUndo(request: ById, reply: FastifyReply, refusal?: Refusal) {
  const { ctx } = request;
  const { row } = await requireImport(ctx, request.params.importId);
  const title = translator(ctx.language)('imports.undoTitle');
  const dependents = (refusal?.details['dependents'] ?? []) as Named[];
  const errors = refusal ? [{ field: 'main', text: pick(refusal.text, ctx.language) }] : [];
  return sendImportPage(
    request,
    reply,
    { title, row, width: 'reading', hasErrors: errors.length > 0 },
    <>
      <UndoPage row={row} errors={errors} />
      {dependents.length > 0 && <DependentsNotice dependents={dependents} />}
    </>,
  );
}
