import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { ConfirmPanel, HiddenFields, PageHeading, useFrame } from '../../shell/index.ts';
import { addSiteLink, flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { queueOf } from '../metrics/database-figures.ts';
import { SystemPage } from './page.tsx';
import { dropJobs, retryJobs } from './settle-jobs.ts';
import { standingOf } from './standing.ts';
import { taskWords } from './words.ts';

const href = '/office/system';
const config = { access: { roles: ['operator'] } };
const aboutTask = z.object({ task: z.string().min(1).max(200) });
const followingSeconds = 30;

export function addSystemLink(): void {
  addSiteLink({
    ...{ key: 'system', area: 'office', label: 'operation.title', href },
    ...{ icon: 'info', roles: ['operator'], group: 'setup', order: 98 },
  });
}

/** For operators: what the doctor finds, queues, counters, disk, slow statements; drawn anew at each look. */
export function systemRoutes(app: App, runtime: Runtime): void {
  const querystring = z.object({ follow: z.string().optional() });
  app.get(href, { config, schema: { querystring, hide: true } }, async (request, reply) => {
    const isFollowing = request.query.follow !== undefined;
    const page = <SystemPage {...{ href, isFollowing }} standing={await standingOf(request.ctx, runtime)} />;
    return draw({ request, reply, refreshSeconds: isFollowing ? followingSeconds : undefined }, page);
  });
  app.post(`${href}/retries`, { config, schema: { body: aboutTask, hide: true } }, async (request, reply) => {
    const count = await retryJobs(request.ctx, request.body.task);
    flash(reply, { kind: 'success', key: 'operation.retried', vars: { count } });
    return seeOther(reply, href);
  });
  removalRoutes(app, runtime);
}

function removalRoutes(app: App, runtime: Runtime): void {
  const asking = { config, schema: { querystring: aboutTask, hide: true } };
  app.get(`${href}/removal`, asking, async (request, reply) => {
    const { task } = request.query;
    const count = (await queueOf(runtime)).find((one) => one.task === task)?.failed ?? 0;
    if (count === 0) throw notFound();
    return draw({ request, reply }, <Removal task={task} count={count} />);
  });
  app.post(
    `${href}/removals`,
    { config, schema: { body: aboutTask, hide: true } },
    async (request, reply) => {
      const count = await dropJobs(request.ctx, request.body.task);
      flash(reply, { kind: 'success', key: 'operation.dropped', vars: { count } });
      return seeOther(reply, href);
    },
  );
}

type Answering = { request: FastifyRequest; reply: FastifyReply; refreshSeconds?: number | undefined };

function draw({ request, reply, refreshSeconds }: Answering, content: Parameters<typeof sendPage>[3]) {
  const title = translator(request.ctx.language)('operation.title');
  const options = {
    title,
    area: 'office',
    activeLink: 'system',
    ...(refreshSeconds ? { refreshSeconds } : {}),
  } as const;
  return sendPage(request, reply, options, content);
}

function Removal({ task, count }: { task: string; count: number }) {
  const { t, language } = useFrame();
  return (
    <>
      <PageHeading title={t('operation.title')} />
      <ConfirmPanel
        title={t('operation.dropTitle', { task: taskWords(task, t) })}
        consequences={[
          t('operation.dropCount', { count: formatNumber(count, language) }),
          t('operation.dropMeaning'),
          t('operation.dropAudited'),
        ]}
        action={`${href}/removals`}
        confirmLabel={t('operation.dropButton')}
        cancelHref={href}
      >
        <HiddenFields values={{ task }} />
      </ConfirmPanel>
    </>
  );
}
