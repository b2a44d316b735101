import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './db.ts';
import { forbidden, Refusal, unauthenticated } from './errors.ts';
import type { Language } from './i18n.ts';

/** A right: a role over everything at or below one node of the organisation tree ('*' is all of it). */
export type Grant = { role: string; scopeId: string; viaLink?: boolean };

/** Who acts. The command line and jobs are `system`; a bearer token may stand for a person or a scope. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'system'; name: string; grants: Grant[] }
  | {
      kind: 'person';
      personId: string;
      sessionId: string;
      nameHi: string;
      nameEn: string;
      subtitle?: { hi: string; en: string };
      grants: Grant[];
      /** True once a second factor was given in this session, or where none is demanded. */
      secondFactorDone: boolean;
    }
  | { kind: 'token'; tokenId: string; personId?: string; grants: Grant[] };

/** What every command and query gets first: no ambient user, no global database. */
export type Ctx = {
  db: Db;
  actor: Actor;
  clock: Clock;
  config: Config;
  language: Language;
  requestId: string;
  ip: string | null;
};

export function systemActor(name: string): Actor {
  return { kind: 'system', name, grants: [{ role: 'operator', scopeId: '*' }] };
}

export function grantsOf(actor: Actor): Grant[] {
  return actor.kind === 'anonymous' ? [] : actor.grants;
}

/** The scope ids in which the actor holds one of the roles; `'*'` among them means everywhere. */
export function scopesOf(actor: Actor, roles: readonly string[]): string[] {
  return grantsOf(actor)
    .filter((grant) => roles.includes(grant.role) || (actor.kind === 'system' && grant.scopeId === '*'))
    .map((grant) => grant.scopeId);
}

export function personIdOf(actor: Actor): string | undefined {
  return actor.kind === 'person' || actor.kind === 'token' ? actor.personId : undefined;
}

/** The person who acts for himself, or a refusal. */
export function requirePerson(ctx: Ctx): string {
  const id = personIdOf(ctx.actor);
  if (id) return id;
  throw ctx.actor.kind === 'anonymous' ? unauthenticated() : forbidden();
}

/** Refuses whoever holds none of the roles anywhere; the caller still checks the subtree. */
export function requireRole(ctx: Ctx, roles: readonly string[]): string[] {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  if (ctx.actor.kind === 'person' && !ctx.actor.secondFactorDone) throw secondFactorNeeded();
  const scopes = scopesOf(ctx.actor, roles);
  if (scopes.length === 0) throw forbidden();
  return scopes;
}

export function secondFactorNeeded(): Refusal {
  const text = {
    hi: 'इस कार्य के लिए दूसरा प्रमाणक (TOTP) आवश्यक है।',
    en: 'This needs your second factor (TOTP).',
  };
  // A page's GET is led there (`goTo`); a program reads the same in the problem's JSON.
  return new Refusal('second_factor_needed', text, { details: { goTo: '/second-factor' } });
}
