import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { inBothLanguages } from '../../kernel/i18n.ts';
import { holdsRoleOver } from '../../organisations/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { takeComparison, takeSheet } from '../files/take-sheet.ts';
import { rolesPublishing, rolesReviewing, snapshotNotFound } from '../policy.ts';
import { placeHeldBy } from '../sheet/places.ts';
import type { NodeKind } from '../sheet/shape.ts';
import { publicationInput, publishSheet } from '../snapshots/publish-sheet.ts';
import { listSnapshots, readSnapshot, type Snapshot } from '../snapshots/read-snapshots.ts';
import { sendComparison } from './comparison-page.tsx';
import { sendPresentation } from './presentation-page.tsx';
import { sendSheetPage } from './sheet-page.tsx';
import { keptOf, sendPublicationAsked, sendSnapshotList } from './snapshot-pages.tsx';
import { comparisonPath } from './words.ts';

const reading = { access: { roles: rolesReviewing } };
const publishing = { access: { roles: rolesPublishing } };
const byCode = z.object({ code: z.string().max(200) });
const byId = z.object({ id: z.uuid() });
const filed = z.object({ id: z.uuid(), format: z.enum(['csv', 'xlsx', 'pdf']) });
const paged = z.object({ after: z.uuid().optional().catch(undefined) });
const pair = z.object({
  first: z.uuid(),
  second: z.uuid(),
  rows: z.literal('all').optional().catch(undefined),
});

export function serveSnapshots(app: App): void {
  servePublishing(app, { base: '/office/review', node: 'office' });
  servePublishing(app, { base: '/office/review/areas', node: 'area' });
  servePublished(app);
}

/** What was published of a place, and publishing it as it stands now, which is asked first. */
function servePublishing(app: App, { base, node }: { base: string; node: NodeKind }): void {
  const list = { config: reading, schema: { params: byCode, querystring: paged, hide: true } };
  app.get(`${base}/:code/snapshots`, list, async (request, reply) => {
    const place = { node, code: request.params.code };
    return sendSnapshotList(request, reply, await publishedOf(request.ctx, { ...place, ...request.query }));
  });
  const publication = {
    config: publishing,
    schema: {
      params: byCode,
      body: publicationInput.pick({ note: true }).extend({ sure: z.literal('yes').optional() }),
      hide: true,
    },
  };
  app.post(`${base}/:code/snapshots`, publication, async (request, reply) => {
    const { sure, note } = request.body;
    const { code } = request.params;
    if (!sure) {
      const { place } = await placeHeldBy(request.ctx, rolesPublishing, { node, code });
      return sendPublicationAsked(request, reply, { place, note });
    }
    const { id } = await publishSheet(request.ctx, node, { code, ...(note ? { note } : {}) });
    flash(reply, { kind: 'success', key: 'review.publishedFlash' });
    return seeOther(reply, `/office/review-snapshots/${id}`);
  });
}

type Published = { node: NodeKind; code: string; after?: string | undefined };

/** The sheets of a place by pages, and whether the reader may publish another. */
async function publishedOf(ctx: Ctx, { node, code, after }: Published) {
  const found = await listSnapshots(ctx, node, { code, limit: 50, ...(after ? { after } : {}) });
  return { ...found, mayPublish: holdsRoleOver(ctx, rolesPublishing, found.scope.path) };
}

function servePublished(app: App): void {
  const comparison = { config: reading, schema: { querystring: pair, hide: true } };
  app.get(comparisonPath, comparison, async (request, reply) => {
    const { ctx, query } = request;
    const [first, second] = await pairOf(ctx, query);
    if (first.id === second.id) {
      const published = await publishedOf(ctx, keptOf(first));
      return sendSnapshotList(request, reply, { ...published, twice: first.id });
    }
    return sendComparison(request, reply, { first, second, showsAll: query.rows === 'all' });
  });
  const compared = {
    config: { ...reading, file: 'sheet_comparison' as const },
    schema: { params: z.object({ format: z.enum(['csv', 'xlsx']) }), querystring: pair, hide: true },
  };
  app.get(`${comparisonPath}.:format`, compared, async (request, reply) => {
    const { ctx, query, params } = request;
    const both = await pairOf(ctx, query);
    const [first, second] = both;
    if (first.id === second.id)
      throw invalid([{ path: 'second', code: 'same_sheet', text: inBothLanguages('review.sameSheet') }]);
    const { format } = params;
    const body = await takeComparison(ctx, both, format);
    const name = `${second.sheet.place.code}-${first.asOf}-${second.asOf}-comparison`;
    return sendFile(reply, { name, format, body });
  });
  const one = { config: reading, schema: { params: byId, hide: true } };
  app.get('/office/review-snapshots/:id', one, async (request, reply) => {
    const { sheet, ...snapshot } = await readSnapshot(request.ctx, request.params.id);
    return sendSheetPage(request, reply, { sheet, asked: {}, showsAll: true, snapshot });
  });
  app.get('/office/review-snapshots/:id/presentation', one, async (request, reply) => {
    const { sheet, ...snapshot } = await readSnapshot(request.ctx, request.params.id);
    return sendPresentation(request, reply, { sheet, asked: {}, snapshot });
  });
  const file = {
    config: { ...reading, file: 'published_sheet' as const },
    schema: { params: filed, hide: true },
  };
  app.get('/office/review-snapshots/:id.:format', file, async (request, reply) => {
    const { id, format } = request.params;
    const { sheet, scopeOfficeId: officeId } = await readSnapshot(request.ctx, id);
    const published = { officeId, id };
    const body = await takeSheet(request.ctx, sheet, { kind: 'published_sheet', format, published });
    return sendFile(reply, { name: `${sheet.place.code}-${sheet.asOf}-review`, format, body });
  });
}

/** Two published sheets of one place, or twice the same. */
async function pairOf(
  ctx: Ctx,
  { first, second }: { first: string; second: string },
): Promise<[first: Snapshot, second: Snapshot]> {
  const both = await Promise.all([readSnapshot(ctx, first), readSnapshot(ctx, second)]);
  if (!areOfOnePlace(...both)) throw snapshotNotFound();
  return both;
}

/** An office goes by its id, since its code may have changed between the two. */
function areOfOnePlace(first: Snapshot, second: Snapshot): boolean {
  return (
    first.node === second.node &&
    first.scopeOfficeId === second.scopeOfficeId &&
    (first.node === 'office' || first.placeCode === second.placeCode)
  );
}
