import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDayTime, indiaDay } from '../../../kernel/dates.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  ErrorSummary,
  Form,
  PageHeading,
  PersonLine,
  SummaryList,
  useFrame,
} from '../../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../../shell/site/index.ts';
import { ReasonField } from '../../desk/pages/forms.tsx';
import { rolesChangingPersons } from '../../desk/policy.ts';
import { officeOf, personName } from '../../desk/words.ts';
import { RequestTabs } from '../../pages/request-tabs.tsx';
import { openRequestCounts } from '../../request-counts.ts';
import {
  approveNameRequest,
  listNameRequests,
  type NameCase,
  type NameKey,
  refuseNameRequest,
  requireNameRequest,
} from '../decide-name-request.ts';
import { nameRefusalInput, nameRequestParams } from '../schema.ts';
import type { WaitingName } from '../store.ts';

const config = { access: { roles: rolesChangingPersons } };
const one = { config, schema: { params: nameRequestParams, hide: true } };
const base = '/office/name-requests';

/** Requests for a corrected name, for the nodal officer. */
export function nameRequestsRoutes(app: App): void {
  app.get(base, { config, schema: { hide: true } }, async (request, reply) => {
    const [rows, counts] = await Promise.all([listNameRequests(request.ctx), openRequestCounts(request.ctx)]);
    const t = translator(request.ctx.language);
    return sendPage(
      request,
      reply,
      { title: t('people.requests'), area: 'office', activeLink: 'requests' },
      <>
        <PageHeading title={t('people.requests')} lead={t('people.nameRequestsLead')} />
        <RequestTabs active="names" counts={counts} />
        <Card>
          <NamesTable rows={rows} />
        </Card>
      </>,
    );
  });
  app.get(`${base}/:personId/:nameRequestId`, one, (request, reply) =>
    draw(request, reply, { key: request.params, refusal: emptyForm }),
  );
  for (const path of ['approval', 'refusal'])
    app.get(`${base}/:personId/:nameRequestId/${path}`, one, (request, reply) =>
      seeOther(reply, `${base}/${request.params.personId}/${request.params.nameRequestId}`),
    );
  app.post(`${base}/:personId/:nameRequestId/approval`, one, async (request, reply) => {
    await approveNameRequest(request.ctx, request.params);
    flash(reply, { kind: 'success', key: 'people.nameApproved' });
    return seeOther(reply, base);
  });
  app.post(`${base}/:personId/:nameRequestId/refusal`, one, (request, reply) =>
    answerForm(request, reply, {
      schema: nameRefusalInput,
      submit: async ({ reason }) => {
        await refuseNameRequest(request.ctx, { ...request.params, reason });
        flash(reply, { kind: 'success', key: 'people.nameRefused' });
        return seeOther(reply, base);
      },
      redraw: (refusal) => draw(request, reply, { key: request.params, refusal }),
    }),
  );
}

type Drawn = { key: NameKey; refusal: FormState };

async function draw(request: FastifyRequest, reply: FastifyReply, { key, refusal }: Drawn) {
  const { ctx } = request;
  const found = await requireNameRequest(ctx, key);
  const t = translator(ctx.language);
  const title = t('people.nameRequestTitle', { name: personName(found.person, ctx.language) });
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'requests',
      width: 'reading',
      hasErrors: refusal.errors.length > 0,
      breadcrumbs: [{ label: t('people.requests'), href: base }, { label: title }],
    },
    <NameRequestPage title={title} found={found} refusal={refusal} />,
  );
}

function NamesTable({ rows }: { rows: WaitingName[] }) {
  const { t, language } = useFrame();
  return (
    <DataTable<WaitingName>
      caption={t('people.nameRequests')}
      isCaptionHidden
      rows={rows}
      rowKey={(row) => row.nameRequestId}
      empty={
        <EmptyState icon="person" title={t('people.noNameRequests')}>
          {t('people.noNameRequestsText')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          label: t('people.presentName'),
          isRowHeading: true,
          value: (row) => (
            <PersonLine
              name={personName({ nameHi: row.oldHi, nameEn: row.oldEn }, language)}
              code={row.code ?? undefined}
              href={`${base}/${row.personId}/${row.nameRequestId}`}
            />
          ),
        },
        {
          key: 'new',
          label: t('people.wantedName'),
          value: (row) => [row.nameHi, row.nameEn].filter(Boolean).join(' · '),
        },
        { key: 'office', label: t('people.officeColumn'), value: (row) => officeOf(row, language) },
        { key: 'when', label: t('people.askedOn'), kind: 'date', value: (row) => indiaDay(row.requestedAt) },
      ]}
    />
  );
}

type PageProps = { title: string; found: NameCase; refusal: FormState };

function NameRequestPage({ title, found, refusal }: PageProps) {
  const { t, language } = useFrame();
  const { person, request } = found;
  const path = `${base}/${person.personId}/${request.nameRequestId}`;
  const dash = '–';
  return (
    <>
      <ErrorSummary errors={refusal.errors} />
      <PageHeading
        title={title}
        lead={t('people.askedAt', { when: formatDayTime(request.requestedAt, language) })}
      />
      <Card title={t('people.nameChange')}>
        <SummaryList
          rows={[
            {
              label: t('people.presentName'),
              value: [person.nameHi, person.nameEn].filter(Boolean).join(' · '),
            },
            { label: t('people.nameHiField'), value: request.nameHi ?? dash },
            { label: t('people.nameEnField'), value: request.nameEn ?? dash },
            { label: t('people.reasonField'), value: request.reason },
            {
              label: t('people.employeeCode'),
              value: <a href={`/office/persons/${person.personId}`}>{person.code ?? dash}</a>,
            },
          ]}
        />
      </Card>
      {request.state === 'open' ? (
        <>
          <Card title={t('people.approveTitle')} lead={t('people.nameApproveLead')}>
            <Form action={`${path}/approval`} label={t('people.approveTitle')}>
              <ButtonRow>
                <Button>{t('people.approve')}</Button>
              </ButtonRow>
            </Form>
          </Card>
          <Card title={t('people.refuseTitle')}>
            <Form action={`${path}/refusal`} label={t('people.refuseTitle')}>
              <ReasonField state={refusal} hint={t('people.nameRefuseHint')} />
              <ButtonRow>
                <Button variant="danger">{t('people.refuse')}</Button>
              </ButtonRow>
            </Form>
          </Card>
        </>
      ) : null}
    </>
  );
}
