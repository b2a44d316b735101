import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { designationIdOf } from '../../organisations/index.ts';
import { endBeforeStart, overlaps, postedThen } from './add-posting.ts';
import { requireOwnPosting } from './end-posting.ts';
import { requireManagedPerson } from './policy.ts';
import type { PostingCorrectionInput } from './schema.ts';
import { type PostingRecord, personRecord } from './stores/person-record.ts';
import {
  choosePrimary,
  followFirstPosting,
  type PostingChange,
  writePosting,
} from './stores/posting-writes.ts';

export type PostingCorrection = PostingCorrectionInput & { personId: string; postingId: string };

/** Mends what was entered wrongly: days, designation, group, engagement. What was there stays in the audit. */
export async function correctPosting(ctx: Ctx, input: PostingCorrection): Promise<void> {
  const seen = await requireManagedPerson(ctx, input.personId);
  requireOwnPosting(ctx, seen, input.postingId);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [input.personId] }, async () => {
      const person = await personRecord(tx, input.personId);
      if (!person) throw notFound();
      const before = requireOwnPosting(ctx, person, input.postingId);
      const change = await changeOf(tx, input, before);
      if (change.endsOn && change.endsOn < change.startsOn) throw endBeforeStart();
      const same = person.postings.find(
        (other) =>
          other.postingId !== before.postingId &&
          other.officeId === before.officeId &&
          overlaps(other, change),
      );
      if (same) throw postedThen(same);
      await writePosting(tx, change);
      await followFirstPosting(tx, input.personId);
      await choosePrimary(tx, input.personId);
      await record(tx, ctx, { input, before });
    }),
  );
}

/** An end that is kept keeps its reason; one that is new is a correction, and one taken away has none. */
async function changeOf(tx: Tx, input: PostingCorrection, before: PostingRecord): Promise<PostingChange> {
  const endsOn = input.endsOn === undefined ? before.endsOn : input.endsOn;
  return {
    personId: input.personId,
    postingId: input.postingId,
    startsOn: input.startsOn,
    endsOn,
    endReason: endsOn === null ? null : (before.endReason ?? 'other'),
    designationId: input.designation ? await designationIdOf(tx, input.designation) : before.designationId,
    serviceGroup: input.serviceGroup ?? before.serviceGroup,
    engagement: input.engagement ?? before.engagement,
  };
}

type Correction = { input: PostingCorrection; before: PostingRecord };

async function record(tx: Tx, ctx: Ctx, { input, before }: Correction): Promise<void> {
  await audit(tx, ctx, {
    action: 'posting.corrected',
    subjectKind: 'posting',
    subjectId: input.postingId,
    personId: input.personId,
    officeId: before.officeId,
    detail: {
      before: {
        startsOn: before.startsOn,
        endsOn: before.endsOn,
        designation: before.designation,
        serviceGroup: before.serviceGroup,
        engagement: before.engagement,
      },
      after: {
        startsOn: input.startsOn,
        endsOn: input.endsOn === undefined ? before.endsOn : input.endsOn,
        designation: input.designation ?? before.designation,
        serviceGroup: input.serviceGroup ?? before.serviceGroup,
        engagement: input.engagement ?? before.engagement,
      },
      reason: input.reason,
    },
  });
}
