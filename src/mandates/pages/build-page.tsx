import type { FastifyReply, FastifyRequest } from 'fastify';
import { Button, ButtonRow, Card, Form, JobProgress, Notice, PageHeading } from '../../shell/index.ts';
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
  if (progress?.failed)
    return sendOffice(request, reply, {
      title: say.t('orders.buildFailedTitle', { number: order.number }),
      body: <FailedPage {...{ order, say }} failure={progress.failure ?? ''} />,
    });
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

type FailedProps = { order: OrderRow; failure: string; say: Say };

/** What could not be counted: it binds nobody, holds up no other order, and waits for a decision. */
function FailedPage({ order, failure, say }: FailedProps) {
  const { t } = say;
  const publication = `/office/orders/${order.mandateId}/publication`;
  return (
    <>
      <PageHeading
        title={t('orders.buildFailedTitle', { number: order.number })}
        lead={orderLine(order, say)}
      />
      <BuildFailure failure={failure} say={say} />
      <Card title={t('orders.buildWhatNow')} lead={t('orders.buildWhatNowLead')}>
        <Form action={`${publication}?digest=${order.digest}`}>
          <ButtonRow>
            <Button>{t('orders.buildAgain')}</Button>
          </ButtonRow>
        </Form>
        <Form action={`${publication}/ending`}>
          <ButtonRow>
            <Button variant="secondary">{t('orders.buildGiveUp')}</Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}

function stepOf(progress: BuildProgress | undefined) {
  if (!progress?.planned) return 'orders.buildWaits';
  return progress.done < progress.persons ? 'orders.buildFills' : 'orders.buildCounts';
}

/** Why the last attempt to put a draft in force came to nothing. */
export function BuildFailure({ failure, say }: { failure: string; say: Say }) {
  return <Failure title={say.t('orders.buildFailed')} {...{ failure, say }} />;
}

/** Why the figures of every order are those of before. */
export function RecountFailure({ failure, say }: { failure: string; say: Say }) {
  return <Failure title={say.t('orders.recountFailed')} {...{ failure, say }} />;
}

function Failure({ title, failure, say: { language } }: { title: string; failure: string; say: Say }) {
  const [hi = '', en = ''] = failure.split('\n');
  return (
    <Notice tone="needs-you" title={title}>
      <p>{language === 'hi' ? hi : en}</p>
    </Notice>
  );
}
