import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { addDays, formatDay, todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { designationIdOf, type OfficeRow } from '../../organisations/index.ts';
import { tellDeskEvent } from '../hooks.ts';
import { overlaps, postedThen } from './add-posting.ts';
import { mayManagePosting, requireManagedPerson, standingPostings } from './policy.ts';
import { wrongField } from './refusals.ts';
import type { MoveInput } from './schema.ts';
import { type PersonRecord, type PostingRecord, personRecord } from './stores/person-record.ts';
import { choosePrimary, insertPosting, writePostingEnd } from './stores/posting-writes.ts';
import { changeFactsAt, targetOffice } from './target-office.ts';

export type Move = MoveInput & { personId: string };

/**
 * A transfer: the posting that stands ends the day before, another begins. The target may be any office,
 * in one's own subtree or not; its nodal officers are told. A day to come is allowed, so that the order
 * can be entered when it is signed. Further charges stay.
 */
export async function movePerson(ctx: Ctx, input: Move): Promise<{ postingId: string }> {
  await requireManagedPerson(ctx, input.personId);
  const office = await targetOffice(ctx, input.officeCode, input.startsOn);
  return ctx.db.transaction((tx) =>
    changeFactsAt(tx, { ...input, office }, async () => {
      const person = await personRecord(tx, input.personId);
      if (!person) throw notFound();
      const leaving = postingToLeave(ctx, person, office);
      requireLaterDay(leaving, input.startsOn);
      requireNotThere(person, { leaving, office, startsOn: input.startsOn });
      await endBefore(tx, input, leaving);
      const postingId = await openPosting(tx, { input, leaving, office });
      await choosePrimary(tx, input.personId);
      await record(tx, ctx, { input, leaving, office, postingId });
      return { postingId };
    }),
  );
}

/**
 * The latest standing primary posting, if it is the actor's to end. Two officers who move one person come one
 * after the other, and the second meets the posting that the first has opened.
 */
function postingToLeave(ctx: Ctx, person: PersonRecord, office: OfficeRow): PostingRecord {
  const standing = standingPostings(person.postings, todayInIndia(ctx.clock));
  const regular = standing.find((posting) => posting.kind === 'regular');
  const leaving = standing.find((posting) => posting.isPrimary) ?? regular ?? standing[0];
  if (!leaving) throw notFound();
  if (!mayManagePosting(ctx, leaving)) throw postedElsewhere(leaving);
  if (leaving.officeId === office.officeId && isOpenAfter(leaving, todayInIndia(ctx.clock)))
    throw wrongField('officeCode', 'already_there', {
      hi: 'कार्मिक पहले से इसी कार्यालय में पदस्थ हैं।',
      en: 'The person is posted at this office already.',
    });
  return leaving;
}

function postedElsewhere(leaving: PostingRecord): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `मुख्य पदस्थापन ${formatDay(leaving.startsOn, 'hi')} से ${leaving.officeHi} में है; स्थानांतरण वहीं के नोडल अधिकारी करेंगे।`,
      en: `The main posting is at ${leaving.officeEn ?? leaving.officeHi} from ${formatDay(leaving.startsOn, 'en')}; its nodal officer makes the transfer.`,
    },
    { reason: 'posted_elsewhere' },
  );
}

function isOpenAfter(posting: PostingRecord, today: string): boolean {
  return posting.endsOn === null || posting.endsOn >= today;
}

/** A posting that had ended before stays as it was: the person comes back after a gap. */
async function endBefore(tx: Tx, input: Move, leaving: PostingRecord): Promise<void> {
  if (leaving.endsOn !== null && leaving.endsOn < input.startsOn) return;
  await writePostingEnd(tx, {
    personId: input.personId,
    postingId: leaving.postingId,
    endsOn: addDays(input.startsOn, -1),
    endReason: 'transferred',
  });
}

function requireLaterDay(leaving: PostingRecord, startsOn: string): void {
  if (startsOn > leaving.startsOn) return;
  throw wrongField('startsOn', 'before_posting', {
    hi: `वर्तमान पदस्थापन ${formatDay(leaving.startsOn, 'hi')} से है; नई तिथि उसके बाद की दें।`,
    en: `The present posting began on ${formatDay(leaving.startsOn, 'en')}; give a later day.`,
  });
}

/** A further charge at the target office would count there beside the new posting. */
function requireNotThere(
  person: PersonRecord,
  { leaving, office, startsOn }: { leaving: PostingRecord; office: OfficeRow; startsOn: string },
): void {
  const there = person.postings.find(
    (posting) =>
      posting.postingId !== leaving.postingId &&
      posting.officeId === office.officeId &&
      overlaps(posting, { startsOn }),
  );
  if (there) throw postedThen(there);
}

type Parts = { input: Move; leaving: PostingRecord; office: OfficeRow };

async function openPosting(tx: Tx, { input, leaving, office }: Parts): Promise<string> {
  const postingId = newId();
  await insertPosting(tx, {
    personId: input.personId,
    postingId,
    officeId: office.officeId,
    designationId: input.designation ? await designationIdOf(tx, input.designation) : leaving.designationId,
    cadreId: leaving.cadreId,
    serviceGroup: input.serviceGroup ?? leaving.serviceGroup,
    engagement: input.engagement ?? leaving.engagement,
    kind: leaving.kind,
    isPrimary: leaving.isPrimary,
    startsOn: input.startsOn,
    endsOn: null,
  });
  return postingId;
}

async function record(tx: Tx, ctx: Ctx, parts: Parts & { postingId: string }): Promise<void> {
  const { input, leaving, office, postingId } = parts;
  await audit(tx, ctx, {
    action: 'person.moved',
    subjectKind: 'posting',
    subjectId: postingId,
    personId: input.personId,
    officeId: office.officeId,
    detail: {
      from: leaving.officeCode,
      to: office.code,
      startsOn: input.startsOn,
      endedPostingId: leaving.postingId,
      endedBefore: leaving.endsOn,
      reason: input.reason,
    },
  });
  await tellDeskEvent(tx, ctx, {
    kind: 'posting_opened',
    personId: input.personId,
    officeId: office.officeId,
    startsOn: input.startsOn,
  });
}
