import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { type FieldError, invalid, Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { officeById } from '../organisations/index.ts';
import { mayOrder, requireOfficesOfOrder } from './policy.ts';
import type { OrderFile } from './rules/order-file.ts';
import { leavesOf, type Rules } from './rules/rules.ts';
import {
  insertOrder,
  type NewOrder,
  type OrderRow,
  orderByNumber,
  rewriteDraft,
  unknownCodes,
  unusedWords,
} from './stores/orders.ts';

export type DraftOutcome = 'added' | 'changed' | 'unchanged';
export type Drafted = { outcome: DraftOutcome; order: OrderRow; unusedWords: string[] };

/**
 * Enters an order as a draft, or writes a draft of the same number again. An order that is in force is never
 * overwritten: the same content is nothing new, other content is refused; what changes it is a new order.
 */
export async function draftMandate(ctx: Ctx, file: OrderFile, scanFileId?: string): Promise<Drafted> {
  const prepared = await prepareDraft(ctx, file, scanFileId);
  return ctx.db.transaction((tx) => writeDraft(tx, ctx, prepared));
}

export type PreparedDraft = { file: OrderFile; row: NewOrder; unusedWords: string[] };

/** The policy, and everything that can be said against the order before anything is written. */
export async function prepareDraft(ctx: Ctx, file: OrderFile, scanFileId?: string): Promise<PreparedDraft> {
  const cited = 'cites' in file ? await citedOrder(ctx, file.cites) : undefined;
  const officeId =
    'rules' in file ? await requireOfficesOfOrder(ctx, file.rules.scope.offices) : cited?.officeId;
  if ('rules' in file) await requireKnown(ctx, file.rules);
  await requireSameContent(ctx, file);
  const row: NewOrder = {
    ...{ number: file.head.number, orderDate: file.head.date, issuer: file.head.issuer },
    ...{ titleHi: file.head.titleHi, titleEn: file.head.titleEn, kind: file.kind, digest: file.digest },
    mandateId: newId(),
    officeId: officeId ?? '',
    rules: 'rules' in file ? file.rules : file.kind === 'extension' ? { until: file.until } : {},
    citesId: cited?.mandateId ?? null,
    effectiveOn: 'effectiveOn' in file ? file.effectiveOn : null,
    scanFileId: scanFileId ?? null,
    now: ctx.clock.now(),
    by: personIdOf(ctx.actor) ?? null,
  };
  return { file, row, unusedWords: 'rules' in file ? await unusedWordsOf(ctx, file.rules) : [] };
}

export async function writeDraft(tx: Tx, ctx: Ctx, { row, unusedWords }: PreparedDraft): Promise<Drafted> {
  const outcome = await written(tx, row);
  const order = await orderByNumber(tx, row.number);
  if (!order) throw new Error('an order was neither found nor made');
  if (outcome !== 'unchanged')
    await audit(tx, ctx, {
      action: 'mandate.drafted',
      subjectKind: 'mandate',
      subjectId: order.mandateId,
      officeId: order.officeId,
      detail: { number: order.number, kind: order.kind, digest: order.digest },
    });
  return { outcome, order, unusedWords };
}

async function written(tx: Tx, row: NewOrder): Promise<DraftOutcome> {
  if (await insertOrder(tx, row)) return 'added';
  const known = await orderByNumber(tx, row.number);
  if (known?.digest === row.digest) return 'unchanged';
  if (known?.state !== 'draft') throw otherContent(row.number);
  await rewriteDraft(tx, row);
  return 'changed';
}

async function citedOrder(ctx: Ctx, number: string): Promise<OrderRow> {
  const order = await orderByNumber(ctx.db.read, number);
  const office = order && (await officeById(ctx, order.officeId));
  if (order && office && mayOrder(ctx, office.path)) return order;
  const text = { hi: `आदेश ${number} नहीं मिला।`, en: `Order ${number} was not found.` };
  throw new Refusal('not_found', text, { reason: 'unknown_order' });
}

async function requireSameContent(ctx: Ctx, file: OrderFile): Promise<void> {
  const known = await orderByNumber(ctx.db.read, file.head.number);
  if (known && known.state !== 'draft' && known.digest !== file.digest) throw otherContent(file.head.number);
}

function otherContent(number: string): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `आदेश ${number} लागू है और उसकी बातें इस फ़ाइल से भिन्न हैं। बदलाव नए आदेश से करें, जो इसका उल्लेख करे।`,
      en: `Order ${number} is in force and says something else. Change it by a new order that cites it.`,
    },
    { reason: 'number_taken' },
  );
}

async function requireKnown(ctx: Ctx, rules: Rules): Promise<void> {
  const leaves = leavesOf(rules.condition);
  const missing = await unknownCodes(ctx.db.read, {
    offices: rules.scope.offices,
    courses: leaves.flatMap((leaf) => leaf.courses?.of ?? leaf.share?.of ?? []),
    assessments: leaves.flatMap((leaf) => (leaf.passed ? [leaf.passed.assessment] : [])),
  });
  const faults = [
    ...missing.offices.map((code) => unknown('scope.offices', { hi: 'कार्यालय', en: 'office', code })),
    ...missing.courses.map((code) => unknown('condition', { hi: 'कोर्स', en: 'course', code })),
    ...missing.assessments.map((code) => unknown('condition', { hi: 'परीक्षा', en: 'assessment', code })),
  ];
  if (faults.length === 0) return;
  throw invalid(faults, {
    hi: faults.map((fault) => fault.text.hi).join('\n'),
    en: faults.map((fault) => fault.text.en).join('\n'),
  });
}

function unknown(path: string, what: { hi: string; en: string; code: string }): FieldError {
  const text = { hi: `${what.hi} ${what.code} नहीं मिला`, en: `there is no ${what.en} ${what.code}` };
  return { path, code: `unknown_${what.en}`, text };
}

function unusedWordsOf(ctx: Ctx, { scope, condition }: Rules): Promise<string[]> {
  const tags = leavesOf(condition).flatMap((leaf) => leaf.courses?.tag ?? leaf.hours?.tag ?? []);
  return unusedWords(ctx.db.read, {
    designations: scope.designations ?? [],
    cadres: scope.cadres ?? [],
    tags: [...new Set(tags)],
  });
}
