import { type ClassKind, classFigures } from '../../insight/index.ts';
import { fieldCadreSection } from './field-cadres.ts';
import { lineOf, plainFigures } from './line.ts';
import type { NodeScene } from './scene.ts';
import type { Line, Section, SectionKey } from './shape.ts';

const kinds: readonly (readonly [SectionKey, ClassKind])[] = [
  ['groups', 'group'],
  ['engagements', 'engagement'],
  ['fieldCadres', 'fieldCadre'],
];

/** The people of a node by group, by engagement, and those who work in the field: disjoint, they add up to the registered. */
export async function classSections(scene: NodeScene): Promise<Section[]> {
  const sections = await Promise.all(
    kinds.map(async ([key, by]) => ({ key, lines: await linesBy(scene, by), countedAt: null })),
  );
  const cadres = await fieldCadreSection(scene);
  // That nobody works in the field, as far as cadres are marked, is no table.
  const isTold = ({ key, lines }: Section) =>
    key !== 'fieldCadres' || (!cadres && lines.some((line) => line.code === 'field'));
  return [...sections.filter(isTold), ...(cadres ? [cadres] : [])];
}

async function linesBy({ ctx, nodeId, asOf, compareOn }: NodeScene, by: ClassKind): Promise<Line[]> {
  const [now, before] = await Promise.all([
    classFigures(ctx, { nodeId, asOf, by }),
    compareOn ? classFigures(ctx, { nodeId, asOf: compareOn, by }) : [],
  ]);
  const earlier = new Map(before.map((one) => [one.key, one]));
  return now.map((one) =>
    lineOf({
      code: one.key,
      nameHi: one.nameHi,
      nameEn: one.nameEn,
      opens: null,
      now: { figures: plainFigures(one), masked: one.masked },
      before: earlier.get(one.key),
    }),
  );
}
