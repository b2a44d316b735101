import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { deskOfPerson } from '../../people/index.ts';
import { pagePathOf } from './page-path.ts';
import type { Question } from './schema.ts';
import { insertMessage, insertRequest, lockRequest, messagesSince, writeState } from './store.ts';

const mostAnHour = 10;

/** A question with the page it was asked on, to the nearest nodal officer up the tree. */
export async function askHelp(ctx: Ctx, input: Question): Promise<{ helpRequestId: string }> {
  const personId = requirePerson(ctx);
  const { office, nodalOfficeId } = await deskOfPerson(ctx, personId);
  const helpRequestId = newId();
  const page = pagePathOf(input.from);
  await ctx.db.transaction(async (tx) => {
    await requireFewMessages(tx, ctx, personId);
    await insertRequest(tx, {
      personId,
      helpRequestId,
      officeId: office?.officeId ?? null,
      deskOfficeId: nodalOfficeId,
      pagePath: page.path,
      courseCode: input.course ?? page.courseCode,
      language: ctx.language,
      now: ctx.clock.now(),
    });
    await writeOwn(tx, ctx, { personId, helpRequestId, text: input.text });
    await audit(tx, ctx, {
      action: 'help.asked',
      subjectKind: 'help_request',
      subjectId: helpRequestId,
      personId,
      officeId: office?.officeId,
      detail: { page: page.path },
    });
  });
  return { helpRequestId };
}

/** More about a question of one's own; it goes back to the desk, also when it had been closed. */
export async function addToHelp(ctx: Ctx, input: { helpRequestId: string; text: string }): Promise<void> {
  const personId = requirePerson(ctx);
  const key = { personId, helpRequestId: input.helpRequestId };
  await ctx.db.transaction(async (tx) => {
    const request = await lockRequest(tx, key);
    if (!request) throw notFound();
    await requireFewMessages(tx, ctx, personId);
    await writeOwn(tx, ctx, { ...key, text: input.text });
    await writeState(tx, { ...key, state: 'open', now: ctx.clock.now() });
    await audit(tx, ctx, {
      action: request.state === 'closed' ? 'help.reopened' : 'help.added',
      subjectKind: 'help_request',
      subjectId: input.helpRequestId,
      personId,
    });
  });
}

async function requireFewMessages(tx: Tx, ctx: Ctx, personId: string): Promise<void> {
  const since = new Date(ctx.clock.now().getTime() - 3_600_000);
  if ((await messagesSince(tx, { personId, since })) < mostAnHour) return;
  throw new Refusal(
    'too_many',
    {
      hi: 'एक घंटे में दस से अधिक संदेश नहीं भेजे जा सकते। कुछ देर बाद लिखें।',
      en: 'No more than ten messages an hour. Write again in a while.',
    },
    { reason: 'too_many_messages' },
  );
}

type Own = { personId: string; helpRequestId: string; text: string };

async function writeOwn(tx: Tx, ctx: Ctx, { personId, helpRequestId, text }: Own): Promise<void> {
  await insertMessage(tx, {
    personId,
    helpMessageId: newId(),
    helpRequestId,
    authorPersonId: personId,
    isFromDesk: false,
    text,
    now: ctx.clock.now(),
  });
}
