import type { FastifyRequest } from 'fastify';
import { type Actor, secondFactorNeeded } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import type { Runtime } from '../kernel/feature.ts';
import { gathering } from '../kernel/gather.ts';
import type { Language } from '../kernel/i18n.ts';
import { digestOf } from '../kernel/ids.ts';
import { sessionCookie } from './sign-in/cookies.ts';
import { type LiveSession, liveSessionsOf, touchSessions } from './sign-in/stores/sessions.ts';
import { actorOfToken } from './tokens/actor-of-token.ts';
import { type LiveToken, liveTokensOf, touchTokens } from './tokens/store.ts';

type Identified = {
  actor: Actor;
  language?: Language;
  /** What the session must settle before it may go anywhere else. */
  owes?: Refusal;
  /** The browser still shows a session that is over: whoever is asked to sign in again learns why. */
  hasSessionEnded?: boolean;
};

const anonymous: Identified = { actor: { kind: 'anonymous' } };
const touchEveryMs = 60_000;
const touchTokenEveryMs = 3_600_000;

/** Who asks: a bearer token's scope or person, a session's person, or nobody. */
export async function identify(request: FastifyRequest, runtime: Runtime): Promise<Identified> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return identifyToken(bearer, runtime);
  const cookie = request.cookies[sessionCookie];
  return cookie ? identifySession(cookie, runtime) : anonymous;
}

type LookUps = {
  token(digest: Buffer): Promise<LiveToken | undefined>;
  session(digest: Buffer): Promise<LiveSession | undefined>;
  touchToken(digest: Buffer): Promise<unknown>;
  touchSession(digest: Buffer): Promise<unknown>;
};
const lookUps = new WeakMap<Runtime, LookUps>();

/** Requests that arrive at one moment are identified by one statement; nothing is remembered between them. */
function lookUpsOf(runtime: Runtime): LookUps {
  const known = lookUps.get(runtime);
  if (known) return known;
  const inOrder = <V>(digests: Buffer[], found: Map<string, V>) =>
    digests.map((digest) => found.get(digest.toString('hex')));
  const made: LookUps = {
    token: gathering(async (digests: Buffer[]) => inOrder(digests, await liveTokensOf(runtime, digests))),
    session: gathering(async (digests: Buffer[]) => inOrder(digests, await liveSessionsOf(runtime, digests))),
    touchToken: gathering(async (digests: Buffer[]) => {
      await touchTokens(runtime.db, digests, runtime.clock.now());
      return digests;
    }),
    touchSession: gathering(async (digests: Buffer[]) => {
      await touchSessions(runtime.db, digests, runtime.clock.now());
      return digests;
    }),
  };
  lookUps.set(runtime, made);
  return made;
}

async function identifyToken(bearer: string, runtime: Runtime): Promise<Identified> {
  const digest = digestOf(bearer);
  const token = await lookUpsOf(runtime).token(digest);
  if (!token) return anonymous;
  const now = runtime.clock.now();
  if (now.getTime() - (token.lastUsedAt?.getTime() ?? 0) > touchTokenEveryMs)
    await lookUpsOf(runtime).touchToken(digest);
  return { actor: actorOfToken(token), language: token.language ?? undefined };
}

async function identifySession(cookie: string, runtime: Runtime): Promise<Identified> {
  const digest = digestOf(cookie);
  const session = await lookUpsOf(runtime).session(digest);
  if (!session) return { ...anonymous, hasSessionEnded: true };
  const now = runtime.clock.now();
  if (now.getTime() - session.lastSeenAt.getTime() > touchEveryMs)
    await lookUpsOf(runtime).touchSession(digest);
  const isDone = runtime.config.isDemonstration || session.grants.length === 0 || session.isSecondFactorGiven;
  const owes = session.isNoticeAccepted ? (isDone ? undefined : secondFactorNeeded()) : noticeNeeded();
  return { actor: actorOf(session, isDone), language: session.language, owes };
}

function actorOf(session: LiveSession, secondFactorDone: boolean): Actor {
  return {
    kind: 'person',
    personId: session.personId,
    sessionId: session.sessionId,
    nameHi: session.nameHi ?? session.nameEn ?? '',
    nameEn: session.nameEn ?? session.nameHi ?? '',
    subtitle: subtitleOf(session),
    grants: session.grants,
    secondFactorDone,
  };
}

function subtitleOf(session: LiveSession): { hi: string; en: string } | undefined {
  const hi = [session.designation, session.officeHi].filter(Boolean).join(' · ');
  // A designation that is known in Hindi only would stand alone in an English line.
  const en = [
    session.officeEn ? session.designationEn : session.designation,
    session.officeEn ?? session.officeHi,
  ]
    .filter(Boolean)
    .join(' · ');
  return hi ? { hi, en } : undefined;
}

function noticeNeeded(): Refusal {
  const text = {
    hi: 'पहले निजता सूचना पढ़कर स्वीकार करें।',
    en: 'Read and accept the privacy notice first.',
  };
  return new Refusal('notice_needed', text, { details: { goTo: '/welcome' } });
}
