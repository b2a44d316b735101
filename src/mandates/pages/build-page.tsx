import type { FastifyReply, FastifyRequest } from 'fastify';
import { JobProgress, Notice } from '../../shell/index.ts';
import { type BuildProgress, progressOf } from '../stores/builds.ts';
import type { OrderRow } from '../stores/orders.ts';
import { sendOffice } from './office-routes.tsx';
import { sayOf } from './person-routes.tsx';
import { orderLine, type Say } from './words.ts';

const followedEverySeconds = 3;

/** An order that is being put in force: how many are counted already. Once all are, the page is the order's own. */
export async function sendBuild(request: FastifyRequest, reply: FastifyReply, order: OrderRow) {
  const say = sayOf(request);
  const progress = await progressOf(request.ctx.db.read, order.mandateId);
  const isFollowing = (request.query as { follow?: string }).follow !== undefined;
  return sendOffice(request, reply, {
    title: say.t('orders.buildTitle', { number: order.number }),
    refreshSeconds: isFollowing ? followedEverySeconds : undefined,
    body: <BuildPage {...{ order, progress, isFollowing, say }} />,
  });
}

type BuildProps = { order: OrderRow; progress: BuildProgress | undefined; isFollowing: boolean; say: Say };

function BuildPage({ order, progress, isFollowing, say }: BuildProps) {
  const { t } = say;
  const here = `/office/orders/${order.mandateId}`;
  return (
    <>
      <p class="soft">{orderLine(order, say)}</p>
      <JobProgress
        title={t('orders.buildTitle', { number: order.number })}
        done={progress?.done ?? 0}
        total={progress?.persons ?? 0}
        refreshHref={isFollowing ? `${here}?follow=1` : here}
        followHref={isFollowing ? undefined : `${here}?follow=1`}
        stopHref={isFollowing ? here : undefined}
      >
        {t(stepOf(progress))}
      </JobProgress>
    </>
  );
}

function stepOf(progress: BuildProgress | undefined) {
  if (!progress?.planned) return 'orders.buildWaits';
  return progress.done < progress.persons ? 'orders.buildFills' : 'orders.buildCounts';
}

/** Why the last attempt to put a draft in force came to nothing. */
export function BuildFailure({ failure, say: { t, language } }: { failure: string; say: Say }) {
  const [hi = '', en = ''] = failure.split('\n');
  return (
    <Notice tone="needs-you" title={t('orders.buildFailed')}>
      <p>{language === 'hi' ? hi : en}</p>
    </Notice>
  );
}
