import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { pick } from '../../kernel/i18n.ts';
import { Button, DataTable, EmptyState, PageHeading, Tabs, Tag } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { markerRoles } from '../policy.ts';
import type { BankRow } from '../stores/banks.ts';
import { bankHref, banksHref, blueprintsHref, nameOf, type Say, sayOf } from './words.ts';

type View = { banks: BankRow[]; mayMake: boolean };

/** The tabs that hold the pages of tests together. */
export function TestTabs({
  at,
  ctx,
  say: { t },
}: {
  at: 'banks' | 'blueprints' | 'marking';
  ctx: Ctx;
  say: Say;
}) {
  const mayMark = scopesOf(ctx.actor, markerRoles).length > 0;
  const marking = { label: t('assessment.marking'), href: '/office/marking', isActive: at === 'marking' };
  return (
    <Tabs
      label={t('assessment.tests')}
      tabs={[
        { label: t('assessment.banks'), href: banksHref, isActive: at === 'banks' },
        { label: t('assessment.blueprints'), href: blueprintsHref, isActive: at === 'blueprints' },
        ...(mayMark ? [marking] : []),
      ]}
    />
  );
}

export function sendBanks(request: FastifyRequest, reply: FastifyReply, { banks, mayMake }: View) {
  const say = sayOf(request);
  const { t, language } = say;
  const make = (
    <Button href={`${banksHref}/new`} icon="plus">
      {t('assessment.newBank')}
    </Button>
  );
  return sendPage(
    request,
    reply,
    { title: t('assessment.banks'), area: 'office', activeLink: 'banks' },
    <>
      <PageHeading
        title={t('assessment.tests')}
        lead={t('assessment.banksLead')}
        actions={mayMake ? make : null}
      />
      <TestTabs at="banks" ctx={request.ctx} say={say} />
      <DataTable<BankRow>
        caption={t('assessment.banks')}
        isCaptionHidden
        rows={banks}
        rowKey={(bank) => bank.code}
        empty={
          <EmptyState icon="quiz" title={t('assessment.noBanks')}>
            {t('assessment.noBanksText')}
          </EmptyState>
        }
        columns={[
          {
            key: 'title',
            label: t('assessment.bank'),
            kind: 'link',
            isRowHeading: true,
            value: (bank) => nameOf(bank, language),
            href: (bank) => bankHref(bank.code),
          },
          { key: 'code', label: t('assessment.code'), value: (bank) => bank.code },
          { key: 'count', label: t('assessment.questions'), kind: 'number', value: (bank) => bank.questions },
          {
            key: 'stale',
            label: t('assessment.twins'),
            value: (bank) =>
              bank.stale > 0 ? (
                <Tag tone="due">{t('assessment.staleCount', { n: bank.stale })}</Tag>
              ) : (
                t('assessment.twinsInStep')
              ),
          },
          {
            key: 'office',
            label: t('assessment.office'),
            value: (bank) =>
              pick({ hi: bank.officeHi, en: bank.officeEn }, language) || t('assessment.everywhere'),
          },
          {
            key: 'state',
            label: t('assessment.state'),
            value: (bank) => (bank.retiredAt ? <Tag>{t('assessment.retired')}</Tag> : t('assessment.inUse')),
          },
        ]}
      />
    </>,
  );
}
