import type { FastifyReply, FastifyRequest } from 'fastify';
import { indiaDay, todayInIndia } from '../../../kernel/dates.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { Card, DataTable, EmptyState, PageHeading, PersonLine, useFrame } from '../../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../../shell/site/index.ts';
import { rolesChangingPersons } from '../../desk/policy.ts';
import { officeOf, personName } from '../../desk/words.ts';
import { RequestTabs } from '../../pages/request-tabs.tsx';
import { openRequestCounts } from '../../request-counts.ts';
import { approveRegistration, refuseRegistration } from '../decide-registration.ts';
import {
  likenessOf,
  listRegistrations,
  requireRegistration,
  revealRegistrationContact,
} from '../registrations.ts';
import { approvalInput, refusalInput, registrationParams } from '../schema.ts';
import type { Registration } from '../store.ts';
import { RegistrationPage } from './registration-page.tsx';

const config = { access: { roles: rolesChangingPersons } };
const one = { config, schema: { params: registrationParams, hide: true } };

/** The nodal officer's list of who asks to be registered, and the decision on each. */
export function registrationsRoutes(app: App): void {
  app.get('/office/registrations', { config, schema: { hide: true } }, async (request, reply) => {
    const [rows, counts] = await Promise.all([
      listRegistrations(request.ctx),
      openRequestCounts(request.ctx),
    ]);
    const title = translator(request.ctx.language)('people.requests');
    return sendPage(
      request,
      reply,
      { title, area: 'office', activeLink: 'requests' },
      <>
        <PageHeading title={title} lead={translator(request.ctx.language)('people.registrationsLead')} />
        <RequestTabs active="registrations" counts={counts} />
        <Card>
          <RegistrationsTable rows={rows} />
        </Card>
      </>,
    );
  });
  app.get('/office/registrations/:registrationId', one, (request, reply) =>
    draw(request, reply, { id: request.params.registrationId, approval: emptyForm, refusal: emptyForm }),
  );
  decisionRoutes(app);
}

function decisionRoutes(app: App): void {
  app.post('/office/registrations/:registrationId/contact', one, async (request, reply) => {
    const id = request.params.registrationId;
    const { mobile } = await revealRegistrationContact(request.ctx, id);
    return draw(request, reply, { id, approval: emptyForm, refusal: emptyForm, revealed: mobile });
  });
  const back = (reply: FastifyReply) => seeOther(reply, '/office/registrations');
  for (const path of ['approval', 'refusal', 'contact'])
    app.get(`/office/registrations/:registrationId/${path}`, one, (request, reply) =>
      seeOther(reply, `/office/registrations/${request.params.registrationId}`),
    );
  app.post('/office/registrations/:registrationId/approval', one, (request, reply) => {
    const id = request.params.registrationId;
    return answerForm(request, reply, {
      schema: approvalInput,
      submit: async (input) => {
        const { personId } = await approveRegistration(request.ctx, { ...input, registrationId: id });
        flash(reply, { kind: 'success', key: 'people.registrationApproved' });
        return seeOther(reply, `/office/persons/${personId}`);
      },
      redraw: (approval) => draw(request, reply, { id, approval, refusal: emptyForm }),
    });
  });
  app.post('/office/registrations/:registrationId/refusal', one, (request, reply) => {
    const id = request.params.registrationId;
    return answerForm(request, reply, {
      schema: refusalInput,
      submit: async ({ reason }) => {
        await refuseRegistration(request.ctx, { registrationId: id, reason });
        flash(reply, { kind: 'success', key: 'people.registrationRefused' });
        return back(reply);
      },
      redraw: (refusal) => draw(request, reply, { id, approval: emptyForm, refusal }),
    });
  });
}

type Drawn = { id: string; approval: FormState; refusal: FormState; revealed?: string };

async function draw(request: FastifyRequest, reply: FastifyReply, drawn: Drawn) {
  const { ctx } = request;
  const { id, approval, refusal, revealed } = drawn;
  const found = await requireRegistration(ctx, id);
  const likeness = await likenessOf(ctx, found);
  const t = translator(ctx.language);
  const title = t('people.registrationTitle', { name: personName(found, ctx.language) });
  const values = { startsOn: todayInIndia(ctx.clock), ...valuesOf(found), ...approval.values };
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'requests',
      width: 'reading',
      hasErrors: approval.errors.length + refusal.errors.length > 0,
      breadcrumbs: [{ label: t('people.requests'), href: '/office/registrations' }, { label: title }],
    },
    <RegistrationPage
      title={title}
      registration={found}
      likeness={likeness}
      approval={{ ...approval, values }}
      refusal={refusal}
      revealed={revealed}
    />,
  );
}

function valuesOf(registration: Registration): Record<string, string> {
  return {
    designation: registration.designation ?? '',
    serviceGroup: registration.serviceGroup ?? '',
    engagement: registration.engagement ?? '',
  };
}

function RegistrationsTable({ rows }: { rows: Registration[] }) {
  const { t, language } = useFrame();
  return (
    <DataTable<Registration>
      caption={t('people.registrations')}
      isCaptionHidden
      rows={rows}
      rowKey={(row) => row.registrationId}
      empty={
        <EmptyState icon="person" title={t('people.noRegistrations')}>
          {t('people.noRegistrationsText')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          label: t('people.nameColumn'),
          isRowHeading: true,
          value: (row) => (
            <PersonLine
              name={personName(row, language)}
              code={row.code}
              href={`/office/registrations/${row.registrationId}`}
            />
          ),
        },
        { key: 'office', label: t('people.officeColumn'), value: (row) => officeOf(row, language) },
        { key: 'designation', label: t('people.designationColumn'), value: (row) => row.designation },
        { key: 'when', label: t('people.askedOn'), kind: 'date', value: (row) => indiaDay(row.requestedAt) },
      ]}
    />
  );
}
