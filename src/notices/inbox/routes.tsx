import { z } from 'zod';
import { requirePerson } from '../../kernel/context.ts';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { type HomeNotice, homeNoticesOf } from '../../learning/index.ts';
import { Card, EmptyState, PageHeading, useFrame } from '../../shell/index.ts';
import { seeOther, sendPage } from '../../shell/site/index.ts';
import { openNotice } from './open-notices.ts';

const params = z.object({ noticeId: z.uuid() });

/** Everything that the home page says of the first few of; reading it marks nothing as seen. */
function noticesPage(app: App): void {
  app.get('/notices', { config: { access: 'person' }, schema: { hide: true } }, async (request, reply) => {
    const { ctx } = request;
    const t = translator(ctx.language);
    const title = t('notices.noticesTitle');
    const notices = await homeNoticesOf(ctx, requirePerson(ctx));
    return sendPage(
      request,
      reply,
      {
        title,
        area: 'learner',
        activeLink: 'home',
        breadcrumbs: [{ label: t('learning.home'), href: '/' }],
      },
      <NoticesPage notices={notices} />,
    );
  });
}

function NoticesPage({ notices }: { notices: HomeNotice[] }) {
  const { language } = useFrame();
  const t = translator(language);
  return (
    <>
      <PageHeading title={t('notices.noticesTitle')} />
      {notices.length === 0 ? (
        <EmptyState title={t('notices.noticesEmpty')}>{t('notices.noticesEmptyLead')}</EmptyState>
      ) : (
        <Card>
          <ul class="notice-list">
            {notices.map((notice) => (
              <li key={notice.key}>
                <a href={notice.href}>{notice.text}</a>
                <span class="soft fact">{formatDay(indiaDay(notice.madeAt), language)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

/** A notice on the home page leads through here, so that it is not shown again. */
export function inboxRoutes(app: App): void {
  noticesPage(app);
  app.get(
    '/notices/:noticeId',
    { config: { access: 'person' }, schema: { params, hide: true } },
    async (request, reply) => seeOther(reply, await openNotice(request.ctx, request.params.noticeId)),
  );
}
