import { type Day, formatDay } from '../kernel/dates.ts';
import type { Reads, Tx } from '../kernel/db.ts';
import { invalid, Refusal } from '../kernel/errors.ts';
import { extendedDay } from './rules/last-day.ts';
import type { OrderFile } from './rules/order-file.ts';
import { ordersCiting } from './stores/order-pages.ts';
import { type OrderRow, orderById, orderByNumber } from './stores/orders.ts';

/** What an order says of the one that it cites: from which day it takes its place, or until when it extends it. */
export type Citing = Pick<OrderRow, 'kind' | 'cites' | 'takesBack' | 'orderDate' | 'effectiveOn' | 'until'>;

export function citingOf(file: OrderFile): Citing {
  return {
    ...{ kind: file.kind, cites: 'cites' in file ? file.cites : null, orderDate: file.head.date },
    takesBack: null,
    effectiveOn: 'effectiveOn' in file ? file.effectiveOn : null,
    until: 'until' in file ? file.until : null,
  };
}

/** Only these bind anybody, and can be extended, amended or withdrawn. */
export function hasRules({ kind }: Pick<OrderRow, 'kind'>): boolean {
  return kind === 'order' || kind === 'amendment';
}

/** The order that a citation is about; where it names an extension, that one and the order whose time that moves. */
export type Cited = { order: OrderRow; takesBack: OrderRow | null };

export async function citedBy(tx: Reads | Tx, number: string): Promise<Cited | undefined> {
  const named = await orderByNumber(tx, number);
  if (named?.kind !== 'extension') return named && { order: named, takesBack: null };
  const order = await movedBy(tx, named);
  return order && { order, takesBack: named };
}

/** The order that an extension is about, or what took its place and keeps the extension. */
async function movedBy(tx: Reads | Tx, extension: OrderRow): Promise<OrderRow | undefined> {
  let order = extension.cites ? await orderByNumber(tx, extension.cites) : undefined;
  while (order?.endedBy === 'amendment') {
    const citing = await ordersCiting(tx, order.mandateId);
    const next = citing.find((one) => one.kind === 'amendment' && one.state === 'published');
    const after = next && (await orderById(tx, next.mandateId));
    if (!after?.extensionHeld) return order;
    order = after;
  }
  return order;
}

/** Of an extension: it gives time, and no later order has taken it back. */
export function standsStill({ state, until, isTakenBack }: OrderRow): boolean {
  return state === 'published' && until !== null && !isTakenBack;
}

export function notInForce(number: string): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `आदेश ${number} लागू नहीं है, या उसका स्थान दूसरा आदेश ले चुका है।`,
      en: `Order ${number} is not in force, or another order has taken its place.`,
    },
    { reason: 'cited_not_in_force' },
  );
}

/** What takes the place of an order does so when that is in force, not before; more time is more time. */
export function refuseWrongDay(citing: Citing, { order: cited, takesBack }: Cited): void {
  const { kind, effectiveOn, until } = citing;
  const { inForceFrom } = cited;
  // An extension that is taken back is as if it had never been; the order itself does not end.
  if (!takesBack && effectiveOn && inForceFrom && effectiveOn < inForceFrom) {
    const text = {
      hi: `जिस आदेश का उल्लेख है वह ${formatDay(inForceFrom, 'hi')} से लागू है; उससे पहले की तिथि नहीं हो सकती।`,
      en: `The order that is cited is in force from ${formatDay(inForceFrom, 'en')}; no earlier day can be given.`,
    };
    const path = kind === 'amendment' ? 'amends.effectiveOn' : 'withdraws.effectiveOn';
    throw invalid([{ path, code: 'before_cited', text }], text);
  }
  const lastDay = comparedDay(takesBack ? { ...cited, extendedUntil: null } : cited, citing.orderDate);
  if (until && until <= lastDay) {
    const text = {
      hi: `अवधि पहले से ${formatDay(lastDay, 'hi')} तक है; उसके बाद की तिथि दें।`,
      en: `The window lasts until ${formatDay(lastDay, 'en')} already; give a later day.`,
    };
    throw invalid([{ path: 'extends.until', code: 'not_later', text }], text);
  }
}

// A window of its own for each person ends on no day that could be compared; the order's own day could.
function comparedDay({ rules, extendedUntil }: OrderRow, orderDate: Day): Day {
  return extendedDay('to' in rules.window ? rules.window.to : orderDate, extendedUntil);
}

/**
 * An amendment that leaves the last day as it is written in the order whose place it takes says nothing of that
 * day, and the extension of it holds on; one that names another last day has said which it is.
 */
export function extensionHeld(rules: OrderRow['rules'], cited: OrderRow): Day | null {
  return lastDayText(rules) === lastDayText(cited.rules) ? cited.extendedUntil : null;
}

function lastDayText({ window }: OrderRow['rules']): string {
  return 'to' in window ? window.to : `${window.days} ${window.after}`;
}
