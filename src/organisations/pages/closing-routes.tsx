import type { FastifyReply, FastifyRequest } from 'fastify';
import { todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { ConfirmPanel, DateField, ErrorSummary, errorFor, PageHeading } from '../../shell/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { closeOffice, reopenOffice } from '../desk/close-office.ts';
import { viewOffice } from '../desk/office-view.ts';
import { closing } from '../desk/schema.ts';
import { type Drawn, keeperRoute, officeForm, officeHref, sendAboutOffice } from './office-form.tsx';

/** The closing of an office after a day, and its taking back. */
export function closingRoutes(app: App): void {
  officeForm(app, {
    path: 'closing',
    schema: closing,
    submit: async (ctx, code, { validUntil }) => {
      await closeOffice(ctx, { code, validUntil });
      return code;
    },
    done: 'organisations.closedNow',
    draw: (request, reply, drawn) =>
      (drawn.office.validUntil ? drawReopening : drawClosing)(request, reply, drawn),
  });
  const url = '/office/offices/:code/reopening';
  app.get(url, keeperRoute, async (request, reply) =>
    seeOther(reply, `${officeHref(request.params.code)}/closing`),
  );
  app.post(url, keeperRoute, async (request, reply) => {
    await reopenOffice(request.ctx, request.params.code);
    flash(reply, { kind: 'success', key: 'organisations.reopened' });
    return seeOther(reply, officeHref(request.params.code));
  });
}

async function drawClosing(request: FastifyRequest, reply: FastifyReply, drawn: Drawn) {
  const { ctx } = request;
  const { office, state } = drawn;
  const t = translator(ctx.language);
  const view = await viewOffice(ctx, office.code);
  const people = view.posted.reduce((sum, row) => sum + row.count, 0);
  return sendAboutOffice(request, reply, { ...drawn, title: 'organisations.closeTitle' }, (title) => (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} />
      <ConfirmPanel
        title={t('organisations.closeConsequences')}
        consequences={[
          t('organisations.closeNeedsEmpty', { people, offices: view.rows.length }),
          t('organisations.closeKeeps'),
        ]}
        action={`${officeHref(office.code)}/closing`}
        confirmLabel={t('organisations.close')}
        cancelHref={officeHref(office.code)}
        isReversible
      >
        <DateField
          name="validUntil"
          label={t('organisations.lastDay')}
          value={state.values['validUntil'] ?? todayInIndia(ctx.clock)}
          error={errorFor(state.errors, 'validUntil')}
        />
      </ConfirmPanel>
    </>
  ));
}

function drawReopening(request: FastifyRequest, reply: FastifyReply, drawn: Drawn) {
  const t = translator(request.ctx.language);
  const base = officeHref(drawn.office.code);
  return sendAboutOffice(request, reply, { ...drawn, title: 'organisations.reopenTitle' }, (title) => (
    <>
      <PageHeading title={title} />
      <ConfirmPanel
        title={title}
        consequences={[t('organisations.reopenText')]}
        action={`${base}/reopening`}
        confirmLabel={t('organisations.reopen')}
        cancelHref={base}
        isReversible
      />
    </>
  ));
}
