import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import type { Db } from '../../kernel/db.ts';
import { invalid, Refusal } from '../../kernel/errors.ts';
import { type EngagementLimit, insertLimit, limitsSet, type ShownLimit } from './limit-store.ts';

/** What holds where nobody has set anything: the line that comes with the schema. */
const byDefault: EngagementLimit = { startsOn: '2026-01-01', excessSeconds: 1800, times: 4, lapseDays: 30 };
const keptForMs = 60_000;
const kept = new WeakMap<Db, { limits: EngagementLimit[]; until: number }>();

/** The limits of this day; what another process sets is known within a minute. */
export async function limitOn(ctx: Pick<Ctx, 'db'>, day: string): Promise<EngagementLimit> {
  let known = kept.get(ctx.db);
  if (!known || known.until < performance.now()) {
    known = { limits: await limitsSet(ctx.db.read), until: performance.now() + keptForMs };
    kept.set(ctx.db, known);
  }
  return known.limits.find((limit) => limit.startsOn <= day) ?? byDefault;
}

export async function engagementLimits(ctx: Ctx): Promise<ShownLimit[]> {
  requireRole(ctx, ['operator']);
  return limitsSet(ctx.db.read);
}

/** A new line, from tomorrow on at the earliest: nobody is judged by a rule that did not stand yet. */
export async function setEngagementLimit(ctx: Ctx, limit: EngagementLimit): Promise<void> {
  requireRole(ctx, ['operator']);
  const tomorrow = addDays(todayInIndia(ctx.clock), 1);
  if (limit.startsOn < tomorrow) throw tooEarly();
  await ctx.db.transaction(async (tx) => {
    const setBy = personIdOf(ctx.actor) ?? null;
    if (!(await insertLimit(tx, { ...limit, setBy, now: ctx.clock.now() }))) throw isSet();
    const { startsOn, ...detail } = limit;
    await audit(tx, ctx, {
      ...{ action: 'engagement_limit.set', subjectKind: 'engagement_limit', subjectId: startsOn, detail },
    });
  });
  kept.delete(ctx.db);
}

function tooEarly(): Refusal {
  return invalid([
    {
      path: 'startsOn',
      code: 'too_early',
      text: { hi: 'नई सीमा कल या उसके बाद से लागू हो सकती है।', en: 'A new limit begins tomorrow or later.' },
    },
  ]);
}

function isSet(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'इस दिन के लिए सीमा पहले से लिखी है।', en: 'A limit is set for this day already.' },
    { reason: 'limit_set' },
  );
}
