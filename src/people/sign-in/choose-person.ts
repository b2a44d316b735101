import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { digestOf, newId } from '../../kernel/ids.ts';
import { type FlowInput, proceed, type StepResult, wrongField } from './advance-flow.ts';
import { flowGone, flowState } from './flow.ts';
import { insertDispute } from './stores/disputes.ts';
import { choosePersonOf, excludePerson } from './stores/flows.ts';

/** "I am this one", among the people who share the number. */
export async function choosePerson(ctx: Ctx, input: FlowInput & { personId: string }): Promise<StepResult> {
  await flowState(ctx, input.flowSecret);
  const digest = digestOf(input.flowSecret ?? '');
  const isChosen = await ctx.db.transaction((tx) => choosePersonOf(tx, digest, input.personId));
  if (!isChosen) throw wrongField('personId', 'unknown_choice', chooseText);
  return proceed(ctx, input);
}

/**
 * "This is not me": the roster's number is wrong for that person. This flow forgets the person and the
 * nodal officer is told; nothing is taken from the roster by a stranger's word.
 */
export async function disputeContact(ctx: Ctx, input: FlowInput & { personId: string }): Promise<void> {
  const { flow } = await flowState(ctx, input.flowSecret);
  const { contactKind, contactValue } = flow;
  if (!contactKind || !contactValue) throw flowGone();
  const contact = { kind: contactKind, value: contactValue };
  const { personId } = input;
  await ctx.db.transaction(async (tx) => {
    const isOut = await excludePerson(tx, digestOf(input.flowSecret ?? ''), personId);
    if (!isOut) throw wrongField('personId', 'unknown_choice', chooseText);
    const disputeId = newId();
    await insertDispute(tx, { disputeId, personId, ...contact, now: ctx.clock.now() });
    const subject = { subjectKind: 'contact_dispute', subjectId: disputeId, personId };
    await audit(tx, ctx, { action: 'contact.disputed', ...subject, detail: { kind: contact.kind } });
  });
}

const chooseText = { hi: 'सूची में से अपना नाम चुनें।', en: 'Choose your name from the list.' };
