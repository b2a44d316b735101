import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { ConfirmPanel, PageHeading } from '../../shell/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { deleteDraft } from '../delete-draft.ts';
import { rolesOrdering } from '../policy.ts';
import { ownDraft, sendOffice } from './office-routes.tsx';
import { sayOf } from './person-routes.tsx';
import { orderLine, titleOfOrder } from './words.ts';

const config = { access: { roles: rolesOrdering } } as const;
const params = z.object({ id: z.uuid() });

/** A draft is deleted after a question. */
export function draftDeletionRoutes(app: App): void {
  const path = '/office/orders/:id/deletion';
  app.get(path, { config, schema: { params, hide: true } }, async (request, reply) => {
    const order = await ownDraft(request.ctx, request.params.id, 'or failed');
    const say = sayOf(request);
    const here = `/office/orders/${order.mandateId}`;
    return sendOffice(request, reply, {
      title: say.t('orders.deleteTitle', { number: order.number }),
      crumbs: [{ label: order.number, href: here }],
      body: (
        <>
          <PageHeading title={titleOfOrder(order, say.language)} lead={orderLine(order, say)} />
          <ConfirmPanel
            title={say.t('orders.deleteAsk')}
            consequences={[
              say.t('orders.deleteBinds'),
              say.t('orders.deleteFrees', { number: order.number }),
            ]}
            action={`${here}/deletion?digest=${order.digest}`}
            confirmLabel={say.t('orders.deleteDraft')}
            cancelHref={here}
          />
        </>
      ),
    });
  });
  const querystring = z.object({ digest: z.string().max(100) });
  app.post(path, { config, schema: { params, querystring, hide: true } }, async (request, reply) => {
    const { number } = await deleteDraft(request.ctx, {
      ...{ mandateId: request.params.id, digest: request.query.digest },
    });
    flash(reply, { kind: 'success', key: 'orders.draftDeleted', vars: { number } });
    return seeOther(reply, '/office/orders');
  });
}
