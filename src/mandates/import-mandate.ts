import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { finishBuild } from './builds/run-builds.ts';
import { citingOf } from './cited-order.ts';
import { type DraftOutcome, type PreparedDraft, prepareDraft, writeDraft } from './draft-mandate.ts';
import { dayOfEffect, figuresOf, figuresOfMany, type Preview, previewFigures } from './preview-mandate.ts';
import { publishDraft } from './publish-mandate.ts';
import { requireCitable } from './put-in-force.ts';
import type { OrderFile } from './rules/order-file.ts';
import { type OrderRow, orderByNumber } from './stores/orders.ts';
import { writtenStandings } from './stores/preview.ts';
import { planForMany } from './stores/touched.ts';

/** As the other imports answer, with whom the order binds. */
export type MandateImport = Preview & {
  id: string;
  kind: 'mandate';
  number: string;
  committed: boolean;
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  ended: number;
  rejected: number;
  warnings: { code: string; count: number; sample: string[] }[];
};

/** What the file would do: whom it binds, who has met it, what it overlaps with. Changes nothing. */
export async function checkMandate(ctx: Ctx, file: OrderFile): Promise<MandateImport> {
  const draft = await prepareDraft(ctx, file);
  const known = await orderByNumber(ctx.db.read, file.head.number);
  // A draft that says the same is put in force by the commit.
  const isSame = known?.state !== 'draft' && known?.digest === file.digest;
  const outcome = known ? (isSame ? 'unchanged' : 'changed') : 'added';
  // What the commit would refuse, the look refuses too.
  if (known?.state !== 'published') await requireCitable(ctx.db.read, citingOf(file));
  const preview = 'rules' in file ? await previewFigures(ctx, draft) : nobody(ctx);
  return answer(draft, { id: known?.mandateId ?? draft.row.mandateId, outcome, preview, committed: false });
}

/**
 * Enters the order and puts it in force, in one transaction; where many are bound, in the steps of a build, which
 * is waited for: until its last step nothing is in force, and with it everything is.
 */
export async function commitMandate(ctx: Ctx, file: OrderFile): Promise<MandateImport> {
  const draft = await prepareDraft(ctx, file);
  const { outcome, order, isNew, buildId } = await ctx.db.longTransaction(async (tx) => {
    const drafted = await writeDraft(tx, ctx, draft);
    const isNew = drafted.order.state === 'draft';
    const buildId = isNew ? await publishDraft(tx, ctx, { draft: drafted.order, begun: 'goesOn' }) : null;
    return { ...drafted, isNew, buildId };
  });
  if (buildId) await finishBuild(ctx, buildId);
  const preview =
    'rules' in file
      ? await ctx.db.longTransaction(async (tx) => {
          await planForMany(tx);
          return (buildId ? figuresOfMany : figuresOf)(tx, asked(ctx, order));
        })
      : nobody(ctx);
  return answer(draft, {
    ...{ id: order.mandateId, preview, committed: true },
    outcome: isNew && outcome === 'unchanged' ? 'changed' : outcome,
  });
}

function nobody(ctx: Ctx): Preview {
  const none = { bound: 0, alreadyMet: 0, exempt: 0, overdue: 0, overlaps: [] };
  return { ...none, asOf: todayInIndia(ctx.clock) };
}

function asked(ctx: Ctx, order: OrderRow) {
  return { order, standings: writtenStandings(order.mandateId), asOf: dayOfEffect(ctx, order) };
}

type Done = { id: string; outcome: DraftOutcome; preview: Preview; committed: boolean };

function answer({ file, unusedWords }: PreparedDraft, done: Done): MandateImport {
  return {
    id: done.id,
    kind: 'mandate',
    number: file.head.number,
    committed: done.committed,
    rows: 1,
    added: Number(done.outcome === 'added'),
    changed: Number(done.outcome === 'changed'),
    unchanged: Number(done.outcome === 'unchanged'),
    ended: 0,
    rejected: 0,
    ...done.preview,
    warnings:
      unusedWords.length > 0
        ? [{ code: 'unused_words', count: unusedWords.length, sample: unusedWords }]
        : [],
  };
}
