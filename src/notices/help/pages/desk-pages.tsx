import { formatDayTime } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { type MessageKey, pick } from '../../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  PersonLine,
  SummaryList,
  Tabs,
  TextArea,
  useFrame,
} from '../../../shell/index.ts';
import type { DeskCase, DeskCounts, DeskTab } from '../help-views.ts';
import type { DeskHelp } from '../store.ts';
import { shorten } from './help-pages.tsx';
import { StateTag, Thread } from './thread.tsx';

export function DeskTabs({ active, counts }: { active: DeskTab; counts: DeskCounts }) {
  const { t } = useFrame();
  const tab = (key: DeskTab, href: string, count?: number) => ({
    label: t(`notices.tab${key[0]?.toUpperCase()}${key.slice(1)}` as MessageKey),
    href,
    count,
    isActive: key === active,
  });
  return (
    <Tabs
      label={t('notices.deskTitle')}
      tabs={[
        tab('mine', '/office/help', counts.mine),
        tab('below', '/office/help?tab=below', counts.below),
        tab('closed', '/office/help?tab=closed'),
        ...(counts.visitors === null ? [] : [tab('visitors', '/office/help/visitors', counts.visitors)]),
      ]}
    />
  );
}

type DeskProps = { title: string; tab: 'mine' | 'below' | 'closed'; rows: DeskHelp[]; counts: DeskCounts };

export function DeskPage({ title, tab, rows, counts }: DeskProps) {
  const { t, language } = useFrame();
  return (
    <>
      <PageHeading title={title} lead={t('notices.deskLead')} />
      <DeskTabs active={tab} counts={counts} />
      <Card>
        <DataTable<DeskHelp>
          caption={title}
          isCaptionHidden
          rows={rows}
          rowKey={(row) => row.helpRequestId}
          empty={
            <EmptyState icon="check" title={t('notices.noneOnDesk')}>
              {t('notices.noneOnDeskText')}
            </EmptyState>
          }
          columns={[
            {
              key: 'text',
              label: t('notices.question'),
              isRowHeading: true,
              value: (row) => shorten(row.firstText),
              href: (row) => `/office/help/${row.personId}/${row.helpRequestId}`,
            },
            {
              key: 'who',
              label: t('notices.asker'),
              value: (row) => (
                <PersonLine
                  name={pick({ hi: row.nameHi, en: row.nameEn }, language)}
                  code={row.code ?? undefined}
                  detail={pick({ hi: row.officeHi, en: row.officeEn }, language)}
                />
              ),
            },
            { key: 'page', label: t('notices.aboutPage'), value: (row) => <code>{row.pagePath}</code> },
            {
              key: 'when',
              label: t('notices.changed'),
              value: (row) => formatDayTime(row.changedAt, language),
            },
            { key: 'state', label: t('notices.state'), value: (row) => <StateTag state={row.state} /> },
          ]}
        />
      </Card>
    </>
  );
}

type CaseProps = { title: string; found: DeskCase; state: FormState };

export function DeskCasePage({ title, found, state }: CaseProps) {
  const { t, language } = useFrame();
  const { request, messages } = found;
  const base = `/office/help/${request.personId}/${request.helpRequestId}`;
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={<StateTag state={request.state} />} />
      <Card>
        <SummaryList
          rows={[
            {
              label: t('notices.asker'),
              value: (
                <PersonLine
                  name={pick({ hi: request.nameHi, en: request.nameEn }, language)}
                  code={request.code ?? undefined}
                />
              ),
            },
            {
              label: t('notices.office'),
              value: pick({ hi: request.officeHi, en: request.officeEn }, language) || '–',
            },
            { label: t('notices.aboutPage'), value: <a href={request.pagePath}>{request.pagePath}</a> },
            ...(request.courseCode ? [{ label: t('notices.course'), value: request.courseCode }] : []),
            { label: t('notices.askedIn'), value: t(`notices.language_${request.language}` as MessageKey) },
          ]}
        />
      </Card>
      <Thread messages={messages} />
      <AnswerCard base={base} state={state} />
      <Form action={`${base}/${request.state === 'closed' ? 'reopening' : 'closing'}`}>
        <ButtonRow>
          <Button variant="secondary">
            {t(request.state === 'closed' ? 'notices.reopen' : 'notices.close')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}

function AnswerCard({ base, state }: { base: string; state: FormState }) {
  const { t } = useFrame();
  return (
    <Card title={t('notices.writeAnswer')}>
      <Form action={`${base}/answers`}>
        <TextArea
          name="text"
          label={t('notices.answer')}
          hint={t('notices.answerHint')}
          rows={5}
          maxLength={4000}
          value={state.values['text']}
          error={errorFor(state.errors, 'text')}
        />
        <ButtonRow>
          <Button>{t('notices.sendAnswer')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}
