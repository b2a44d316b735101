import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { holdTree } from '../../organisations/index.ts';
import { type MergeEffect, type MergePair, moveMerged, previewMerge } from '../hooks.ts';
import { overlaps } from './add-posting.ts';
import { requireNoHigherRole } from './higher-role.ts';
import { requireManagedPerson } from './policy.ts';
import {
  completeSurvivor,
  copyPosting,
  moveLookups,
  retireMerged,
  voidAllPostings,
} from './stores/merging.ts';
import {
  codesOf,
  type PersonRecord,
  type PostingRecord,
  personRecord,
  rolesOf,
} from './stores/person-record.ts';
import { choosePrimary, writePosting } from './stores/posting-writes.ts';

export type MergePreview = { survivor: PersonRecord; merged: PersonRecord; effects: MergeEffect[] };

/** The two records side by side, and what a merge would do, in numbers. Changes nothing. */
export async function previewPersonsMerge(ctx: Ctx, pair: MergePair): Promise<MergePreview> {
  const { survivor, merged } = await requireMergeable(ctx, pair);
  const [codes, roles, further] = await Promise.all([
    codesOf(ctx.db.read, pair.mergedId),
    rolesOf(ctx.db.read, pair.mergedId, todayInIndia(ctx.clock)),
    previewMerge(ctx, pair),
  ]);
  const fates = merged.postings.map((posting) => fateOf(posting, survivor));
  const effects = [
    effect(
      'बने रहे अभिलेख में जुड़ने वाले पदस्थापन',
      'Postings added to the record that stays',
      fates.filter((f) => !f).length,
    ),
    effect(
      'दोनों में एक-से पदस्थापन, जो एक बार गिने जाएँगे',
      'Postings in both, which count once',
      fates.filter(Boolean).length,
    ),
    effect(
      'पुराने कोड, जिनसे आगे भी इसी व्यक्ति का साइन-इन होगा',
      'Old codes that go on to sign this person in',
      codes.length,
    ),
    effect(
      'समाप्त होने वाले अधिकार, जो आवश्यक हों तो फिर से देने होंगे',
      'Roles that end and must be given anew if needed',
      roles.length,
    ),
    ...further,
  ];
  return { survivor, merged, effects };
}

function effect(hi: string, en: string, count: number): MergeEffect {
  return { label: { hi, en }, count };
}

/**
 * Makes two records of one person into one: postings, codes, completions and all else follow the survivor.
 * It cannot be taken back by a button, since later learning and charges mix with what was moved.
 */
export async function mergePersons(ctx: Ctx, pair: MergePair): Promise<void> {
  await requireMergeable(ctx, pair);
  await ctx.db.transaction(async (tx) => {
    // The survivor comes to offices of the other that are known only once both are locked.
    await holdTree(tx);
    await changeFacts(tx, { ids: [pair.survivorId, pair.mergedId] }, async () => {
      const survivor = await personRecord(tx, pair.survivorId);
      const merged = await personRecord(tx, pair.mergedId);
      if (!survivor || !merged || survivor.mergedInto || merged.mergedInto) throw notFound();
      const now = { now: ctx.clock.now() };
      await movePostings(tx, { survivor, merged });
      await choosePrimary(tx, pair.survivorId);
      await voidAllPostings(tx, pair, now);
      await moveMerged(tx, ctx, pair);
      await moveLookups(tx, pair);
      await completeSurvivor(tx, pair);
      await retireMerged(tx, pair, now);
      await record(tx, ctx, { survivor, merged });
    });
  });
}

type Both = { survivor: PersonRecord; merged: PersonRecord };

/**
 * Both must be the actor's own people, neither the actor himself, and neither may hold a right beyond the
 * actor's offices: else a merge would hand one person's sign-in to another.
 */
async function requireMergeable(ctx: Ctx, pair: MergePair): Promise<Both> {
  if ([pair.survivorId, pair.mergedId].includes(personIdOf(ctx.actor) ?? ''))
    throw unmergeable(
      'own_record',
      'अपना अभिलेख कोई दूसरा नोडल अधिकारी मिलाएगा।',
      'Your own record is merged by another nodal officer.',
    );
  const survivor = await requireManagedPerson(ctx, pair.survivorId);
  const merged = await requireManagedPerson(ctx, pair.mergedId);
  if (pair.survivorId === pair.mergedId)
    throw unmergeable('same_record', 'दोनों अभिलेख एक ही हैं।', 'The two are one record already.');
  for (const { personId } of [survivor, merged]) await requireNoHigherRole(ctx, personId);
  return { survivor, merged };
}

function unmergeable(reason: string, hi: string, en: string): Refusal {
  return new Refusal('conflict', { hi, en }, { reason });
}

/** The survivor's posting at the same office in the same time, which takes the other one in. */
function fateOf(posting: PostingRecord, survivor: PersonRecord): PostingRecord | undefined {
  return survivor.postings.find((own) => own.officeId === posting.officeId && overlaps(own, posting));
}

async function movePostings(tx: Tx, { survivor, merged }: Both): Promise<void> {
  const pair = { survivorId: survivor.personId, mergedId: merged.personId };
  for (const posting of merged.postings) {
    const own = fateOf(posting, survivor);
    if (own) {
      await widen(tx, own, { survivor, posting });
      continue;
    }
    const isPrimary =
      posting.isPrimary && !survivor.postings.some((other) => other.isPrimary && overlaps(other, posting));
    await copyPosting(tx, pair, { postingId: posting.postingId, isPrimary });
  }
}

type Taken = { survivor: PersonRecord; posting: PostingRecord };

async function widen(tx: Tx, own: PostingRecord, { survivor, posting }: Taken): Promise<void> {
  const isOpen = own.endsOn === null || posting.endsOn === null;
  const later = (own.endsOn ?? '') > (posting.endsOn ?? '') ? own : posting;
  if (posting.startsOn < own.startsOn) own.startsOn = posting.startsOn;
  own.endReason = isOpen ? null : later.endReason;
  own.endsOn = isOpen ? null : later.endsOn;
  await writePosting(tx, { ...own, personId: survivor.personId });
}

async function record(tx: Tx, ctx: Ctx, { survivor, merged }: Both): Promise<void> {
  const detail = {
    survivor: survivor.code,
    merged: merged.code,
    mergedId: merged.personId,
    postings: merged.postings.length,
  };
  for (const personId of [survivor.personId, merged.personId])
    await audit(tx, ctx, {
      action: 'person.merged',
      subjectKind: 'person',
      subjectId: survivor.personId,
      personId,
      detail,
    });
}
