import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { mayAt, rolesReasoning } from '../policy.ts';
import type { ReasonInput } from '../schema.ts';
import { insertReason } from '../stores/rules.ts';
import { type ListedSubject, subjectsOfKind } from '../stores/subjects.ts';
import { wrongDay } from '../words.ts';
import type { Kind } from './compliance.ts';

/** Says why something does not comply, and until when that holds: a new row, whatever was said before. */
export async function giveReason(
  ctx: Ctx,
  about: { kind: Kind; id: string },
  { reason, untilOn }: ReasonInput,
): Promise<void> {
  requireRole(ctx, rolesReasoning);
  const subject = await ownSubject(ctx, about);
  const givenOn = todayInIndia(ctx.clock);
  if (untilOn < givenOn) throw overAlready();
  await ctx.db.transaction(async (tx) => {
    const row = { reasonId: newId(), kind: about.kind, subjectId: about.id, reason, givenOn, untilOn };
    await insertReason(tx, row, { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null });
    await audit(tx, ctx, {
      action: 'curriculum.reason_given',
      subjectKind: about.kind,
      subjectId: about.id,
      officeId: subject.officeId,
      detail: { reason, untilOn },
    });
  });
}

async function ownSubject(ctx: Ctx, { kind, id }: { kind: Kind; id: string }): Promise<ListedSubject> {
  const [subject] = await subjectsOfKind(ctx.db.read, kind, [id]);
  if (!subject || !mayAt(ctx, rolesReasoning, subject.officePath)) throw notFound();
  return subject;
}

function overAlready() {
  return wrongDay('untilOn', {
    hi: 'वह दिन बीत चुका है; आज या बाद का दिन लिखें।',
    en: 'That day is over; give today or a later one.',
  });
}
