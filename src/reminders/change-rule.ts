import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { Reads, Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/errors.ts';
import { type OrderFace, sortedDays } from '../mandates/index.ts';
import { firstLadder } from './ladder.ts';
import { requireRemindable } from './policy.ts';
import {
  type Channel,
  gatherAnew,
  holdRule,
  type RuleRow,
  type RuleState,
  ruleOf,
  ruleToInherit,
  writeRule,
} from './stores/rules.ts';

/** The order's own rule, or the one that it begins with: that of the order whose place it took, else off. */
export async function ruleFor({ db }: Pick<Ctx, 'db'>, order: OrderFace): Promise<RuleRow> {
  return (await ruleOf(db.read, order.mandateId)) ?? (await beginning(db.read, order));
}

async function beginning(db: Reads | Tx, order: OrderFace): Promise<RuleRow> {
  return (await ruleToInherit(db, order.mandateId)) ?? firstRule(order);
}

/** The days on which an order's people are reminded, once somebody has settled them or they were taken over. */
export async function reminderDaysOf(db: Reads, mandateId: string): Promise<number[] | undefined> {
  const rule = (await ruleOf(db, mandateId)) ?? (await ruleToInherit(db, mandateId));
  return rule?.personDays;
}

function firstRule(order: OrderFace): RuleRow {
  const ladder = firstLadder(order.reminderDays);
  return { mandateId: order.mandateId, state: 'off', ...ladder, channels: ['mail', 'sms'], since: null };
}

export type StepsInput = { personDays: number[]; officerDays: number[]; channels: Channel[] };

/** Whether steps are those that a rule has, in whatever order they were typed. */
function saysSame(rule: StepsInput, steps: StepsInput): boolean {
  const said = ({ personDays, officerDays, channels }: StepsInput) =>
    JSON.stringify([sortedDays(personDays), sortedDays(officerDays), [...new Set(channels)].toSorted()]);
  return said(rule) === said(steps);
}

/**
 * Other steps or channels for an order's reminders; what was told already is not told again. Where reminders are on,
 * others pause them: whom they reach is looked at before they are switched on again.
 */
export async function changeSteps(ctx: Ctx, mandateId: string, input: StepsInput): Promise<RuleRow> {
  const order = await requireRemindable(ctx, mandateId);
  const steps = {
    personDays: sortedDays(input.personDays),
    officerDays: sortedDays(input.officerDays),
    channels: [...new Set(input.channels)],
  };
  return change(ctx, order, {
    action: 'reminder.steps_changed',
    of: (rule) => (rule.state === 'on' && !saysSame(rule, steps) ? { ...steps, state: 'paused' } : steps),
  });
}

/** Switches an order's reminders on, pauses them or switches them off. */
export async function switchReminders(ctx: Ctx, mandateId: string, state: RuleState): Promise<RuleRow> {
  const order = await requireRemindable(ctx, mandateId);
  if (state === 'on' && order.inForceUntil) throw orderEnded();
  const today = todayInIndia(ctx.clock);
  // A day stands there once anybody has switched: what somebody switched off does not go on by itself as an amendment.
  return change(ctx, order, {
    action: `reminder.switched_${state}`,
    of: (rule) => ({ state, since: rule.state === 'on' || state !== 'on' ? (rule.since ?? today) : today }),
  });
}

type Change = { action: string; of(rule: RuleRow): Partial<RuleRow> };

async function change(ctx: Ctx, order: OrderFace, { action, of }: Change): Promise<RuleRow> {
  const { mandateId, officeId } = order;
  return ctx.db.transaction(async (tx) => {
    const at = { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null };
    const before = await holdRule(tx, { ...(await beginning(tx, order)), ...at });
    const changed = of(before);
    const after = { ...before, ...changed };
    await writeRule(tx, { ...after, ...at });
    await gatherAnew(tx, mandateId);
    const detail = { before: parted(before, changed), after: changed };
    await audit(tx, ctx, { action, subjectKind: 'mandate', subjectId: mandateId, officeId, detail });
    return after;
  });
}

function parted(before: RuleRow, changed: Partial<RuleRow>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(changed).map((key) => [key, before[key as keyof RuleRow]]));
}

function orderEnded(): Refusal {
  const text = {
    hi: 'इस आदेश की जगह दूसरा आदेश लागू हो चुका है; उसके लिए याद दिलाना चालू करें।',
    en: 'Another order has taken this one’s place: switch on the reminders of that one.',
  };
  return new Refusal('conflict', text, { reason: 'order_ended' });
}
