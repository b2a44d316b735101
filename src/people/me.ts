import { z } from 'zod';
import { grantsOf, personIdOf } from '../kernel/context.ts';
import type { App } from '../kernel/feature.ts';

const me = z.object({
  kind: z.enum(['person', 'token', 'system', 'anonymous']),
  personId: z.string().nullable(),
  name: z.object({ hi: z.string(), en: z.string() }).nullable(),
  subtitle: z.object({ hi: z.string(), en: z.string() }).nullable(),
  language: z.enum(['hi', 'en']),
  roles: z.array(z.object({ role: z.string(), officeId: z.string(), viaLink: z.boolean() })),
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
        roles: grantsOf(actor).map((grant) => ({
          role: grant.role,
          officeId: grant.scopeId,
          viaLink: grant.viaLink ?? false,
        })),
        secondFactorDone: isPerson ? actor.secondFactorDone : true,
      };
    },
  );
}
