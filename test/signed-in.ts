import { sql } from 'kysely';
import { csrfTokenOf } from '../src/kernel/http/csrf.ts';
import { openSession, privacyNoticeVersion } from '../src/people/index.ts';
import type { World } from './world.ts';

export type SignedIn = {
  sessionId: string;
  cookie: string;
  csrf: string;
  headers: Record<string, string>;
};

/** A member of the cast with an open session that owes nothing: the headers `app.inject` needs. */
export async function signedIn(world: World, key: string): Promise<SignedIn> {
  const session = await justSignedIn(world, key);
  const now = world.clock.now();
  await world.runtime.db.transaction(async (tx) => {
    await sql`update session set second_factor_at = ${now} where session_id = ${session.sessionId}`.execute(
      tx,
    );
    await sql`update person set notice_accepted_at = ${now}, notice_version = ${privacyNoticeVersion}
      where person_id = ${world.personId(key)}`.execute(tx);
  });
  return session;
}

/** The same, but notice and second factor are still owed. */
export async function justSignedIn(world: World, key: string): Promise<SignedIn> {
  const ctx = world.as(key);
  const personId = world.personId(key);
  const session = await world.runtime.db.transaction((tx) =>
    openSession(tx, ctx, { personId, method: 'password', browser: { device: 'test' } }),
  );
  const cookie = `session=${session.secret}`;
  const csrf = csrfTokenOf(world.runtime, session.sessionId);
  return { sessionId: session.sessionId, cookie, csrf, headers: { cookie, 'x-csrf-token': csrf } };
}
