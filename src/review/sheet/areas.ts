import { nodeFigures } from '../../insight/index.ts';
import { type AreaRow, areasWithin, statesOfRoot, topOfficesIn } from '../stores/areas.ts';
import { lineOf, plainFigures } from './line.ts';
import { ranked } from './rank.ts';
import type { NodeScene } from './scene.ts';
import type { Line, Named, Opens, Section } from './shape.ts';

/**
 * The areas of a government's sheet, each by its own counter: the divisions and districts of the state where most of its
 * people are, and the states where there are several. A nation has no such state.
 */
export async function areaSectionsOfRoot(scene: NodeScene): Promise<Section[]> {
  const states = await statesOfRoot(scene.ctx.db.read);
  if (states.length === 0) return [];
  const section = await areaSection(scene, 'states', states);
  const home = states.length === 1 ? states[0] : homeOf(states, section.lines);
  const within = home ? await sectionsWithin(scene, home.areaId) : [];
  return states.length === 1 ? within : [section, ...within];
}

/** Where more than half of all stand: an office in another state's capital does not take the districts away. */
function homeOf(states: readonly AreaRow[], lines: readonly Line[]): AreaRow | undefined {
  const people = ({ figures }: Line) => figures.registered ?? 0;
  const all = lines.reduce((sum, line) => sum + people(line), 0);
  const home = lines.find((line) => 2 * people(line) > all);
  return states.find((state) => state.code === home?.code);
}

/** What stands below an area: divisions and districts, or in a district the highest offices there. */
export async function sectionsOfArea(scene: NodeScene, area: AreaRow): Promise<Section[]> {
  if (area.kind !== 'district') return sectionsWithin(scene, area.areaId);
  const offices = await topOfficesIn(scene.ctx.db.read, area.nodeId);
  const units = offices.map(
    (one): Unit => ({ ...one, nodeId: one.officeId, opens: { node: 'office', code: one.code } }),
  );
  return [{ key: 'units', lines: await linesOf(scene, units), countedAt: null }];
}

async function sectionsWithin(scene: NodeScene, areaId: string): Promise<Section[]> {
  const areas = await areasWithin(scene.ctx.db.read, areaId);
  const divisions = areas.filter((area) => area.kind === 'division');
  const districts = areas.filter((area) => area.kind === 'district');
  return Promise.all([
    areaSection(scene, 'divisions', divisions),
    areaSection(scene, 'districts', districts),
  ]);
}

async function areaSection(
  scene: NodeScene,
  key: Section['key'],
  areas: readonly AreaRow[],
): Promise<Section> {
  const units = areas.map((area): Unit => ({ ...area, opens: { node: 'area', code: area.areaId } }));
  return { key, lines: await linesOf(scene, units), countedAt: null };
}

type Unit = Named & { nodeId: string; opens: Opens };

async function linesOf(
  { ctx, asOf, compareOn, rankedBy }: NodeScene,
  units: readonly Unit[],
): Promise<Line[]> {
  const nodeIds = units.map((unit) => unit.nodeId);
  const [now, before] = await Promise.all([
    nodeFigures(ctx, { nodeIds, asOf }),
    compareOn ? nodeFigures(ctx, { nodeIds, asOf: compareOn }) : undefined,
  ]);
  const lines = units.flatMap(({ nodeId, code, nameHi, nameEn, opens }) => {
    const own = now.get(nodeId);
    if (!own) return [];
    const counted = { figures: plainFigures(own), masked: own.masked };
    return [lineOf({ ...{ code, nameHi, nameEn, opens }, now: counted, before: before?.get(nodeId) })];
  });
  return ranked(lines, rankedBy);
}
