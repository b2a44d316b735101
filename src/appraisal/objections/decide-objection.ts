import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson, requireRole } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { contentOf } from '../answers.ts';
import { isOver, rolesIssuing } from '../policy.ts';
import type { StatementContent } from '../statements/content.ts';
import { correctStatement } from '../statements/correct-statements.ts';
import {
  endObjection,
  lockedObjection,
  type Objection,
  objectionById,
  objectionsOfStatement,
} from '../stores/objections.ts';
import {
  lockedStatement,
  lockFreezes,
  type Statement,
  setDisputed,
  statementByNumber,
  tellEvent,
} from '../stores/statements.ts';

export const verdicts = ['upheld', 'partly', 'rejected'] as const;
export type Verdict = (typeof verdicts)[number];
export type DecisionInput = { objectionId: string; verdict: Verdict; reason: string; orderNumber?: string };

const actions = {
  upheld: 'objection.upheld',
  partly: 'objection.partly',
  rejected: 'objection.rejected',
} as const;

/**
 * Decides an objection with a reason. Upheld, also in part: the statement is made anew from the records, which must
 * have been corrected before, and cites the one it replaces. Nobody decides his own, nor one that he raised for another.
 */
export async function decideObjection(
  ctx: Ctx,
  input: DecisionInput,
): Promise<{ correctedNo: string | null }> {
  const decidedBy = mayDecide(ctx);
  return ctx.db.longTransaction((tx) => decide(tx, ctx, { input, decidedBy }));
}

export type DecisionPreview = { before: StatementContent; after: StatementContent };

/** The statement as it stands and as a decision would make it, before it is made: by deciding, and taking it back. */
export async function previewDecision(ctx: Ctx, input: DecisionInput): Promise<DecisionPreview> {
  const decidedBy = mayDecide(ctx);
  const takenBack = new Error('tried out');
  let made: DecisionPreview | undefined;
  const trying = ctx.db.longTransaction(async (tx) => {
    const objection = await objectionById(tx, input.objectionId);
    const { correctedNo } = await decide(tx, ctx, { input, decidedBy });
    const before = await statementByNumber(tx, objection?.statementNo ?? '');
    const after = await statementByNumber(tx, correctedNo ?? '');
    if (before && after) made = { before: contentOf(before), after: contentOf(after) };
    throw takenBack;
  });
  await trying.catch((error: unknown) => {
    if (error !== takenBack) throw error;
  });
  if (!made) throw notFound();
  return made;
}

function mayDecide(ctx: Ctx): string {
  requireRole(ctx, rolesIssuing);
  return requirePerson(ctx);
}

async function decide(tx: Tx, ctx: Ctx, deciding: Deciding): Promise<{ correctedNo: string | null }> {
  const { input, decidedBy } = deciding;
  const at = await lockFreezes(tx);
  // The statement first, as whoever raises or withdraws does.
  const statementNo = (await objectionById(tx, input.objectionId))?.statementNo;
  const statement = statementNo && (await lockedStatement(tx, statementNo));
  const objection = statement && (await lockedObjection(tx, input.objectionId));
  if (!objection || !(await isOver(ctx, statement, rolesIssuing))) throw notFound();
  refuseOwn(decidedBy, { objection, statement });
  if (objection.state !== 'open') throw alreadyDecided();
  if (input.verdict === 'rejected') {
    await setDisputed(tx, statement, false);
    await end(tx, ctx, { ...deciding, objection });
    return { correctedNo: null };
  }
  const correction = { reason: input.reason, orderNumber: input.orderNumber ?? null };
  const corrected = await correctStatement(tx, ctx, { old: statement, at, correction });
  if (!corrected) throw nothingChanged();
  const correctedNo = corrected.statementNo;
  await end(tx, ctx, { ...deciding, objection, correctedNo });
  for (const other of corrected.replaced)
    if (other.statementNo !== statement.statementNo)
      await endBeside(tx, ctx, { ...deciding, other, correctedNo });
  return { correctedNo };
}

type Deciding = { input: DecisionInput; decidedBy: string };

/**
 * Two records of one person were made one: with the statement that takes the place of both, both objections end. The
 * other's too where another office has charge of it: two desks would wait for each other for ever, and whoever is still
 * not content objects to the new statement.
 */
async function endBeside(
  tx: Tx,
  ctx: Ctx,
  { other, correctedNo, ...deciding }: Deciding & { other: Statement; correctedNo: string },
): Promise<void> {
  const open = (await objectionsOfStatement(tx, other.statementNo)).find(({ state }) => state === 'open');
  if (!open) return;
  refuseOwn(deciding.decidedBy, { objection: open, statement: other });
  await end(tx, ctx, { ...deciding, objection: open, correctedNo });
}

type Ending = Deciding & { objection: Objection; correctedNo?: string };

async function end(tx: Tx, ctx: Ctx, { objection, input, decidedBy, correctedNo }: Ending): Promise<void> {
  const { personId, statementId, objectionId, statementNo } = objection;
  const { verdict, reason, orderNumber } = input;
  await tellEvent(tx, { personId, statementId, kind: verdict === 'rejected' ? 'rejected' : 'upheld' });
  await endObjection(tx, {
    ...{ personId, objectionId, state: verdict, decision: reason, by: decidedBy, at: ctx.clock.now() },
    ...{ correctedNo, orderNumber },
  });
  await audit(tx, ctx, {
    ...{ action: actions[verdict], subjectKind: 'objection', subjectId: objectionId, personId },
    detail: { number: statementNo, correctedNo },
  });
}

function refuseOwn(
  decidedBy: string,
  { objection, statement }: { objection: Objection; statement: Statement },
): void {
  if (![statement.holderId, objection.personId, objection.raisedBy].includes(decidedBy)) return;
  const text = {
    hi: 'अपनी, या किसी के लिए स्वयं दर्ज की गई आपत्ति पर आप निर्णय नहीं कर सकते। यह किसी और अधिकारी को करने दें।',
    en: 'Nobody decides his own objection, or one that he raised for another. Leave it to another officer.',
  };
  throw new Refusal('forbidden', text, { reason: 'own_objection' });
}

function alreadyDecided(): Refusal {
  const text = { hi: 'इस आपत्ति पर निर्णय हो चुका है।', en: 'This objection has been decided.' };
  return new Refusal('conflict', text, { reason: 'objection_decided' });
}

function nothingChanged(): Refusal {
  const text = {
    hi: 'अभिलेखों में अभी कुछ नहीं बदला है, इसलिए नया विवरण वही होगा। पहले अभिलेख सुधारें (पदस्थापन, कोर्स या नाम), फिर निर्णय दर्ज करें। यदि बाद के आदेश ने यहाँ के किसी आदेश को बदला है, तो निर्णय में उसकी संख्या लिखें।',
    en: 'Nothing has changed in the records, so a new statement would say the same. Correct the record first (posting, course or name), then decide. Where a later order has changed one of the orders here, decide by its number.',
  };
  return new Refusal('conflict', text, { reason: 'nothing_changed' });
}
