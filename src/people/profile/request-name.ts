import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { fieldText } from '../../kernel/field-texts.ts';
import { newId } from '../../kernel/ids.ts';
import { wrongField } from '../desk/refusals.ts';
import { personRecord } from '../desk/stores/person-record.ts';
import type { NameRequestInput } from './schema.ts';
import { decideNameRequest, insertNameRequest, nameRequestsOf } from './store.ts';

/** A learner asks that the name be corrected; nothing changes until the nodal officer approves it. */
export async function requestName(ctx: Ctx, input: NameRequestInput): Promise<{ nameRequestId: string }> {
  const personId = requirePerson(ctx);
  const person = await personRecord(ctx.db.read, personId);
  if (!person) throw notFound();
  const nameHi = input.nameHi || null;
  const nameEn = input.nameEn || null;
  if (!nameHi && !nameEn)
    throw wrongField('nameHi', 'name_needed', fieldText('name_needed') ?? { hi: '', en: '' });
  if (nameHi === person.nameHi && nameEn === person.nameEn)
    throw wrongField('nameHi', 'same_name', {
      hi: 'यही नाम अभी दर्ज है; सुधारा हुआ नाम लिखें।',
      en: 'This is the name on record; write the corrected one.',
    });
  const nameRequestId = newId();
  await ctx.db.transaction(async (tx) => {
    const request = { personId, nameRequestId, nameHi, nameEn, reason: input.reason, now: ctx.clock.now() };
    if (!(await insertNameRequest(tx, request))) throw waitsAlready();
    await audit(tx, ctx, {
      action: 'name_request.opened',
      subjectKind: 'name_request',
      subjectId: nameRequestId,
      personId,
      detail: { nameHi, nameEn, reason: input.reason },
    });
  });
  return { nameRequestId };
}

function waitsAlready(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'आपका एक अनुरोध पहले से विचाराधीन है। उसे वापस लेकर नया भेज सकते हैं।',
      en: 'A request of yours is waiting already. Withdraw it to send another.',
    },
    { reason: 'request_waits' },
  );
}

export async function withdrawNameRequest(ctx: Ctx): Promise<void> {
  const personId = requirePerson(ctx);
  const open = (await nameRequestsOf(ctx.db.read, personId)).find((request) => request.state === 'open');
  if (!open) throw notFound();
  const key = { personId, nameRequestId: open.nameRequestId };
  await ctx.db.transaction(async (tx) => {
    const isDone = await decideNameRequest(tx, {
      ...key,
      state: 'withdrawn',
      now: ctx.clock.now(),
      by: personId,
      reason: null,
    });
    if (!isDone) throw notFound();
    await audit(tx, ctx, {
      action: 'name_request.withdrawn',
      subjectKind: 'name_request',
      subjectId: open.nameRequestId,
      personId,
    });
  });
}
