import { audit } from '../../kernel/audit.ts';
import type { Actor, Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { digestOf, newId, newSecret } from '../../kernel/ids.ts';
import type { Browser } from './browser.ts';
import { rememberDevice } from './stores/devices.ts';
import { isFirstSignIn, noteSignIn } from './stores/persons.ts';
import {
  effectiveGrantsOf,
  endSessionByDigest,
  insertSession,
  type SessionMethod,
} from './stores/sessions.ts';

export type OpenedSession = {
  secret: string;
  sessionId: string;
  /** The browser's mark: kept, or new where it had none. */
  deviceSecret: string;
  maxAgeSeconds: number;
};

type Sign = { personId: string; method: SessionMethod; browser: Browser };

const minute = 60_000;
const day = 24 * 60;
export const deskIdleMinutes = 10 * 60;
// A learner's own phone stays signed in; a shared phone and a desk with rights over others do not.
const lifetimes = {
  own: { idleMinutes: 30 * day, minutes: 90 * day },
  shared: { idleMinutes: 60, minutes: 12 * 60 },
  desk: { idleMinutes: deskIdleMinutes, minutes: 7 * day },
};

/**
 * Opens a session for a person who has proved himself, inside the caller's transaction. The secret is
 * always new: what a browser brought along before is never taken over.
 */
export async function openSession(tx: Tx, ctx: Ctx, sign: Sign): Promise<OpenedSession> {
  const now = ctx.clock.now();
  const grants = await effectiveGrantsOf(ctx, sign.personId);
  const kind = grants.length > 0 ? 'desk' : sign.method === 'pin' ? 'shared' : 'own';
  const { idleMinutes, minutes } = lifetimes[kind];
  const secret = newSecret();
  const sessionId = newId();
  const expiresAt = new Date(now.getTime() + minutes * minute);
  const deviceSecret = sign.browser.deviceSecret ?? newSecret();
  if (sign.browser.sessionDigest)
    await endSessionByDigest(tx, sign.browser.sessionDigest, { now, reason: 'replaced' });
  await rememberDevice(tx, { personId: sign.personId, digest: digestOf(deviceSecret), now });
  await insertSession(tx, {
    personId: sign.personId,
    method: sign.method,
    device: sign.browser.device,
    digest: digestOf(secret),
    sessionId,
    idleMinutes,
    createdAt: now,
    expiresAt,
  });
  await recordSignIn(tx, ctx, sign.personId);
  await audit(tx, asPerson(ctx, sign.personId, sessionId), {
    action: 'session.opened',
    subjectKind: 'session',
    subjectId: sessionId,
    personId: sign.personId,
    detail: { method: sign.method, device: sign.browser.device },
  });
  return { secret, sessionId, deviceSecret, maxAgeSeconds: minutes * 60 };
}

/** The browser was nobody's until now; the record says whose act it was. */
function asPerson(ctx: Ctx, personId: string, sessionId: string): Ctx {
  const actor: Actor = {
    kind: 'person',
    personId,
    sessionId,
    nameHi: '',
    nameEn: '',
    grants: [],
    secondFactorDone: false,
  };
  return { ...ctx, actor };
}

/** The first sign-in counts ("signed in"), so only that one goes through the counters. */
async function recordSignIn(tx: Tx, ctx: Ctx, personId: string): Promise<void> {
  const sign = { personId, day: todayInIndia(ctx.clock), now: ctx.clock.now() };
  if (!(await isFirstSignIn(tx, personId))) return noteSignIn(tx, sign);
  await changeFacts(tx, { ids: [personId], hint: { kind: 'signed-in' } }, () => noteSignIn(tx, sign));
}
