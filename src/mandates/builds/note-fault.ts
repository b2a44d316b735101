import pg from 'pg';
import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import { subjectOf } from '../put-in-force.ts';
import { type Build, countAttempt, lockBuild, stopBuild } from '../stores/builds.ts';
import { orderById } from '../stores/orders.ts';

/** The same statement over the same facts fails again. */
const mostAttempts = 3;
/** A full disk or a lost connection may pass; not for ever, or all that was asked for later would wait. */
const mostPassing = 30;
const passingClasses = ['08', '40', '53', '55', '57', '58'];

type Fault = { build: Build; error: unknown };

/**
 * Counts an attempt on new sheets that ended in a fault. What may pass is thrown on, so that whoever works on it
 * rests before he tries again; after the last attempt the work stops with its reason, and what waits behind it goes on.
 */
export async function noteFault(ctx: Ctx, { build, error }: Fault): Promise<void> {
  const isPassing = maybePasses(error);
  const hasStopped = await ctx.db.longTransaction(async (tx) => {
    const locked = await lockBuild(tx, build.buildId);
    if (!locked || locked.finishedAt || locked.failedAt) return true;
    const attempts = await countAttempt(tx, build.buildId);
    if (attempts < (isPassing ? mostPassing : mostAttempts)) return false;
    await stopBuild(tx, { build, now: ctx.clock.now(), failure: reasonOf(build, error) });
    const draft = build.mandateId ? await orderById(tx, build.mandateId) : undefined;
    if (draft) await audit(tx, ctx, { action: 'mandate.publication_failed', ...subjectOf(draft) });
    return true;
  });
  if (isPassing && !hasStopped) throw error;
}

function maybePasses(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return passingClasses.includes(error.code?.slice(0, 2) ?? '');
  if (error instanceof Refusal || !(error instanceof Error)) return false;
  return 'code' in error || /terminated|timeout/i.test(error.message);
}

/** For who publishes: what he can do about it. What exactly broke is in the log. */
function reasonOf({ mandateId }: Build, error: unknown): string {
  if (error instanceof Refusal) return `${error.text.hi}\n${error.text.en}`;
  const code = error instanceof pg.DatabaseError && error.code ? ` (${error.code})` : '';
  if (mandateId === null)
    return [
      `सब आदेशों की दोबारा गणना तकनीकी त्रुटि${code} से रुक गई। हर दस मिनट में फिर प्रयास होता है; तब तक पहले के आँकड़े दिखते हैं।`,
      `Counting all orders again stopped at a technical fault${code}. It is tried again every ten minutes; until then the figures of before are shown.`,
    ].join('\n');
  return [
    `बाध्य कार्मिकों की गणना में तकनीकी त्रुटि आई${code}; कई प्रयासों के बाद भी गणना पूरी नहीं हुई। आदेश लागू नहीं हुआ है।`,
    `A technical fault stopped the counting of those bound${code}, and came again at each attempt. The order is not in force.`,
  ].join('\n');
}
