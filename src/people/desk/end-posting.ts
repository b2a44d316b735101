import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { mayManagePosting, requireManagedPerson } from './policy.ts';
import { wrongField } from './refusals.ts';
import type { PostingEndInput } from './schema.ts';
import { type PersonRecord, type PostingRecord, personRecord } from './stores/person-record.ts';
import { choosePrimary, voidPosting, writePostingEnd } from './stores/posting-writes.ts';

export type PostingEnd = PostingEndInput & { personId: string; postingId: string };

/**
 * Ends a posting on its last day. Retirement and death end every posting of the person that is open then,
 * and one that was to begin later never begins. Roles that came with a posting end with it.
 */
export async function endPosting(ctx: Ctx, input: PostingEnd): Promise<{ ended: number }> {
  const seen = await requireManagedPerson(ctx, input.personId);
  requireOwnPosting(ctx, seen, input.postingId);
  return ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [input.personId] }, async () => {
      const person = await personRecord(tx, input.personId);
      if (!person) throw notFound();
      const posting = requireOwnPosting(ctx, person, input.postingId);
      requireOpen(posting, input.endsOn);
      const ending = leavesService(input) ? openAfter(person, input.endsOn) : [posting];
      for (const one of ending) await endOne(tx, ctx, { ...input, posting: one });
      await choosePrimary(tx, person.personId);
      return { ended: ending.length };
    }),
  );
}

/**
 * What a death ends, in the transaction of whoever records it: every posting that is open on its day, as at the desk.
 * Nothing where none of them is the actor's to end; returns how many.
 */
export async function endPostingsAtDeath(
  tx: Tx,
  ctx: Ctx,
  { personId, endsOn }: { personId: string; endsOn: string },
): Promise<number> {
  const person = await personRecord(tx, personId);
  const ending = person ? openAfter(person, endsOn) : [];
  if (!ending.some((posting) => mayManagePosting(ctx, posting))) return 0;
  for (const posting of ending)
    await endOne(tx, ctx, { personId, postingId: posting.postingId, endsOn, endReason: 'died', posting });
  await choosePrimary(tx, personId);
  return ending.length;
}

export function requireOwnPosting(ctx: Ctx, person: PersonRecord, postingId: string): PostingRecord {
  const posting = person.postings.find((candidate) => candidate.postingId === postingId);
  if (!posting || !mayManagePosting(ctx, posting)) throw notFound();
  return posting;
}

function leavesService(input: PostingEnd): boolean {
  return input.endReason === 'retired' || input.endReason === 'died';
}

function requireOpen(posting: PostingRecord, endsOn: string): void {
  if (posting.endsOn !== null && posting.endsOn <= endsOn)
    throw new Refusal(
      'conflict',
      {
        hi: `यह पदस्थापन ${formatDay(posting.endsOn, 'hi')} को समाप्त है; तिथि बदलने के लिए "तिथि सुधारें" चुनें।`,
        en: `This posting ends on ${formatDay(posting.endsOn, 'en')} already; to change the day choose "Correct".`,
      },
      { reason: 'already_ended' },
    );
  if (endsOn < posting.startsOn)
    throw wrongField('endsOn', 'before_posting', {
      hi: `पदस्थापन ${formatDay(posting.startsOn, 'hi')} से है; अंतिम दिन उससे पहले नहीं हो सकता।`,
      en: `The posting began on ${formatDay(posting.startsOn, 'en')}; its last day cannot be earlier.`,
    });
}

function openAfter(person: PersonRecord, endsOn: string): PostingRecord[] {
  return person.postings.filter((posting) => posting.endsOn === null || posting.endsOn > endsOn);
}

type One = PostingEnd & { posting: PostingRecord };

async function endOne(tx: Tx, ctx: Ctx, input: One): Promise<void> {
  const key = { personId: input.personId, postingId: input.posting.postingId };
  const neverBegins = input.posting.startsOn > input.endsOn;
  if (neverBegins) await voidPosting(tx, { ...key, now: ctx.clock.now(), reason: input.endReason });
  else await writePostingEnd(tx, { ...key, endsOn: input.endsOn, endReason: input.endReason });
  await audit(tx, ctx, {
    action: neverBegins ? 'posting.voided' : 'posting.ended',
    subjectKind: 'posting',
    subjectId: input.posting.postingId,
    personId: input.personId,
    officeId: input.posting.officeId,
    detail: { endsOn: input.endsOn, reason: input.endReason, before: input.posting.endsOn },
  });
}
