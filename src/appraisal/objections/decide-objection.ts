import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson, requireRole } from '../../kernel/context.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { isOver, rolesIssuing } from '../policy.ts';
import { correctStatement } from '../statements/correct-statements.ts';
import { endObjection, lockedObjection, type Objection, objectionById } from '../stores/objections.ts';
import {
  lockedStatement,
  lockFreezes,
  type Statement,
  setDisputed,
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
  requireRole(ctx, rolesIssuing);
  const decidedBy = requirePerson(ctx);
  return ctx.db.longTransaction(async (tx) => {
    const at = await lockFreezes(tx);
    // The statement first, as whoever raises or withdraws does.
    const statementNo = (await objectionById(tx, input.objectionId))?.statementNo;
    const statement = statementNo && (await lockedStatement(tx, statementNo));
    const objection = statement && (await lockedObjection(tx, input.objectionId));
    if (!objection || !(await isOver(ctx, statement, rolesIssuing))) throw notFound();
    refuseOwn(decidedBy, { objection, statement });
    if (objection.state !== 'open') throw alreadyDecided();
    const { personId, statementId } = statement;
    const correction = { reason: input.reason, orderNumber: input.orderNumber ?? null };
    const correctedNo =
      input.verdict === 'rejected'
        ? undefined
        : await correctStatement(tx, ctx, { old: statement, at, correction });
    if (input.verdict !== 'rejected' && !correctedNo) throw nothingChanged();
    if (input.verdict === 'rejected') await setDisputed(tx, statement, false);
    await tellEvent(tx, {
      personId,
      statementId,
      kind: input.verdict === 'rejected' ? 'rejected' : 'upheld',
    });
    await endObjection(tx, {
      personId,
      objectionId: objection.objectionId,
      state: input.verdict,
      decision: input.reason,
      by: decidedBy,
      at: ctx.clock.now(),
      correctedNo,
    });
    await audit(tx, ctx, {
      action: actions[input.verdict],
      subjectKind: 'objection',
      subjectId: objection.objectionId,
      personId,
      detail: { number: statement.statementNo, correctedNo },
    });
    return { correctedNo: correctedNo ?? null };
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
    hi: 'अभिलेखों में अभी कुछ नहीं बदला है, इसलिए नया विवरण वही होगा। पहले अभिलेख सुधारें (पदस्थापन, कोर्स या नाम), फिर निर्णय दर्ज करें।',
    en: 'Nothing has changed in the records, so a new statement would say the same. Correct the record first (posting, course or name), then decide.',
  };
  return new Refusal('conflict', text, { reason: 'nothing_changed' });
}
