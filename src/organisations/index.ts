import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { officesKind } from './import/offices-kind.ts';

export { coversScope, importRoles, officeImportScope } from './import/policy.ts';
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
