import type { Ctx } from '../kernel/context.ts';
import { unauthenticated } from '../kernel/errors.ts';
import { settledDay } from './as-of.ts';
import { type Figures, peopleFigures } from './figures.ts';
import { type Masks, masksInTree, withoutMasked } from './masking.ts';
import { masksFor, seesExactly } from './office-summary.ts';
import { countedAsOf } from './stores/counters.ts';
import { areasOnWay, type NodeRow, nodesByIds, wayToArea } from './stores/nodes.ts';
import { officesByIds } from './stores/offices.ts';
import { nothingCounted } from './vector.ts';

export type NodeFigures = Figures & { asOf: string; masked: string[] };

/**
 * The figures (people view) of offices and areas as of the end of an India day. Exact where the actor's rights
 * reach; elsewhere small counts are null and named in `masked`, and a past day is the end of a month (`asOf` of
 * each says which). An id that is no node is not in the answer.
 */
export async function nodeFigures(
  ctx: Ctx,
  wish: { nodeIds: readonly string[]; asOf: string },
): Promise<Map<string, NodeFigures>> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const nodes = await nodesByIds(ctx.db.read, wish.nodeIds);
  const groups = [...Map.groupBy(nodes, (node) => groupOf(ctx, node)).values()];
  const found = await Promise.all(groups.map((group) => figuresOfGroup(ctx, group, wish.asOf)));
  return new Map(found.flat());
}

/** Those seen exactly need no masks; of the others sisters are judged together (states are sisters), and a root by itself. */
function groupOf(ctx: Ctx, node: NodeRow): string {
  if (seesExactly(ctx, node)) return 'exact';
  return `below ${node.parentId ?? (node.areaId === null ? node.officeId : country)}`;
}

async function figuresOfGroup(
  ctx: Ctx,
  nodes: readonly NodeRow[],
  asked: string,
): Promise<[string, NodeFigures][]> {
  const isExact = nodes.every((node) => seesExactly(ctx, node));
  const asOf = isExact ? asked : settledDay(ctx, asked);
  const ids = nodes.map((node) => node.officeId);
  const counted = new Map((await countedAsOf(ctx.db.read, ids, [asOf])).map((row) => [row.officeId, row]));
  const masks = await masksOfNodes(ctx, nodes, asOf);
  return nodes.map((node) => {
    const figures = peopleFigures(counted.get(node.officeId) ?? nothingCounted);
    return [node.officeId, { asOf, ...withoutMasked(figures, masks(node)) }];
  });
}

/** What all states stand in: where there is one government, they add up to its figures. */
const country = 'country';

/** The masks of sister nodes: of offices as in their summaries, of areas from all the states down. */
export async function masksOfNodes(
  ctx: Ctx,
  nodes: readonly NodeRow[],
  asOf: string,
): Promise<(node: NodeRow) => Masks> {
  const [first] = nodes;
  const open: Masks = new Set();
  if (!first || nodes.every((node) => seesExactly(ctx, node))) return () => open;
  if (first.areaId === null) return masksFor(ctx, nodes, asOf);
  const way = await wayToArea(ctx.db.read, first.officeId);
  const root = await officesByIds(ctx.db.read, first.path);
  const areas = (await areasOnWay(ctx.db.read, way)).map(({ officeId, parentId }) => ({
    key: officeId,
    parentKey: parentId ?? root[0]?.officeId ?? country,
  }));
  const all = [...root.map(({ officeId }) => ({ key: officeId, parentKey: null })), ...areas];
  const ids = all.map((one) => one.key);
  const counted = new Map((await countedAsOf(ctx.db.read, ids, [asOf])).map((row) => [row.officeId, row]));
  const masks = masksInTree(
    all.map((one) => ({ ...one, isExact: false, counted: counted.get(one.key) ?? nothingCounted })),
  );
  return (node) => masks.get(node.officeId) ?? open;
}
