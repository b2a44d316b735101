import { deliver } from '../../kernel/channels/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { translator } from '../../kernel/i18n.ts';
import { registrationById } from './store.ts';

/** A job: one SMS with the decision, in the language in which was asked. */
export async function tellApplicant(ctx: Ctx, registrationId: string): Promise<void> {
  const request = await registrationById(ctx.db.read, registrationId);
  if (!request || request.state === 'open') return;
  const t = translator(request.language);
  const text =
    request.state === 'approved'
      ? t('people.smsApproved', { code: request.code })
      : t('people.smsRefused', { reason: request.decisionReason ?? '' });
  await deliver(ctx, { channel: 'sms', to: request.mobile, text });
}
