import type { ImportKind } from '../../kernel/imports/index.ts';
import { importRoles, withinOffices } from '../../organisations/index.ts';
import { applyRoster } from './apply-roster.ts';
import { compareRoster } from './compare-roster.ts';
import { rosterFaults } from './faults.ts';
import { readRoster, rosterColumns, rosterStaging } from './read-roster.ts';
import { rosterDependents, takeBackRoster } from './undo-roster.ts';

/** The roster: who is posted where. What a row does is written in INTERFACES (Files). */
export const rosterKind: ImportKind = {
  name: 'roster',
  columns: rosterColumns,
  staging: rosterStaging,
  faults: rosterFaults,
  read: readRoster,
  ...withinOffices(importRoles),
  compare: compareRoster,
  apply: applyRoster,
  dependents: rosterDependents,
  takeBack: takeBackRoster,
};
