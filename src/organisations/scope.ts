import { type Ctx, requireRole, scopesOf } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { type OfficeRow, officeByCode } from './stores/offices.ts';

export { inScope, type OfficeRow, officeByCode, officeById } from './stores/offices.ts';

/** Every role that an office can give; what each may do is each feature's policy. */
export const roles = [
  'nodal',
  'leader',
  'author',
  'reviewer',
  'publisher',
  'appraisal',
  'centre',
  'editor',
  'operator',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

/**
 * What a leader holds beside the role where the separate right to names was given with it. No role of its own:
 * it is derived from the leader's grant when he is identified, and nobody gives or lists it.
 */
export const namesRight = 'leader-names';
/** Roles that read names and personal fields of the people in their subtree (INTERFACES: Roles). */
export const rolesSeeingPersons: readonly (Role | typeof namesRight)[] = [
  'nodal',
  'appraisal',
  'auditor',
  namesRight,
];
/** Roles that read figures of their subtree exactly. */
export const rolesSeeingFigures: readonly Role[] = [
  'nodal',
  'leader',
  'appraisal',
  'auditor',
  'operator',
  'centre',
];

/** True where `path` (root first, the office itself last) passes through one of the scopes. */
export function pathIsInScope(path: readonly string[], scopes: readonly string[]): boolean {
  return scopes.includes('*') || path.some((id) => scopes.includes(id));
}

/**
 * The widest of the scopes on the way down to an office: the charge in which an act over it is done. None for the
 * command line, which is nobody's charge.
 */
export function chargeAbove(path: readonly string[], scopes: readonly string[]): string | null {
  return path.find((officeId) => scopes.includes(officeId)) ?? null;
}

/** Whether the actor holds one of the roles over this office. */
export function holdsRoleOver(ctx: Ctx, wanted: readonly string[], path: readonly string[]): boolean {
  return pathIsInScope(path, scopesOf(ctx.actor, wanted));
}

/** Whether what the actor reads of persons here is read by a leader's right to names, so that it is logged. */
export function looksAsLeader(ctx: Ctx, path: readonly string[]): boolean {
  const byOffice = rolesSeeingPersons.filter((role) => role !== namesRight);
  return !holdsRoleOver(ctx, byOffice, path) && holdsRoleOver(ctx, [namesRight], path);
}

/** The office with this code if the actor holds one of the roles over it; not visible means not found. */
export async function requireOffice(ctx: Ctx, code: string, wanted: readonly string[]): Promise<OfficeRow> {
  const scopes = requireRole(ctx, wanted);
  const office = await officeByCode(ctx, code);
  if (!office || !pathIsInScope(office.path, scopes)) throw notFound();
  return office;
}
