import type { World } from '../../test/world.ts';
import type { Ctx } from '../kernel/context.ts';

/** Makes members of the cast appraisal officers of an office, whom the cast does not have. */
export function officerIn(world: World) {
  return (key = 'anita', office = 'SW'): Ctx => {
    const ctx = world.as(key);
    if (ctx.actor.kind !== 'person') throw new Error('no person');
    const grants = [...ctx.actor.grants, { role: 'appraisal', scopeId: world.officeId(office) }];
    return { ...ctx, actor: { ...ctx.actor, grants } };
  };
}
