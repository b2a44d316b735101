import type { Role } from '../scope.ts';

/** Who reads the tree and an office's page; names and figures of persons are others' policies. */
export const rolesReadingOffices: readonly Role[] = [
  'nodal',
  'leader',
  'appraisal',
  'auditor',
  'operator',
  'centre',
];
/** Who keeps the tree of a subtree in order. */
export const rolesKeepingOffices: readonly Role[] = ['nodal', 'operator'];
