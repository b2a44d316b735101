import type { ImportKind } from '../../kernel/imports/index.ts';
import { importRoles, withinOffices } from '../../organisations/index.ts';
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
  ...withinOffices(importRoles),
  compare: compareCompletions,
  apply: applyCompletions,
  dependents: completionDependents,
  takeBack: takeBackCompletions,
};
