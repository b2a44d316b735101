import { csrfTokenOf } from '../src/kernel/http/csrf.ts';
import { openSession } from '../src/people/index.ts';
import type { World } from './world.ts';

export type SignedIn = { cookie: string; csrf: string; headers: Record<string, string> };

/** A member of the cast with an open session: the headers that `app.inject` needs for pages and API. */
export async function signedIn(world: World, key: string): Promise<SignedIn> {
  const ctx = world.as(key);
  const personId = world.personId(key);
  const session = await world.runtime.db.transaction((tx) =>
    openSession(tx, ctx, { personId, method: 'password', browser: { device: 'test' } }),
  );
  const cookie = `session=${session.secret}`;
  const csrf = csrfTokenOf(world.runtime, session.sessionId);
  return { cookie, csrf, headers: { cookie, 'x-csrf-token': csrf } };
}
