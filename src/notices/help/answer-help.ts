import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { forbidden, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { requireDeskRequest } from './policy.ts';
import { type HelpKey, type HelpRequest, insertMessage, lockRequest, writeState } from './store.ts';

/** The desk's answer; the person sees it on the home page until it was looked at. */
export async function answerHelp(ctx: Ctx, input: HelpKey & { text: string }): Promise<void> {
  await requireDeskRequest(ctx, input);
  const authorPersonId = personIdOf(ctx.actor);
  if (!authorPersonId) throw forbidden();
  await change(ctx, input, async (tx) => {
    await insertMessage(tx, {
      personId: input.personId,
      helpRequestId: input.helpRequestId,
      helpMessageId: newId(),
      authorPersonId,
      isFromDesk: true,
      text: input.text,
      now: ctx.clock.now(),
    });
    return { state: 'answered', action: 'help.answered' };
  });
}

/** Done with; what was written stays, and the person may still write on. */
export async function closeHelp(ctx: Ctx, key: HelpKey): Promise<void> {
  await requireDeskRequest(ctx, key);
  await change(ctx, key, async (_tx, request) => {
    if (request.state === 'closed')
      throw unchanged('already_closed', 'यह अनुरोध बंद हो चुका है।', 'This request is closed already.');
    return { state: 'closed', action: 'help.closed' };
  });
}

export async function reopenHelp(ctx: Ctx, key: HelpKey): Promise<void> {
  await requireDeskRequest(ctx, key);
  await change(ctx, key, async (_tx, request) => {
    if (request.state !== 'closed')
      throw unchanged('not_closed', 'यह अनुरोध खुला ही है।', 'This request is open.');
    return { state: 'open', action: 'help.reopened' };
  });
}

type Change = { state: 'open' | 'answered' | 'closed'; action: string };

async function change(
  ctx: Ctx,
  key: HelpKey,
  work: (tx: Tx, request: HelpRequest) => Promise<Change>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const request = await lockRequest(tx, key);
    if (!request) throw notFound();
    const { state, action } = await work(tx, request);
    await writeState(tx, {
      personId: key.personId,
      helpRequestId: key.helpRequestId,
      state,
      now: ctx.clock.now(),
    });
    await audit(tx, ctx, {
      action,
      subjectKind: 'help_request',
      subjectId: key.helpRequestId,
      personId: key.personId,
      officeId: request.officeId ?? undefined,
    });
  });
}

function unchanged(reason: string, hi: string, en: string): Refusal {
  return new Refusal('conflict', { hi, en }, { reason });
}
