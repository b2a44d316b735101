import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { pagePathOf } from './page-path.ts';
import { rolesAnsweringVisitors } from './policy.ts';
import type { VisitorQuestion } from './schema.ts';
import { closeVisitor, insertVisitor, type VisitorRequest, visitorById, visitorRequests } from './store.ts';

/** A question of somebody who is not signed in, perhaps because that is the problem; for the operators. */
export async function askAsVisitor(ctx: Ctx, input: VisitorQuestion): Promise<void> {
  if (!input.code && !input.mobile) throw nowhereToAnswer();
  const visitorId = newId();
  await ctx.db.transaction(async (tx) => {
    await insertVisitor(tx, {
      visitorId,
      name: input.name,
      code: input.code ?? null,
      mobile: input.mobile ?? null,
      pagePath: pagePathOf(input.from).path,
      language: ctx.language,
      text: input.text,
      now: ctx.clock.now(),
    });
    await audit(tx, ctx, {
      action: 'help.visitor_asked',
      subjectKind: 'visitor_help_request',
      subjectId: visitorId,
    });
  });
}

function nowhereToAnswer(): Refusal {
  return invalid([
    {
      path: 'mobile',
      code: 'contact_needed',
      text: {
        hi: 'मोबाइल या कर्मचारी कोड लिखें, ताकि उत्तर दिया जा सके।',
        en: 'Write a mobile or an employee code, so that you can be answered.',
      },
    },
  ]);
}

export async function listVisitors(ctx: Ctx, state: 'open' | 'closed'): Promise<VisitorRequest[]> {
  requireRole(ctx, rolesAnsweringVisitors);
  return visitorRequests(ctx.db.read, state);
}

export async function requireVisitor(ctx: Ctx, visitorId: string): Promise<VisitorRequest> {
  requireRole(ctx, rolesAnsweringVisitors);
  const request = await visitorById(ctx.db.read, visitorId);
  if (!request) throw notFound();
  return request;
}

/** The whole mobile that a visitor left, to call back; who looked is written down with it. */
export async function revealVisitorContact(ctx: Ctx, visitorId: string): Promise<{ mobile: string | null }> {
  await requireVisitor(ctx, visitorId);
  return ctx.db.transaction(async (tx) => {
    const request = await visitorById(tx, visitorId);
    if (!request) throw notFound();
    await audit(tx, ctx, {
      action: 'help.visitor_contact_revealed',
      subjectKind: 'visitor_help_request',
      subjectId: visitorId,
    });
    return { mobile: request.mobile };
  });
}

/** Closed with a note of what was done: a visitor has no page to read an answer on, and is called. */
export async function closeVisitorHelp(ctx: Ctx, input: { visitorId: string; note: string }): Promise<void> {
  await requireVisitor(ctx, input.visitorId);
  await ctx.db.transaction(async (tx) => {
    const by = personIdOf(ctx.actor) ?? null;
    if (!(await closeVisitor(tx, { ...input, by, now: ctx.clock.now() })))
      throw new Refusal(
        'conflict',
        { hi: 'यह अनुरोध बंद हो चुका है।', en: 'This request is closed already.' },
        { reason: 'already_closed' },
      );
    await audit(tx, ctx, {
      action: 'help.visitor_closed',
      subjectKind: 'visitor_help_request',
      subjectId: input.visitorId,
    });
  });
}
