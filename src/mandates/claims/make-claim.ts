import type { Readable } from 'node:stream';
import { keepDocument, noteDocument } from '../../catalogue/index.ts';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { formatDay, todayInIndia } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { fieldText } from '../../kernel/field-texts.ts';
import { newId } from '../../kernel/ids.ts';
import type { Storage } from '../../kernel/storage.ts';
import { requireNamedDecider, rolesEntering } from '../deciding.ts';
import { tellOrderEvent } from '../order-events.ts';
import type { ClaimInput } from './schema.ts';
import * as store from './store.ts';

export const largestCertificate = 10_000_000;

export type GivenFile = { source: Readable; name: string };

/**
 * Claims a course that was done elsewhere, with its certificate. Refuses what was claimed before or is recorded;
 * it counts once the nodal officer has accepted it. For another an officer of his enters it, and another decides it.
 */
export async function makeClaim(
  ctx: Ctx,
  storage: Storage,
  given: { claim: ClaimInput; file: GivenFile; forPersonId?: string | undefined },
): Promise<{ id: string }> {
  const { claim, file, forPersonId } = given;
  const { personId, enteredBy } = await claimant(ctx, forPersonId);
  if (claim.completedOn > todayInIndia(ctx.clock)) throw futureDay();
  const serving = await store.serviceBegan(ctx.db.read, personId);
  if (serving !== null && claim.completedOn < serving) throw beforeService(serving);
  const courseId = await knownCourse(ctx, claim.courseCode);
  const topics = await requireTopics(ctx, claim.topics);
  const { title, provider, minutes, completedOn } = claim;
  const certificateNo = claim.certificateNo ?? null;
  const said = { title, provider, courseId, topics, minutes, completedOn, certificateNo };
  const row = { personId, claimId: newId(), ...said };
  // Asked before the file is kept as well, so that a refused claim leaves none behind.
  await refuseKnown(ctx.db.read, { ...row, sha256: null });
  const blob = await keepDocument(ctx, storage, { source: file.source, maxBytes: largestCertificate });
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await refuseKnown(tx, { ...row, sha256: blob.sha256 });
      const fileId = await noteDocument(tx, ctx, { blob, name: file.name, personId });
      await store.insertClaim(tx, { ...row, fileId, enteredBy, now: ctx.clock.now() });
      const about = { subjectKind: 'claim', subjectId: row.claimId, personId };
      if (!enteredBy) return audit(tx, ctx, { action: 'claim.made', ...about });
      await audit(tx, ctx, { action: 'claim.entered', ...about });
      const told = { personIds: [personId], titleHi: title, titleEn: title, href: '/claims' };
      await tellOrderEvent(tx, ctx, { kind: 'claim_entered', ...told });
    }),
  );
  return { id: row.claimId };
}

async function refuseKnown(db: Reads | Tx, row: store.Likeness): Promise<void> {
  const sameFile = row.sha256 ? await store.claimOfFile(db, row) : undefined;
  if (sameFile) throw fileRepeated(sameFile);
  if (await store.isRepeated(db, row)) throw repeated();
  if (row.courseId && (await store.isRecorded(db, row))) throw recorded();
}

async function claimant(ctx: Ctx, forPersonId: string | undefined) {
  if (!forPersonId) return { personId: requirePerson(ctx), enteredBy: null };
  const { by } = await requireNamedDecider(ctx, forPersonId, rolesEntering);
  return { personId: forPersonId, enteredBy: by };
}

/** Takes one's own claim back while nobody has decided. */
export async function withdrawClaim(ctx: Ctx, claimId: string): Promise<void> {
  const personId = requirePerson(ctx);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await requireOpen(tx, { personId, claimId });
      await store.withdrawClaimRow(tx, { personId, claimId });
      await audit(tx, ctx, { action: 'claim.withdrawn', subjectKind: 'claim', subjectId: claimId, personId });
    }),
  );
}

export async function requireOpen(
  tx: Tx,
  key: { personId: string; claimId: string },
): Promise<store.ClaimRow> {
  const claim = await store.claimById(tx, key);
  if (!claim) throw notFound();
  if (claim.state === 'asked') return claim;
  throw new Refusal(
    'conflict',
    { hi: 'इस दावे पर निर्णय हो चुका है।', en: 'This claim has been decided.' },
    { reason: 'already_decided' },
  );
}

export async function requireTopics(ctx: Ctx, topics: string[] = []): Promise<string[]> {
  if (topics.length === 0) return topics;
  const known = await store.topicsKnown(ctx.db.read, topics);
  if (topics.every((topic) => known.includes(topic))) return topics;
  const text = fieldText('unknown_choice') ?? { hi: 'सूची में से चुनें।', en: 'Choose from the list.' };
  throw invalid([{ path: 'topics', code: 'unknown_choice', text }], text);
}

export async function knownCourse(ctx: Ctx, code: string | undefined): Promise<string | null> {
  if (!code) return null;
  const course = await store.courseOfCode(ctx.db.read, code);
  if (course) return course.courseId;
  const text = {
    hi: 'यह कोर्स कोड यहाँ नहीं है। कोड ख़ाली छोड़ सकते हैं।',
    en: 'No course here has this code. It may be left empty.',
  };
  throw invalid([{ path: 'courseCode', code: 'unknown_course', text }], text);
}

function futureDay(): Refusal {
  const text = { hi: 'यह तिथि भविष्य की है।', en: 'This date lies in the future.' };
  return invalid([{ path: 'completedOn', code: 'future_date', text }], text);
}

function beforeService(day: string): Refusal {
  const text = {
    hi: `आपकी सेवा ${formatDay(day, 'hi')} से है; उससे पहले के कोर्स का दावा नहीं होता।`,
    en: `Your service began on ${formatDay(day, 'en')}; no course from before it can be claimed.`,
  };
  return invalid([{ path: 'completedOn', code: 'before_service', text }], text);
}

function fileRepeated({ title, day }: { title: string; day: string }): Refusal {
  const text = {
    hi: `यह फ़ाइल “${title}” (${formatDay(day, 'hi')}) के दावे में पहले ही दी जा चुकी है। इस कोर्स का अपना प्रमाणपत्र चुनें।`,
    en: `This file was given with the claim for “${title}” (${formatDay(day, 'en')}) already. Choose the certificate of this course.`,
  };
  return new Refusal('conflict', text, {
    reason: 'claim_repeated',
    fields: [{ path: 'file', code: 'claim_repeated', text }],
  });
}

export function repeated(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह कोर्स या यह प्रमाणपत्र पहले ही दावे में दिया जा चुका है।',
      en: 'This course or this certificate has been claimed already.',
    },
    { reason: 'claim_repeated' },
  );
}

export function recorded(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस दिन यह कोर्स पूर्ण होना पहले से दर्ज है; दावे की आवश्यकता नहीं।',
      en: 'This course is recorded as completed on that day; no claim is needed.',
    },
    { reason: 'completed_already' },
  );
}
