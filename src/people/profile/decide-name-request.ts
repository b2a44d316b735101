import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { forbidden, notFound, Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { applyName } from '../desk/edit-person.ts';
import { requireManagedPerson, rolesChangingPersons } from '../desk/policy.ts';
import { type PersonRecord, personRecord } from '../desk/stores/person-record.ts';
import { tellDeskEvent } from '../hooks.ts';
import {
  decideNameRequest,
  type NameRequest,
  nameRequestByKey,
  type WaitingName,
  waitingNameRequests,
} from './store.ts';

export type NameKey = { personId: string; nameRequestId: string };

/** Open requests that the actor may decide. */
export async function listNameRequests(ctx: Ctx): Promise<WaitingName[]> {
  const scopes = requireRole(ctx, rolesChangingPersons);
  return waitingNameRequests(ctx.db.read, {
    scopes,
    today: todayInIndia(ctx.clock),
    exceptPersonId: personIdOf(ctx.actor),
  });
}

export type NameCase = { person: PersonRecord; request: NameRequest };

/** One request with the person who asks; nobody decides his own. */
export async function requireNameRequest(ctx: Ctx, key: NameKey): Promise<NameCase> {
  const person = await requireManagedPerson(ctx, key.personId);
  if (personIdOf(ctx.actor) === key.personId) throw forbidden();
  const request = await nameRequestByKey(ctx.db.read, key);
  if (!request) throw notFound();
  return { person, request };
}

/** The name changes with its history, and whoever printed the old one (certificates) is told. */
export async function approveNameRequest(ctx: Ctx, key: NameKey): Promise<void> {
  const { request } = await requireNameRequest(ctx, key);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [key.personId] }, async () => {
      await decide(tx, ctx, { key, state: 'approved', reason: null });
      const person = await personRecord(tx, key.personId);
      if (!person) throw notFound();
      const { nameHi, nameEn, reason } = request;
      await applyName(tx, ctx, {
        person,
        nameHi: nameHi ?? person.nameHi,
        nameEn: nameEn ?? person.nameEn,
        reason,
      });
    }),
  );
}

export async function refuseNameRequest(ctx: Ctx, input: NameKey & { reason: string }): Promise<void> {
  await requireNameRequest(ctx, input);
  const key = { personId: input.personId, nameRequestId: input.nameRequestId };
  await ctx.db.transaction((tx) => decide(tx, ctx, { key, state: 'refused', reason: input.reason }));
}

type Decided = { key: NameKey; state: 'approved' | 'refused'; reason: string | null };

async function decide(tx: Tx, ctx: Ctx, { key, state, reason }: Decided): Promise<void> {
  const by = personIdOf(ctx.actor) ?? null;
  if (!(await decideNameRequest(tx, { ...key, state, now: ctx.clock.now(), by, reason })))
    throw decidedAlready();
  await audit(tx, ctx, {
    action: 'name_request.decided',
    subjectKind: 'name_request',
    subjectId: key.nameRequestId,
    personId: key.personId,
    detail: { state, reason },
  });
  await tellDeskEvent(tx, ctx, { kind: 'name_decided', personId: key.personId, state });
}

function decidedAlready(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस अनुरोध पर निर्णय हो चुका है या वह वापस ले लिया गया है।',
      en: 'This request has been decided or withdrawn.',
    },
    { reason: 'already_decided' },
  );
}
