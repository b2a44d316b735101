import { notFound, type Refusal } from '../kernel/errors.ts';
import { type Role, rolesSeeingFigures } from '../organisations/index.ts';

/** Who opens review sheets; what he sees of which office is decided by where his roles reach. */
export const rolesReviewing: readonly Role[] = rolesSeeingFigures;
/** Who may publish a sheet of an office in his charge. */
export const rolesPublishing: readonly Role[] = ['nodal', 'leader', 'operator'];

export function sheetNotFound(): Refusal {
  return notFound({
    hi: 'इस कोड का कोई कार्यालय या क्षेत्र नहीं मिला।',
    en: 'There is no office or area with this code.',
  });
}

export function snapshotNotFound(): Refusal {
  return notFound({ hi: 'यह प्रकाशित पत्रक नहीं मिला।', en: 'This published sheet was not found.' });
}
