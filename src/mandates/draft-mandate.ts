import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { type FieldError, invalid, notFound, Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { officeById } from '../organisations/index.ts';
import { giveUpFailed } from './builds/give-up-publication.ts';
import {
  type Cited,
  citedBy,
  citingOf,
  extensionHeld,
  hasRules,
  notInForce,
  refuseWrongDay,
} from './cited-order.ts';
import { chargeOver, mayActOn, type OrderOffices, requireOfficesOfOrder } from './policy.ts';
import type { OrderFile } from './rules/order-file.ts';
import { leavesOf, placedLeaves, type Rules } from './rules/rules.ts';
import {
  insertOrder,
  lockOrder,
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
export async function draftMandate(ctx: Ctx, file: OrderFile, { seen }: DraftWish = {}): Promise<Drafted> {
  const prepared = { ...(await prepareDraft(ctx, file)), seen };
  return ctx.db.transaction((tx) => writeDraft(tx, ctx, prepared));
}

export type DraftWish = {
  /**
   * The digest of the draft that is written again, null where none is: another one of this number is somebody else's
   * work, and stays. Absent: the file says all, and any draft of its number is written again.
   */
  seen?: string | null | undefined;
};

export type PreparedDraft = {
  file: OrderFile;
  row: NewOrder;
  unusedWords: string[];
  /** The draft of this number that is written again. */
  draftId: string | undefined;
} & DraftWish;

/** The policy, and everything that can be said against the order before anything is written. */
export async function prepareDraft(ctx: Ctx, file: OrderFile): Promise<PreparedDraft> {
  const citation = 'cites' in file ? await citedOrder(ctx, file) : undefined;
  const cited = citation?.order;
  const offices =
    'rules' in file
      ? await requireOfficesOfOrder(ctx, file.rules.scope.offices)
      : await officesOf(ctx, cited);
  if ('rules' in file) await requireKnown(ctx, file.rules);
  const known = await requireFree(ctx, file);
  // Once it is in force it has moved that day itself.
  if (citation && known?.state !== 'published') refuseWrongDay(citingOf(file), citation);
  const row: NewOrder = {
    ...{ number: file.head.number, orderDate: file.head.date },
    ...{ issuer: file.head.issuer, issuerEn: file.head.issuerEn ?? null },
    ...{ titleHi: file.head.titleHi, titleEn: file.head.titleEn, digest: file.digest },
    // What takes an extension back is one itself: of the order it says how long there is.
    kind: citation?.takesBack ? 'extension' : file.kind,
    mandateId: newId(),
    ...offices,
    rules: rulesOf(file),
    citesId: cited?.mandateId ?? null,
    takesBackId: citation?.takesBack?.mandateId ?? null,
    citedLineage: file.kind === 'amendment' ? (cited?.lineage ?? []) : [],
    extensionHeld: file.kind === 'amendment' && cited ? extensionHeld(file.rules, cited) : null,
    effectiveOn: 'effectiveOn' in file ? file.effectiveOn : null,
    now: ctx.clock.now(),
    by: personIdOf(ctx.actor) ?? null,
  };
  const draftId = known?.state === 'draft' ? known.mandateId : undefined;
  return { file, row, draftId, unusedWords: 'rules' in file ? await unusedWordsOf(ctx, file.rules) : [] };
}

export async function writeDraft(tx: Tx, ctx: Ctx, prepared: PreparedDraft): Promise<Drafted> {
  const { row, unusedWords } = prepared;
  const outcome = await written(tx, ctx, prepared);
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

async function written(tx: Tx, ctx: Ctx, prepared: PreparedDraft): Promise<DraftOutcome> {
  const { row, draftId, seen } = prepared;
  if (await insertOrder(tx, row)) return 'added';
  if (draftId) await lockOrder(tx, draftId);
  const known = await orderByNumber(tx, row.number);
  if (known?.digest === row.digest) return 'unchanged';
  // Another than the one that was looked at before: entered by somebody else in between.
  if (!draftId || known?.mandateId !== draftId) throw otherContent(row.number);
  if (seen !== undefined && seen !== known.digest)
    throw seen ? changedMeanwhile(row.number) : draftThere(row.number);
  if (known.buildId) await giveUpFailed(tx, ctx, known);
  if (!(await rewriteDraft(tx, draftId, row))) throw otherContent(row.number);
  return 'changed';
}

function rulesOf(file: OrderFile): unknown {
  if ('rules' in file) return file.rules;
  return file.kind === 'extension' ? { until: file.until } : {};
}

type CitingFile = Extract<OrderFile, { cites: string }>;

async function citedOrder(ctx: Ctx, { kind, cites: number }: CitingFile): Promise<Cited> {
  const cited = await citedBy(ctx.db.read, number);
  if (cited && (await mayActOn(ctx, cited.order))) {
    if (!hasRules(cited.order) || (cited.takesBack && kind === 'amendment')) throw notInForce(number);
    return cited;
  }
  const text = { hi: `आदेश ${number} नहीं मिला।`, en: `Order ${number} was not found.` };
  throw new Refusal('not_found', text, { reason: 'unknown_order' });
}

async function officesOf(ctx: Ctx, cited: OrderRow | undefined): Promise<OrderOffices> {
  const office = cited && (await officeById(ctx, cited.officeId));
  if (!office) throw notFound();
  return { officeId: office.officeId, enteredAt: chargeOver(ctx, office.path) };
}

/** The order of this number, where it may be written again or says the same; one of another office is taken. */
async function requireFree(ctx: Ctx, file: OrderFile): Promise<OrderRow | undefined> {
  const known = await orderByNumber(ctx.db.read, file.head.number);
  if (!known) return undefined;
  if (!(await mayActOn(ctx, known))) throw takenElsewhere(file.head.number);
  if (known.state !== 'draft' && known.digest !== file.digest) throw otherContent(file.head.number);
  return known;
}

function takenElsewhere(number: string): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `आदेश संख्या ${number} दूसरे कार्यालय की है। अपने आदेश की पूरी संख्या लिखें।`,
      en: `The number ${number} is another office’s. Write the whole number of your own order.`,
    },
    { reason: 'number_taken' },
  );
}

function draftThere(number: string): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `आदेश ${number} का प्रारूप पहले से है। आदेशों की सूची से उसे खोलकर बदलें, या दूसरी संख्या लिखें।`,
      en: `There is a draft of order ${number} already. Open it from the list of orders to change it, or write another number.`,
    },
    { reason: 'draft_exists' },
  );
}

function changedMeanwhile(number: string): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `आदेश ${number} का प्रारूप इस बीच किसी और ने बदल दिया है। उसे फिर से खोलकर बदलें।`,
      en: `Somebody else has changed the draft of order ${number} meanwhile. Open it again to change it.`,
    },
    { reason: 'changed_meanwhile' },
  );
}

function otherContent(number: string): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `आदेश ${number} पहले से है और उसमें कुछ और लिखा है। बदलाव नए आदेश से करें, जो इसका उल्लेख करे।`,
      en: `Order ${number} is there already and says something else. Change it by a new order that cites it.`,
    },
    { reason: 'number_taken' },
  );
}

async function requireKnown(ctx: Ctx, rules: Rules): Promise<void> {
  const leaves = leavesOf(rules.condition);
  const placed = placedLeaves(rules.condition);
  const missing = await unknownCodes(ctx.db.read, {
    offices: rules.scope.offices,
    courses: leaves.flatMap((leaf) => leaf.courses?.of ?? leaf.share?.of ?? []),
    assessments: leaves.flatMap((leaf) => (leaf.passed ? [leaf.passed.assessment] : [])),
  });
  const faults = [
    ...missing.offices.map((code) => unknown('scope.offices', { hi: 'कार्यालय', en: 'office', code })),
    ...missing.courses.map((code) => unknown(pathNaming(placed, code), { hi: 'कोर्स', en: 'course', code })),
    ...missing.assessments.map((code) =>
      unknown(pathNaming(placed, code), { hi: 'परीक्षा', en: 'assessment', code }),
    ),
  ];
  if (faults.length === 0) return;
  throw invalid(faults, {
    hi: faults.map((fault) => fault.text.hi).join('\n'),
    en: faults.map((fault) => fault.text.en).join('\n'),
  });
}

/** Where the order's conditions name this code. */
function pathNaming(placed: ReturnType<typeof placedLeaves>, code: string): string {
  for (const { leaf, path } of placed) {
    if (leaf.courses?.of?.includes(code)) return `${path}.courses.of`;
    if (leaf.share?.of.includes(code)) return `${path}.share.of`;
    if (leaf.passed?.assessment === code) return `${path}.passed.assessment`;
  }
  return 'condition';
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
