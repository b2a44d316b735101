import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import type { Reads, Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/errors.ts';
import {
  type Citing,
  citedBy,
  extensionHeld,
  hasRules,
  notInForce,
  refuseWrongDay,
  standsStill,
} from './cited-order.ts';
import type { Scope } from './rules/rules.ts';
import { markPublished, type OrderRow, takeOver } from './stores/orders.ts';

/** Marks it as published; whoever calls writes the standings in the same transaction. */
export async function putInForce(tx: Tx, ctx: Ctx, { draft, askedBy }: Asked): Promise<void> {
  const by = askedBy ?? personIdOf(ctx.actor) ?? null;
  // Of what only extends or withdraws, the rules name nobody.
  const scope: Scope | undefined = draft.rules.scope;
  await markPublished(tx, { mandateId: draft.mandateId, scope, now: ctx.clock.now(), by });
  await audit(tx, ctx, { action: 'mandate.published', ...subjectOf(draft) });
}

/** `askedBy`: who asked for what the worker does. */
type Asked = { draft: OrderRow; askedBy?: string | null };

/** What an audit row of an order says. */
export function subjectOf(draft: OrderRow) {
  const { mandateId, officeId, number, kind, cites, takesBack } = draft;
  return {
    subjectKind: 'mandate',
    subjectId: mandateId,
    officeId,
    detail: { number, kind, cites, ...(takesBack ? { takesBack } : {}) },
  };
}

/**
 * What an order cites must bind, no other order may have taken its place, and the day must be right: the cited one may
 * have been written again since this one was. Returns the cited order.
 */
export async function requireCitable(tx: Reads | Tx, citing: Citing): Promise<OrderRow | undefined> {
  if (!citing.cites) return undefined;
  const number = citing.takesBack ?? citing.cites;
  const cited = await citedBy(tx, number);
  const { order, takesBack } = cited ?? {};
  if (!cited || order?.state !== 'published' || !hasRules(order) || order.inForceUntil !== null)
    throw notInForce(number);
  if (takesBack && (!standsStill(takesBack) || citing.kind === 'amendment')) throw notInForce(number);
  // Another order took the place of the one that a draft was written for.
  if (citing.takesBack && order.number !== citing.cites) throw notInForce(citing.cites);
  refuseWrongDay(citing, cited);
  return order;
}

/**
 * Asked anew whenever a draft comes nearer to being in force, for what stood before it in the row may have changed the
 * order that it cites. True where an amendment takes over something else than was written with it till now.
 */
export async function takeOverCited(tx: Tx, draft: OrderRow): Promise<boolean> {
  const cited = await requireCitable(tx, draft);
  if (!cited || draft.kind !== 'amendment') return false;
  const held = extensionHeld(draft.rules, cited);
  return takeOver(tx, { mandateId: draft.mandateId, lineage: cited.lineage, extensionHeld: held });
}

/** What is being counted must not change under the hands of those who count. */
export function beingPublished(number: string): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `आदेश ${number} अभी लागू किया जा रहा है; इसके पूरा होने तक इसे बदला नहीं जा सकता।`,
      en: `Order ${number} is being put in force; it cannot be changed before that is done.`,
    },
    { reason: 'being_published' },
  );
}
