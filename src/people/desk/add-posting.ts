import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { designationIdOf, type OfficeRow } from '../../organisations/index.ts';
import { tellDeskEvent } from '../hooks.ts';
import { requireManagedPerson } from './policy.ts';
import { wrongField } from './refusals.ts';
import type { NewPostingInput } from './schema.ts';
import { type PersonRecord, type PostingRecord, personRecord } from './stores/person-record.ts';
import { choosePrimary, followFirstPosting, insertPosting } from './stores/posting-writes.ts';
import { changeFactsAt, targetOffice } from './target-office.ts';

export type PostingAddition = NewPostingInput & { personId: string };

/**
 * A further posting beside those that stand: additional charge, deputation, attachment. While a deputation
 * or attachment runs, the lending office's posting does not count; it need not be ended.
 */
export async function addPosting(ctx: Ctx, input: PostingAddition): Promise<{ postingId: string }> {
  await requireManagedPerson(ctx, input.personId);
  if (input.endsOn && input.endsOn < input.startsOn) throw endBeforeStart();
  const office = await targetOffice(ctx, input.officeCode, input.startsOn);
  return ctx.db.transaction((tx) =>
    changeFactsAt(tx, { ...input, office }, async () => {
      const person = await personRecord(tx, input.personId);
      if (!person) throw notFound();
      requireNoOverlap(person, office, input);
      const postingId = await write(tx, { input, office, person });
      await followFirstPosting(tx, input.personId);
      await choosePrimary(tx, input.personId);
      await record(tx, ctx, { input, office, postingId });
      return { postingId };
    }),
  );
}

export function endBeforeStart() {
  return wrongField('endsOn', 'end_before_start', {
    hi: 'अंतिम दिन पहले दिन से पहले नहीं हो सकता।',
    en: 'The last day cannot be before the first.',
  });
}

type Span = { startsOn: string; endsOn?: string | null };

export function overlaps(a: Span, b: Span): boolean {
  return a.startsOn <= (b.endsOn ?? '9999-12-31') && b.startsOn <= (a.endsOn ?? '9999-12-31');
}

function requireNoOverlap(person: PersonRecord, office: OfficeRow, input: PostingAddition): void {
  const same = person.postings.find(
    (posting) => posting.officeId === office.officeId && overlaps(posting, input),
  );
  if (same) throw postedThen(same);
}

export function postedThen(same: PostingRecord): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `इस अवधि में कार्मिक ${formatDay(same.startsOn, 'hi')} से इसी कार्यालय में पदस्थ हैं।`,
      en: `The person is posted at this office in that time, from ${formatDay(same.startsOn, 'en')}.`,
    },
    { reason: 'posting_overlaps' },
  );
}

type Parts = { input: PostingAddition; office: OfficeRow };

async function write(tx: Tx, { input, office, person }: Parts & { person: PersonRecord }): Promise<string> {
  const postingId = newId();
  const main = person.postings.find((posting) => posting.isPrimary) ?? person.postings[0];
  await insertPosting(tx, {
    personId: input.personId,
    postingId,
    officeId: office.officeId,
    designationId: input.designation
      ? await designationIdOf(tx, input.designation)
      : (main?.designationId ?? null),
    cadreId: main?.cadreId ?? null,
    serviceGroup: input.serviceGroup ?? main?.serviceGroup ?? null,
    engagement: input.engagement ?? main?.engagement ?? null,
    kind: input.kind,
    isPrimary: !person.postings.some((posting) => posting.isPrimary && overlaps(posting, input)),
    startsOn: input.startsOn,
    endsOn: input.endsOn ?? null,
  });
  return postingId;
}

async function record(tx: Tx, ctx: Ctx, parts: Parts & { postingId: string }): Promise<void> {
  const { input, office, postingId } = parts;
  await audit(tx, ctx, {
    action: 'posting.added',
    subjectKind: 'posting',
    subjectId: postingId,
    personId: input.personId,
    officeId: office.officeId,
    detail: { office: office.code, kind: input.kind, startsOn: input.startsOn, endsOn: input.endsOn ?? null },
  });
  await tellDeskEvent(tx, ctx, {
    kind: 'posting_opened',
    personId: input.personId,
    officeId: office.officeId,
    startsOn: input.startsOn,
  });
}
