import { nodeFigures } from '../../insight/index.ts';
import { type DistrictOffice, districtOffices } from '../stores/districts.ts';
import { added, lineOf, plainFigures } from './line.ts';
import { ranked } from './rank.ts';
import type { Scene } from './scene.ts';
import type { Line, Section } from './shape.ts';

/** Fewer districts than these are no table of districts: the offices below say it. */
const fewestDistricts = 4;

/**
 * Districts and divisions below an office. They have no counter of this office's people alone, so the offices that
 * stand there are added up: one office is its own figure, several are marked.
 */
export async function districtSections(scene: Scene): Promise<Section[]> {
  const { ctx, office, asOf, compareOn } = scene;
  const offices = topmost(await districtOffices(ctx.db.read, office));
  const districts = [...Map.groupBy(offices, (one) => one.districtCode).values()];
  if (districts.length < fewestDistricts) return [];
  const nodeIds = offices.map((one) => one.officeId);
  const [now, before] = await Promise.all([
    nodeFigures(ctx, { nodeIds, asOf }),
    compareOn ? nodeFigures(ctx, { nodeIds, asOf: compareOn }) : new Map(),
  ]);
  const figures = { now, before };
  const divisions = [...Map.groupBy(offices, (one) => one.divisionCode ?? '').entries()];
  return [
    {
      key: 'divisions',
      countedAt: null,
      lines: ranked(
        divisions.flatMap(([code, members]) => (code === '' ? [] : [areaLine(members, 'division', figures)])),
        scene.rankedBy,
      ),
    },
    {
      key: 'districts',
      countedAt: null,
      lines: ranked(
        districts.map((members) => areaLine(members, 'district', figures)),
        scene.rankedBy,
      ),
    },
  ];
}

/** An office below another of the same district is counted in that. */
function topmost(offices: readonly DistrictOffice[]): DistrictOffice[] {
  const byId = new Map(offices.map((one) => [one.officeId, one]));
  return offices.filter(
    (one) => !one.path.slice(0, -1).some((above) => byId.get(above)?.districtCode === one.districtCode),
  );
}

type FiguresByDay = Record<'now' | 'before', Awaited<ReturnType<typeof nodeFigures>>>;

function areaLine(
  offices: readonly DistrictOffice[],
  kind: 'division' | 'district',
  { now, before }: FiguresByDay,
): Line {
  const [first] = offices;
  if (!first) throw new Error('an area without offices');
  const isDistrict = kind === 'district';
  const parts = offices.flatMap((one) => now.get(one.officeId) ?? []);
  const earlier = offices.flatMap((one) => before.get(one.officeId) ?? []);
  return lineOf({
    code: isDistrict ? first.districtCode : (first.divisionCode ?? ''),
    nameHi: isDistrict ? first.districtHi : (first.divisionHi ?? ''),
    nameEn: isDistrict ? first.districtEn : first.divisionEn,
    opens: offices.length === 1 ? { node: 'office', code: first.officeCode } : null,
    now: {
      figures: added(parts.map(plainFigures)),
      masked: [...new Set(parts.flatMap((one) => one.masked))],
    },
    before: earlier.length === offices.length ? added(earlier.map(plainFigures)) : undefined,
    addedUp: offices.length > 1 ? offices.length : undefined,
  });
}
