import type { Ctx } from '../../kernel/context.ts';
import type { Day } from '../../kernel/dates.ts';
import type { MandateLine, StatementItem } from './content.ts';

type Moment = { asOf: Day; recordedUntil: Date | undefined };
/** How the orders stood for each of these persons on a day, from what had been recorded by an instant. */
export type MandateTable = (
  ctx: Ctx,
  personIds: readonly string[],
  moment: Moment,
) => Promise<ReadonlyMap<string, MandateLine[]>>;

let table: MandateTable = async () => new Map();

/** Set by whoever knows the orders; without one a statement has an empty table of mandates. */
export function setMandateTable(provider: MandateTable): void {
  table = provider;
}

export const mandateLines: MandateTable = (ctx, personIds, moment) => table(ctx, personIds, moment);

type Span = { from: Day; to: Day; recordedUntil: Date | undefined };
/** Training beside courses: accepted claims, sessions attended. */
export type ItemSource = (
  ctx: Ctx,
  personIds: readonly string[],
  span: Span,
) => Promise<ReadonlyMap<string, StatementItem[]>>;

const sources = new Map<string, ItemSource>();

/** Adds what else belongs on a statement; the name makes a second registration replace the first. */
export function addStatementItems(name: string, source: ItemSource): void {
  sources.set(name, source);
}

export const otherItems: ItemSource = async (ctx, personIds, span) => {
  const found = await Promise.all([...sources.values()].map((source) => source(ctx, personIds, span)));
  const all = new Map<string, StatementItem[]>();
  for (const one of found)
    for (const [personId, items] of one) all.set(personId, [...(all.get(personId) ?? []), ...items]);
  return all;
};
