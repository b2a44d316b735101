import { withQuery } from '../../insight/index.ts';
import type { Sheet } from '../sheet/shape.ts';

/** A report of the people of an office who stand in a district or division, office by office. */
export function partReportHref(
  { place, asOf }: Pick<Sheet, 'place' | 'asOf'>,
  { of, code }: { of: 'districts' | 'divisions'; code: string },
): string {
  const kind = of === 'districts' ? 'district' : 'division';
  return peopleReportHref({ office: place.code, asOf, by: 'office', filters: { [kind]: code } });
}

type ClassLine = { of: 'groups' | 'engagements' | 'fieldCadres'; code: string };

/**
 * A report of the people of one class, by the offices right below, or where there are none by designation. None of the
 * field as a whole, which is many cadres, nor of a place that no report is of.
 */
export function classReportHref(sheet: Sheet, { of, code }: ClassLine): string | undefined {
  const section = sheet.sections.find(({ key }) => key === of);
  const people = peopleOf(sheet);
  if (!people || (of === 'fieldCadres' && !section?.countedAt)) return undefined;
  const hasParts = sheet.place.node === 'area' || sheet.sections.some(({ key }) => key === 'units');
  const dimension = { groups: 'group', engagements: 'engagement', fieldCadres: 'cadre' }[of];
  const filters = { ...people.filters, [dimension]: code };
  return peopleReportHref({
    office: people.office,
    asOf: sheet.asOf,
    by: hasParts ? 'below' : 'designation',
    filters,
  });
}

/** Whose people a report has to have to be of those of the sheet; a state's are the government's where none is left out. */
function peopleOf({
  place,
  path,
  leftOut,
}: Sheet): { office: string; filters: Record<string, string> } | undefined {
  if (place.node === 'office') return { office: place.code, filters: {} };
  const office = path.find(({ node }) => node === 'office')?.code;
  const [kind = '', code = ''] = place.code.split(':');
  if (!office) return undefined;
  if (kind === 'state') return leftOut?.people === 0 ? { office, filters: {} } : undefined;
  return { office, filters: { [kind]: code } };
}

type PeopleReport = { office: string; asOf: string; by: string; filters: Record<string, string> };

function peopleReportHref({ office, asOf, by, filters }: PeopleReport): string {
  const shown = shownMeasures.map((measure) => `m=${measure}`).join('&');
  const narrowed = Object.fromEntries(Object.entries(filters).map(([id, value]) => [`f_${id}`, value]));
  const chosen = { subject: 'people', office, asOf, shape: 'figures', g1: by, ...narrowed };
  return `${withQuery('/office/reports/new', chosen)}&${shown}&show=1`;
}

const shownMeasures = ['registered', 'at_least_one', 'reach', 'completions', 'per_head'];
