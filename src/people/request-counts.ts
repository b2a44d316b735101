import { type Ctx, requireRole } from '../kernel/context.ts';
import { rolesChangingPersons } from './desk/policy.ts';
import { listNameRequests } from './profile/decide-name-request.ts';
import { countOpenRegistrations } from './registration/store.ts';

export type RequestCounts = { registrations: number; names: number };

/** How many requests wait for the actor, for the tabs above the lists. */
export async function openRequestCounts(ctx: Ctx): Promise<RequestCounts> {
  const scopes = requireRole(ctx, rolesChangingPersons);
  const [registrations, names] = await Promise.all([
    countOpenRegistrations(ctx.db.read, scopes),
    listNameRequests(ctx),
  ]);
  return { registrations, names: names.length };
}
