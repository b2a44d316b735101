import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { addJob } from '../../kernel/jobs.ts';
import { requireHelpable } from './policy.ts';
import { seal } from './sealing.ts';
import { changeMobileOf, removeContactOf, signInPersons } from './stores/persons.ts';
import {
  contactOfRequest,
  decideDispute,
  decideRequest,
  personOfRequest,
  type RequestContact,
} from './stores/requests.ts';
import { endSessionsOf } from './stores/sessions.ts';

/** The nodal officer has checked the person: the new number counts, and both numbers are told. */
export async function approveRequest(ctx: Ctx, id: string): Promise<void> {
  const personId = await requireRequest(ctx, id);
  const [person] = await signInPersons(ctx, [personId]);
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const by = personIdOf(ctx.actor) ?? null;
    const decided = await decideRequest(tx, { id, decision: 'approved', by, now });
    if (!decided) throw notFound();
    await changeMobileOf(tx, { personId, mobile: decided.newMobile, now });
    await endSessionsOf(tx, { personId }, { now, reason: 'reset' });
    const numbers = [decided.newMobile, person?.mobile].filter((one) => one !== undefined && one !== null);
    for (const to of new Set(numbers)) {
      const told = { to, isNew: to === decided.newMobile, language: person?.language ?? 'hi' };
      await addJob(tx, 'sign-in-number-changed', {
        sealed: seal(JSON.stringify(told), 'number-changed').toString('base64'),
      });
    }
    const subject = { subjectKind: 'sign_in_request', subjectId: id, personId };
    await audit(tx, ctx, { action: 'sign_in_request.approved', ...subject });
  });
}

export async function refuseRequest(ctx: Ctx, id: string, note: string): Promise<void> {
  const personId = await requireRequest(ctx, id);
  await ctx.db.transaction(async (tx) => {
    const by = personIdOf(ctx.actor) ?? null;
    const decided = await decideRequest(tx, { id, decision: 'refused', by, note, now: ctx.clock.now() });
    if (!decided) throw notFound();
    const subject = { subjectKind: 'sign_in_request', subjectId: id, personId };
    await audit(tx, ctx, { action: 'sign_in_request.refused', ...subject, detail: { note } });
  });
}

/** "This is not me", decided: the number stays with the person, or is taken off the record. */
export async function settleDispute(
  ctx: Ctx,
  input: { id: string; decision: 'kept' | 'removed' },
): Promise<void> {
  const personId = await requireRequest(ctx, input.id);
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const decided = await decideDispute(tx, { ...input, by: personIdOf(ctx.actor) ?? null, now });
    if (!decided) throw notFound();
    if (input.decision === 'removed') await removeContactOf(tx, { ...decided, now });
    const subject = { subjectKind: 'contact_dispute', subjectId: input.id, personId };
    await audit(tx, ctx, { action: `contact_dispute.${input.decision}`, ...subject });
  });
}

/** The whole numbers of a request or a dispute, for an officer who must call; who looked is written down. */
export async function revealRequestContact(ctx: Ctx, id: string): Promise<RequestContact> {
  const personId = await requireRequest(ctx, id);
  return ctx.db.transaction(async (tx) => {
    const found = await contactOfRequest(tx, id);
    if (!found) throw notFound();
    await audit(tx, ctx, {
      action: 'sign_in_request.contact_revealed',
      subjectKind: found.subjectKind,
      subjectId: id,
      personId,
    });
    return found.contact;
  });
}

async function requireRequest(ctx: Ctx, id: string): Promise<string> {
  const personId = await personOfRequest(ctx, id);
  if (!personId) throw notFound();
  await requireHelpable(ctx, personId);
  return personId;
}
