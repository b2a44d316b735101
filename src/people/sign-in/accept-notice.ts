import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import type { Language } from '../../kernel/i18n.ts';
import { privacyNoticeVersion } from '../privacy/notice-text.ts';
import { acceptNoticeOf } from './stores/persons.ts';

/** The person has read the privacy notice; kept with its version, and with the language chosen. */
export async function acceptNotice(ctx: Ctx, language: Language): Promise<void> {
  const personId = requirePerson(ctx);
  await ctx.db.transaction(async (tx) => {
    await acceptNoticeOf(tx, { personId, version: privacyNoticeVersion, language, now: ctx.clock.now() });
    await audit(tx, ctx, {
      action: 'notice.accepted',
      subjectKind: 'person',
      subjectId: personId,
      personId,
      detail: { version: privacyNoticeVersion, language },
    });
  });
}
