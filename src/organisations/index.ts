import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { addReconciler } from '../kernel/reconcilers.ts';
import { officesApi } from './api.ts';
import { seedAreas } from './areas/seed-areas.ts';
import { addCadreLinks, cadreRoutes } from './cadres/routes.tsx';
import { officesCommand } from './commands.ts';
import { addDesignationLinks, designationRoutes } from './designations/routes.tsx';
import { officeDeskApi } from './desk/api.ts';
import { officesKind } from './import/offices-kind.ts';
import { areasRoutes } from './pages/areas-routes.tsx';
import { addOfficeLinks } from './pages/links.ts';
import { officeFormsRoutes } from './pages/office-forms-routes.tsx';
import { officesRoutes } from './pages/offices-routes.tsx';
import { reconcilePaths, repairPaths } from './reconcile-paths.ts';

/** Reads the reference areas in, once for each version of the files; safe at every start. */
export { seedAreas } from './areas/seed-areas.ts';
/** Which cadres work in the field, by their names: for the demonstration. */
export { nameFieldCadres } from './cadres/keep-field-cadres.ts';
/** English names of cadres, by the others: for the demonstration. */
export { nameCadres } from './cadres/name-cadre.ts';
/** Corrects a designation's name, or gives the English one. */
export { keepDesignation } from './designations/keep-designation.ts';
/** One designation by its id; whether one of these offices is a root. */
export { type Designation, designationById, holdsRoot } from './designations/store.ts';
/** An office below another, open from today. */
export { addOffice } from './desk/keep-office.ts';
/** What features above tell the pages of offices: figures by office, and who stands at one. */
export {
  type Headcounts,
  type PostedAfter,
  type PostedCount,
  setHeadcounts,
  setPostedAfter,
  setPostedCounts,
} from './hooks.ts';
/** Who imports offices, people and completions, and the policy of a kind of import within one's offices. */
export { importRoles, withinOffices } from './import/policy.ts';
/** Offices by code or by the sound of their name, best first. */
export {
  findOffices,
  noSuchOffice,
  type OfficeFault,
  type OfficeSearch,
  type OfficesMeant,
  officeFiltered,
  officesMeant,
  officeTyped,
  officeUnknown,
  suggestedOffices,
} from './office-search.ts';
/** The field of a page's filter that asks for an office, by its code or name. */
export { OfficeAsked } from './pages/office-asked.tsx';
/** A form's choice of an office that needs no script; `officeCodeIn` reads it back. */
export { OfficePicker, officeCodeIn, officeName, withoutOfficeFault } from './pages/office-picker.tsx';
/** A page's filter again, where what was typed names no office. */
export { WrongOffice } from './pages/wrong-office.tsx';
export {
  chargeAbove,
  holdsRoleOver,
  inScope,
  looksAsLeader,
  namesRight,
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
/** The designation with this name in any spelling, made where there is none yet. */
export { designationIdOf } from './stores/desk.ts';

/** For who posts people, copies where they were posted, or gives a role: offices stay where they are until he is done. */
export { enterOffices, holdTree, thisOffice } from './stores/tree-locks.ts';

export const organisations: Feature = {
  name: 'organisations',
  async prepare(runtime) {
    registerImportKind(officesKind);
    addReconciler('offices', reconcilePaths, repairPaths);
    addOfficeLinks();
    addDesignationLinks();
    addCadreLinks();
    await seedAreas(runtime);
  },
  http(app) {
    officesApi(app);
    officeDeskApi(app);
    officesRoutes(app);
    officeFormsRoutes(app);
    areasRoutes(app);
    designationRoutes(app);
    cadreRoutes(app);
  },
  commands: [officesCommand],
};
