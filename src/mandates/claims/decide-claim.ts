import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { requireNamedDecider } from '../deciding.ts';
import { type OrderEvent, tellOrderEvent } from '../order-events.ts';
import { knownCourse, recorded, repeated, requireOpen, requireTopics } from './make-claim.ts';
import type { ClaimDecision, ClaimKey } from './schema.ts';
import * as store from './store.ts';

/** Accepts or refuses what a person did elsewhere, with a reason that he reads; nobody decides his own. */
export async function decideClaim(ctx: Ctx, key: ClaimKey, given: ClaimDecision): Promise<void> {
  const { by, officeId } = await requireNamedDecider(ctx, key.personId);
  const named = given.courseCode ? await knownCourse(ctx, given.courseCode) : null;
  const topics = await requireTopics(ctx, given.topics);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [key.personId] }, async () => {
      const claim = await requireOpen(tx, key);
      if (claim.enteredBy === by) throw ownEntry();
      const courseId = given.courseCode === null ? null : (named ?? claim.courseId);
      const same = { ...claim, courseId, sha256: null };
      if (given.decision === 'accepted') {
        if (await store.isRepeated(tx, same)) throw repeated();
        if (courseId && (await store.isRecorded(tx, same))) throw recorded();
      }
      await store.decideClaimRow(tx, {
        ...key,
        ...{ state: given.decision, courseId, topics, minutes: given.minutes ?? claim.minutes },
        ...{ by, now: ctx.clock.now(), reason: given.reason },
      });
      await audit(tx, ctx, {
        action: `claim.${given.decision}`,
        subjectKind: 'claim',
        subjectId: key.claimId,
        personId: key.personId,
        officeId,
      });
      await tellClaim(tx, ctx, { claim, kind: `claim_${given.decision}` });
    }),
  );
}

function ownEntry(): Refusal {
  const text = {
    hi: 'यह दावा आपने ही दर्ज किया है; इस पर निर्णय कोई और नोडल अधिकारी करें।',
    en: 'You entered this claim yourself; another nodal officer decides on it.',
  };
  return new Refusal('forbidden', text, { reason: 'own_entry' });
}

type Told = { claim: store.ClaimRow; kind: OrderEvent['kind'] };

function tellClaim(tx: Tx, ctx: Ctx, { claim, kind }: Told): Promise<void> {
  const { personId, title } = claim;
  const said = { kind, personIds: [personId], titleHi: title, titleEn: title };
  return tellOrderEvent(tx, ctx, { ...said, href: '/claims' });
}

/** Takes an acceptance back, as when a certificate proves false. */
export async function takeBackClaim(ctx: Ctx, key: ClaimKey, given: { reason: string }): Promise<void> {
  const { by } = await requireNamedDecider(ctx, key.personId);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [key.personId] }, async () => {
      const claim = await store.claimById(tx, key);
      if (claim?.state !== 'accepted' || claim.isTakenBack) throw notFound();
      await store.voidClaim(tx, { ...key, now: ctx.clock.now(), by, reason: given.reason });
      await audit(tx, ctx, {
        action: 'claim.taken_back',
        subjectKind: 'claim',
        subjectId: key.claimId,
        personId: key.personId,
      });
      await tellClaim(tx, ctx, { claim, kind: 'claim_taken_back' });
    }),
  );
}
