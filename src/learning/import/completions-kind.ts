import type { ImportKind } from '../../kernel/imports/index.ts';
import { coversScope, importRoles, officeImportScope } from '../../organisations/index.ts';
import { applyCompletions } from './apply-completions.ts';
import { compareCompletions } from './compare-completions.ts';
import { completionFaults } from './faults.ts';
import { completionColumns, completionStaging, readCompletion } from './read-completions.ts';
import { completionDependents, takeBackCompletions } from './undo-completions.ts';

/** Completions from elsewhere (iGOT's exports, a training centre's lists). */
export const completionsKind: ImportKind = {
  name: 'completions',
  columns: completionColumns,
  staging: completionStaging,
  faults: completionFaults,
  read: readCompletion,
  authorise: (ctx, office) => officeImportScope(ctx, importRoles, office),
  covers: (ctx, scope) => coversScope(ctx, importRoles, scope),
  compare: compareCompletions,
  apply: applyCompletions,
  dependents: completionDependents,
  takeBack: takeBackCompletions,
};
