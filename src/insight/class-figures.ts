import type { Ctx } from '../kernel/context.ts';
import { unauthenticated } from '../kernel/errors.ts';
import { translator } from '../kernel/i18n.ts';
import { settledDay } from './as-of.ts';
import { type Figures, peopleFigures } from './figures.ts';
import { masksInTree, withoutMasked } from './masking.ts';
import { masksOfNodes } from './node-figures.ts';
import { seesExactly } from './office-summary.ts';
import {
  type ClassCounted,
  classesFromEvents,
  countedByClass,
  engagements,
  groups,
} from './stores/classes.ts';
import { countsClasses, nodesByIds } from './stores/nodes.ts';
import { type Counted, countedColumns, nothingCounted } from './vector.ts';

export type ClassKind = 'group' | 'engagement' | 'fieldCadre';
export type ClassFigures = Figures & { key: string; nameHi: string; nameEn: string; masked: string[] };

/**
 * The figures of a node by class of people: the class is that of the primary posting in force on the day, so that
 * the classes add up to the registered. Only classes that somebody is in; `unknown` where the roster says nothing.
 * Not on the roster, and former, have no class: null.
 */
export async function classFigures(
  ctx: Ctx,
  wish: { nodeId: string; asOf: string; by: ClassKind },
): Promise<ClassFigures[]> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const [node] = await nodesByIds(ctx.db.read, [wish.nodeId]);
  if (!node) return [];
  const isExact = seesExactly(ctx, node);
  const asOf = isExact ? wish.asOf : settledDay(ctx, wish.asOf);
  const count = countsClasses(node) ? countedByClass : classesFromEvents;
  const counted = (await count(ctx.db.read, { node, asOf })).filter((row) => row.registered !== 0);
  const found = [...Map.groupBy(counted, (row) => keyOf(row, wish.by))].map(([key, rows]) => ({
    key,
    counted: added(rows),
  }));
  const above = (await masksOfNodes(ctx, [node], asOf))(node);
  const sum = added(found.map((one) => one.counted));
  const masks = masksInTree([
    { key: node.officeId, parentKey: null, isExact, counted: sum, masks: above },
    ...found.map((one) => ({ ...one, parentKey: node.officeId, isExact })),
  ]);
  return found
    .toSorted((a, b) => placeOf(wish.by, a.key) - placeOf(wish.by, b.key))
    .map(({ key, counted: of }) => ({
      key,
      ...namesOf(wish.by, key),
      ...withoutMasked(
        { ...peopleFigures(of), notOnRoster: null, former: null },
        masks.get(key) ?? new Set(),
      ),
    }));
}

const unknown = 'unknown';
const keys = {
  group: [...groups, unknown],
  engagement: [...engagements, unknown],
  fieldCadre: ['field', 'other'],
} as const satisfies Record<ClassKind, readonly string[]>;

function keyOf(row: ClassCounted, by: ClassKind): string {
  if (by === 'group') return row.serviceGroup ?? unknown;
  if (by === 'engagement') return row.engagement ?? unknown;
  return row.isField ? 'field' : 'other';
}

function placeOf(by: ClassKind, key: string): number {
  return (keys[by] as readonly string[]).indexOf(key);
}

function added(rows: readonly Partial<Counted>[]): Counted {
  const sum = { ...nothingCounted };
  for (const row of rows) for (const column of countedColumns) sum[column] += row[column] ?? 0;
  return sum;
}

function namesOf(by: ClassKind, key: string): { nameHi: string; nameEn: string } {
  const name = (language: 'hi' | 'en') => {
    const t = translator(language);
    if (by === 'fieldCadre') return t(key === 'field' ? 'insight.classField' : 'insight.classOther');
    if (key === unknown) return t('insight.classUnknown');
    return by === 'group'
      ? t('insight.classGroup', { group: t(`people.group_${key}` as 'people.group_A') })
      : t(`people.engagement_${key}` as 'people.engagement_permanent');
  };
  return { nameHi: name('hi'), nameEn: name('en') };
}
