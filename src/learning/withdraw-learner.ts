import { audit } from '../kernel/audit.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { changeFacts } from '../kernel/facts.ts';
import { enrolmentOf, markWithdrawn } from './enrolment-store.ts';

/** Ends the person's own enrolment; what was learnt stays on record. A completed one cannot be withdrawn. */
export async function withdrawLearner(ctx: Ctx, enrolmentId: string): Promise<void> {
  const personId = requirePerson(ctx);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      const enrolment = await enrolmentOf(tx, personId, enrolmentId);
      if (!enrolment || enrolment.withdrawnAt) throw notFound();
      if (enrolment.completedAt) throw completed();
      await markWithdrawn(tx, { personId, enrolmentId, now: ctx.clock.now(), day: todayInIndia(ctx.clock) });
      await audit(tx, ctx, {
        action: 'enrolment.withdrawn',
        subjectKind: 'enrolment',
        subjectId: enrolmentId,
        personId,
      });
    }),
  );
}

function completed(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'पूरा किया गया कोर्स छोड़ा नहीं जा सकता।', en: 'A completed course cannot be withdrawn.' },
    { reason: 'enrolment_completed' },
  );
}
