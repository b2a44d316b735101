import { type Ctx, scopesOf } from '../kernel/context.ts';
import { importKinds } from '../kernel/imports/index.ts';
import { importRoles } from '../organisations/index.ts';

/** Whoever may import anything at all; each kind has its own rule beside. */
export const deskRoles: readonly string[] = ['nodal', 'operator', 'publisher', 'author'];
const courseRoles: readonly string[] = ['operator', 'publisher', 'author'];

/** The kinds of import that this actor may use. */
export function kindsFor(ctx: Ctx): string[] {
  const names = importKinds().map((kind) => kind.name);
  const mayImportPeople = scopesOf(ctx.actor, importRoles).length > 0;
  const mayImportCourses = scopesOf(ctx.actor, courseRoles).length > 0;
  return names.filter((name) => (name === 'courses' ? mayImportCourses : mayImportPeople));
}

/** The offices over which the actor may look at imports. */
export function deskScopes(ctx: Ctx): string[] {
  return [...new Set(scopesOf(ctx.actor, deskRoles))];
}
