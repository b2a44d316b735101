import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { officesKind } from './import/offices-kind.ts';

export { coversScope, importRoles, officeImportScope } from './import/policy.ts';
/** Offices by code or by the sound of their name, best first. */
export { findOffices, type OfficeSearch, suggestedOffices } from './office-search.ts';
/** A form's choice of an office that needs no script; `officeCodeIn` reads it back. */
export { OfficePicker, officeCodeIn, officeName } from './pages/office-picker.tsx';
export {
  holdsRoleOver,
  inScope,
  type OfficeRow,
  officeByCode,
  officeById,
  pathIsInScope,
  type Role,
  requireOffice,
  roles,
  rolesSeeingFigures,
  rolesSeeingPersons,
} from './scope.ts';

export const organisations: Feature = {
  name: 'organisations',
  prepare: () => registerImportKind(officesKind),
};
