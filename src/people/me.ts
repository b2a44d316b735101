import { z } from 'zod';
import { type Actor, grantsOf, personIdOf, scopesOf } from '../kernel/context.ts';
import type { App } from '../kernel/feature.ts';
import { namesRight, rolesSeeingPersons } from '../organisations/index.ts';

const me = z.object({
  kind: z.enum(['person', 'token', 'system', 'anonymous']),
  personId: z.string().nullable(),
  name: z.object({ hi: z.string(), en: z.string() }).nullable(),
  subtitle: z.object({ hi: z.string(), en: z.string() }).nullable(),
  language: z.enum(['hi', 'en']),
  roles: z.array(
    z.object({ role: z.string(), officeId: z.string(), viaLink: z.boolean(), maySeeNames: z.boolean() }),
  ),
  secondFactorDone: z.boolean(),
});

/** Who am I: for clients that hold a token, and to see that it works. */
export function meRoutes(app: App): void {
  app.get(
    '/api/v1/me',
    {
      config: { access: 'signed-in', beforeSecondFactor: true },
      schema: { summary: 'Who am I', tags: ['me'], response: { 200: me } },
    },
    async (request) => {
      const { actor, language } = request.ctx;
      const isPerson = actor.kind === 'person';
      return {
        kind: actor.kind,
        personId: personIdOf(actor) ?? null,
        name: isPerson ? { hi: actor.nameHi, en: actor.nameEn } : null,
        subtitle: (isPerson && actor.subtitle) || null,
        language,
        roles: rolesOf(actor),
        secondFactorDone: isPerson ? actor.secondFactorDone : true,
      };
    },
  );
}

/** The roles that were given; a leader's right to names is told with the role. */
function rolesOf(actor: Actor): z.input<typeof me>['roles'] {
  const named = scopesOf(actor, [namesRight]);
  return grantsOf(actor)
    .filter((grant) => grant.role !== namesRight)
    .map(({ role, scopeId, viaLink }) => ({
      role,
      officeId: scopeId,
      viaLink: viaLink ?? false,
      maySeeNames:
        (rolesSeeingPersons as readonly string[]).includes(role) ||
        (role === 'leader' && named.includes(scopeId)),
    }));
}
