import type { Ctx } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import { countItems, groupsOf, leafProgress } from './condition-progress.ts';
import { daysOfWindow, leavesOf } from './rules/rules.ts';
import { itemsOfPerson } from './stores/done-items.ts';
import type { OrderRow } from './stores/orders.ts';
import type { BoundPerson } from './stores/persons.ts';
import { leafWords, type ToldConditions } from './words.ts';

/** How far each of a page of people is under an order on a day, by person; the items of all are read together. */
export async function progressOfPersons(
  ctx: Ctx,
  { rules }: Pick<OrderRow, 'rules'>,
  { persons, asOf }: { persons: readonly BoundPerson[]; asOf: Day },
): Promise<Map<string, ToldConditions>> {
  const leaves = leavesOf(rules.condition);
  const told = persons.map(async (person): Promise<[string, ToldConditions]> => {
    const items = await itemsOfPerson(ctx.db, person.personId);
    const counted = countItems(items, rules, { from: person.firstDay, to: asOf });
    const part = person.inDays === null ? undefined : { days: person.inDays, of: daysOfWindow(rules.window) };
    const progress = leaves.map((leaf) => ({
      words: leafWords(leaf),
      ...leafProgress(leaf, counted, part),
    }));
    const { groups, groupOf } = groupsOf(
      rules.condition,
      progress.map((one) => one.met),
    );
    return [
      person.personId,
      { groups, conditions: progress.map((one, at) => ({ ...one, group: groupOf[at] ?? 0 })) },
    ];
  });
  return new Map(await Promise.all(told));
}
