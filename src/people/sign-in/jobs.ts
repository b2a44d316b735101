import { deliver } from '../../kernel/channels/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Runtime } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import type { Jobs } from '../../kernel/jobs.ts';
import { codeMinutes } from './flow.ts';
import type { CodeMessage } from './request-code.ts';
import { unseal } from './sealing.ts';
import { deleteOldBudgets } from './stores/budgets.ts';
import { deleteOldFlows } from './stores/flows.ts';
import { deleteStaleSessions } from './stores/sessions.ts';

const day = 24 * 3_600_000;

/** What sign-in does later: codes are sent after the commit, and what is over is swept. */
export function signInJobs(_runtime: Runtime): Jobs {
  return { 'sign-in-code': sendCode, 'sign-in-number-changed': tellNumberChanged, 'sign-in-sweep': sweep };
}

/** In UTC: 02:10 in India. */
export const signInCrontab = ['40 20 * * * sign-in-sweep'];

async function sendCode(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const isOver = new Date(String(payload['expiresAt'])) <= ctx.clock.now();
  const message = opened<CodeMessage>(payload, 'code-message');
  if (!message || isOver) return;
  const { code, to, kind, language } = message;
  const t = translator(language);
  const text = t('signin.codeMessage', { code, minutes: codeMinutes });
  if (kind === 'email')
    await deliver(ctx, { channel: 'mail', to, text, subject: t('signin.codeSubject', { code }) });
  else await deliver(ctx, { channel: 'sms', to, text, template: ctx.config.sms?.otpTemplate });
}

type NumberChanged = { to: string; isNew: boolean; language: 'hi' | 'en' };

async function tellNumberChanged(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const message = opened<NumberChanged>(payload, 'number-changed');
  if (!message) return;
  const t = translator(message.language);
  const address = `${ctx.config.baseUrl}/sign-in`;
  const key = message.isNew ? 'signin.numberNewMessage' : 'signin.numberOldMessage';
  await deliver(ctx, { channel: 'sms', to: message.to, text: t(key, { address }) });
}

/** Payloads are sealed: a code or a number never lies open in the queue. */
function opened<Message>(payload: Record<string, unknown>, purpose: string): Message | undefined {
  const text = unseal(Buffer.from(String(payload['sealed'] ?? ''), 'base64'), purpose);
  return text === undefined ? undefined : (JSON.parse(text) as Message);
}

async function sweep(ctx: Ctx): Promise<void> {
  const before = (days: number) => new Date(ctx.clock.now().getTime() - days * day);
  await ctx.db.transaction(async (tx) => {
    await deleteStaleSessions(tx, before(30));
    await deleteOldFlows(tx, before(1));
    await deleteOldBudgets(tx, before(2));
  });
}
