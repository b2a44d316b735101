import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requirePerson } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isOver, isOwn, rolesHelping } from '../policy.ts';
import { readStatementNumber } from '../statements/number.ts';
import { endObjection, insertObjection, objectionsOfStatement } from '../stores/objections.ts';
import { lockedStatement, type Statement, setDisputed, tellEvent } from '../stores/statements.ts';

export type ObjectionInput = {
  number: string;
  /** What is wrong, in the person's own words. */
  body: string;
  /** The items it is about, by code or certificate number; none: the statement as a whole. */
  items?: string[];
};

/**
 * The person objects, or an officer of the office does it for a person who asks for help; who it was is recorded.
 * From then on the statement goes out marked as disputed.
 */
export async function raiseObjection(ctx: Ctx, input: ObjectionInput): Promise<string> {
  const raisedBy = requirePerson(ctx);
  const objectionId = newId();
  await ctx.db.transaction(async (tx) => {
    const statement = await lockedStatement(tx, readStatementNumber(input.number) ?? '');
    if (!statement) throw notFound();
    const isByHelper = !isOwn(ctx, statement);
    if (isByHelper && !(await isOver(ctx, statement, rolesHelping))) throw notFound();
    refuseUnlessOpen(statement, todayInIndia(ctx.clock));
    await refuseAgain(tx, statement, raisedBy);
    const { personId, statementId } = statement;
    const isNew = await insertObjection(tx, {
      personId,
      objectionId,
      statementId,
      items: input.items ?? [],
      body: input.body,
      raisedBy,
      isByHelper,
      raisedAt: ctx.clock.now(),
    });
    if (!isNew) throw alreadyOpen();
    await setDisputed(tx, statement, true);
    await tellEvent(tx, { personId, statementId, kind: 'disputed' });
    const detail = { number: statement.statementNo, isByHelper };
    await audit(tx, ctx, {
      action: 'objection.raised',
      subjectKind: 'objection',
      subjectId: objectionId,
      personId,
      detail,
    });
  });
  return objectionId;
}

/** The person himself takes it back. */
export async function withdrawObjection(ctx: Ctx, number: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const statement = await lockedStatement(tx, readStatementNumber(number) ?? '');
    if (!statement || !isOwn(ctx, statement)) throw notFound();
    const { personId, statementId } = statement;
    const open = (await objectionsOfStatement(tx, statement.statementNo)).find(
      ({ state }) => state === 'open',
    );
    if (!open) throw notFound();
    const { objectionId } = open;
    const ending = { personId, objectionId, decision: null, by: personIdOf(ctx.actor), at: ctx.clock.now() };
    await endObjection(tx, { ...ending, state: 'withdrawn' });
    await setDisputed(tx, statement, false);
    await tellEvent(tx, { personId, statementId, kind: 'withdrawn' });
    await audit(tx, ctx, {
      action: 'objection.withdrawn',
      subjectKind: 'objection',
      subjectId: objectionId,
      personId,
    });
  });
}

function refuseUnlessOpen(statement: Statement, today: string): void {
  if (statement.replacedByNo) {
    const text = {
      hi: `इस विवरण की जगह ${statement.replacedByNo} जारी हो चुका है। आपत्ति उसी पर करें।`,
      en: `This statement was replaced by ${statement.replacedByNo}. Object to that one.`,
    };
    throw new Refusal('conflict', text, { reason: 'statement_replaced' });
  }
  if (statement.objectionUntil !== null && today > statement.objectionUntil) {
    const text = {
      hi: `आपत्ति की अवधि ${statement.objectionUntil} को समाप्त हो गई।`,
      en: `The time for objections ended on ${statement.objectionUntil}.`,
    };
    throw new Refusal('conflict', text, { reason: 'objection_time_over' });
  }
}

/** A reasoned decision is not asked for again by whoever was given it; what a helper raised binds the helper alone. */
async function refuseAgain(tx: Tx, { statementNo }: Statement, raisedBy: string): Promise<void> {
  const before = await objectionsOfStatement(tx, statementNo);
  if (!before.some((one) => one.state === 'rejected' && one.raisedBy === raisedBy)) return;
  const text = {
    hi: 'आपकी आपत्ति पर कारण सहित निर्णय हो चुका है। उसी विवरण पर दूसरी आपत्ति नहीं होती; आगे की बात अपने नियंत्रक अधिकारी से लिखित में करें।',
    en: 'Your objection has been decided with reasons. There is no second one to the same statement; write to your controlling officer.',
  };
  throw new Refusal('conflict', text, { reason: 'objection_rejected' });
}

function alreadyOpen(): Refusal {
  const text = {
    hi: 'इस विवरण पर एक आपत्ति पहले से विचाराधीन है।',
    en: 'An objection to this statement already waits for its decision.',
  };
  return new Refusal('conflict', text, { reason: 'objection_open' });
}
