import type { Feature } from '../kernel/feature.ts';

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

export const organisations: Feature = { name: 'organisations' };
