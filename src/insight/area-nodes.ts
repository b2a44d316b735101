import type { Ctx } from '../kernel/context.ts';
import { type AreaNode, type AreasWanted, areasWanted } from './stores/nodes.ts';

/** Areas with the nodes that count them: of one kind, within another area (itself included), or by their ids. */
export function areaNodes(ctx: Pick<Ctx, 'db'>, wanted: AreasWanted): Promise<AreaNode[]> {
  return areasWanted(ctx.db.read, wanted);
}
