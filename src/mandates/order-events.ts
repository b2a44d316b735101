import type { Ctx } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';

/** What was decided about the orders of a person or of several, who are to hear of it; told in the transaction of the decision. */
export type OrderEvent = {
  kind:
    | 'more_time_granted'
    | 'more_time_refused'
    | 'more_time_taken_back'
    | 'claim_entered'
    | 'claim_accepted'
    | 'claim_refused'
    | 'claim_taken_back'
    | 'due_moved'
    | 'due_stands'
    | 'exempted'
    | 'exemption_taken_back';
  personIds: readonly string[];
  /** The order, or the course that was claimed. */
  titleHi: string | null;
  titleEn: string | null;
  /** The new last day, where there is one. */
  day?: Day;
  /** Where the person reads the decision with its reason. */
  href: string;
};
type Handler = (tx: Tx, ctx: Ctx, event: OrderEvent) => Promise<void>;

const handlers = new Map<string, Handler>();

export function onOrderEvent(name: string, handler: Handler): void {
  handlers.set(name, handler);
}

export async function tellOrderEvent(tx: Tx, ctx: Ctx, event: OrderEvent): Promise<void> {
  for (const handler of handlers.values()) await handler(tx, ctx, event);
}
