import { type Figures, type PartBound, partFigures } from '../../insight/index.ts';
import { type AreaBound, areaBounds } from '../stores/districts.ts';
import { lineOf, plainFigures } from './line.ts';
import { ranked } from './rank.ts';
import type { Scene } from './scene.ts';
import type { Line, Section } from './shape.ts';

/** Fewer districts than these are no table of districts: the offices below say it. */
const fewestDistricts = 4;

/**
 * Districts and divisions of an office's own people, each person once in each. They have no counters of this office's
 * people alone, so the offices at their bounds are added up, and whoever stands at several is taken off again.
 */
export async function districtSections(scene: Scene): Promise<Section[]> {
  const { ctx, office, asOf, compareOn, rankedBy } = scene;
  const bounds = await areaBounds(ctx.db.read, office.officeId);
  const areas = [...Map.groupBy(bounds, (one) => one.areaId).values()];
  if (areas.filter(([first]) => first?.kind === 'district').length < fewestDistricts) return [];
  const figuresOn = (day: string) =>
    partFigures(ctx, {
      ...{ office, asOf: day },
      bounds: [
        ...bounds.map(({ areaId, officeId, sign }) => ({ part: areaId, officeId, sign })),
        ...outsideBounds(office.officeId, bounds),
      ],
    });
  const [now, before] = await Promise.all([figuresOn(asOf), compareOn ? figuresOn(compareOn) : undefined]);
  const section = (key: 'divisions' | 'districts', kind: AreaBound['kind']): Section => ({
    key,
    countedAt: null,
    outside: now.get(outsideOf(kind))?.registered ?? null,
    lines: ranked(
      areas.flatMap((one) => (one[0]?.kind === kind ? areaLine(one, { now, before }) : [])),
      rankedBy,
    ),
  });
  return [section('divisions', 'division'), section('districts', 'district')];
}

function outsideOf(kind: AreaBound['kind']): string {
  return `no ${kind}`;
}

/** Whoever stands in none of the districts (divisions): a part that begins at the office and ends where they begin. */
function outsideBounds(officeId: string, bounds: readonly AreaBound[]): PartBound[] {
  return (['division', 'district'] as const).flatMap((kind): PartBound[] => [
    { part: outsideOf(kind), officeId, sign: 1 },
    ...bounds
      .filter((one) => one.kind === kind)
      .map(
        (one): PartBound => ({
          part: outsideOf(kind),
          officeId: one.officeId,
          sign: one.sign === 1 ? -1 : 1,
        }),
      ),
  ]);
}

type FiguresByDay = { now: Map<string, Figures>; before: Map<string, Figures> | undefined };

function areaLine(bounds: readonly AreaBound[], { now, before }: FiguresByDay): Line[] {
  const [first] = bounds;
  const figures = first && now.get(first.areaId);
  if (!figures) return [];
  const { areaId, code, nameHi, nameEn, officeCode } = first;
  const taken = bounds.filter((one) => one.sign === 1).length;
  return [
    lineOf({
      ...{ code, nameHi, nameEn },
      opens: bounds.length === 1 ? { node: 'office', code: officeCode } : null,
      now: { figures: plainFigures(figures), masked: [] },
      before: before?.get(areaId),
      addedUp: bounds.length > 1 ? taken : undefined,
    }),
  ];
}
