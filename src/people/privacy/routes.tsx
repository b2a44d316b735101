import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { PageHeading } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { privacyNoticeVersion } from './notice-text.ts';
import { PrivacyNotice } from './privacy-notice.tsx';

/** Open to everybody, also to who has not accepted it yet. */
export function privacyRoutes(app: App): void {
  app.get(
    '/privacy',
    { config: { access: 'public', beforeSecondFactor: true }, schema: { hide: true } },
    async (request, reply) => {
      const t = translator(request.ctx.language);
      const title = t('people.privacyTitle');
      const lead = t('people.privacyLead', { version: privacyNoticeVersion });
      return sendPage(
        request,
        reply,
        { title },
        <>
          <PageHeading title={title} lead={lead} />
          <PrivacyNotice />
        </>,
      );
    },
  );
}
