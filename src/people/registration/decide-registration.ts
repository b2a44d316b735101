import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { addJob } from '../../kernel/jobs.ts';
import { createPerson } from '../desk/add-person.ts';
import { engagements } from '../desk/schema.ts';
import { changeFactsAt, targetOffice } from '../desk/target-office.ts';
import { requireRegistration } from './registrations.ts';
import type { ApprovalInput } from './schema.ts';
import { lockRegistration, type Registration, writeDecision } from './store.ts';

export type Approval = ApprovalInput & { registrationId: string };

/** Makes the person, with an account that counts from today and a posting that begins when it began. */
export async function approveRegistration(ctx: Ctx, input: Approval): Promise<{ personId: string }> {
  const seen = await requireRegistration(ctx, input.registrationId);
  const office = await targetOffice(ctx, seen.officeCode, input.startsOn);
  const personId = newId();
  await ctx.db.transaction((tx) =>
    changeFactsAt(tx, { personId, office, startsOn: input.startsOn }, async () => {
      const request = await lockOpen(tx, input.registrationId);
      await createPerson(tx, {
        personId,
        office,
        officeCode: office.code,
        nameHi: request.nameHi ?? undefined,
        nameEn: request.nameEn ?? undefined,
        code: request.code,
        issuer: request.issuer,
        mobile: request.mobile,
        language: request.language,
        joinedOn: request.joinedOn ?? undefined,
        startsOn: input.startsOn,
        designation: input.designation ?? request.designation ?? undefined,
        serviceGroup: input.serviceGroup ?? request.serviceGroup ?? undefined,
        engagement: input.engagement ?? engagements.find((one) => one === request.engagement),
        accountDay: todayInIndia(ctx.clock),
        accountSource: 'self',
      });
      await decide(tx, ctx, { request, state: 'approved', reason: null, personId });
    }),
  );
  return { personId };
}

export async function refuseRegistration(
  ctx: Ctx,
  input: { registrationId: string; reason: string },
): Promise<void> {
  await requireRegistration(ctx, input.registrationId);
  await ctx.db.transaction(async (tx) => {
    const request = await lockOpen(tx, input.registrationId);
    await decide(tx, ctx, { request, state: 'refused', reason: input.reason, personId: null });
  });
}

async function lockOpen(tx: Tx, registrationId: string): Promise<Registration> {
  const request = await lockRegistration(tx, registrationId);
  if (!request) throw notFound();
  if (request.state === 'open') return request;
  throw new Refusal(
    'conflict',
    { hi: 'इस अनुरोध पर निर्णय हो चुका है।', en: 'This request has been decided already.' },
    { reason: 'already_decided' },
  );
}

type Decided = {
  request: Registration;
  state: 'approved' | 'refused';
  reason: string | null;
  personId: string | null;
};

/** The applicant has no account to look in: the decision goes to the mobile that was given. */
async function decide(tx: Tx, ctx: Ctx, { request, state, reason, personId }: Decided): Promise<void> {
  const by = personIdOf(ctx.actor) ?? null;
  const { registrationId } = request;
  await writeDecision(tx, { registrationId, state, now: ctx.clock.now(), by, reason, personId });
  await audit(tx, ctx, {
    action: `registration.${state}`,
    subjectKind: 'registration',
    subjectId: registrationId,
    personId: personId ?? undefined,
    officeId: request.officeId,
    detail: { code: request.code, office: request.officeCode, reason },
  });
  await addJob(tx, 'people:tell-applicant', { registrationId });
}
