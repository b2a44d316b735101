import { formatDayTime } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { maskMobile, RevealContact } from '../../../people/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  Notice,
  PageHeading,
  Prose,
  SummaryList,
  TextArea,
  useFrame,
} from '../../../shell/index.ts';
import type { DeskCounts } from '../help-views.ts';
import type { VisitorRequest } from '../store.ts';
import { DeskTabs } from './desk-pages.tsx';
import { shorten } from './help-pages.tsx';
import { StateTag } from './thread.tsx';

type ListProps = { title: string; rows: VisitorRequest[]; counts: DeskCounts; state: 'open' | 'closed' };

export function VisitorsPage({ title, rows, counts, state }: ListProps) {
  const { t, language } = useFrame();
  const other = state === 'open' ? 'closed' : 'open';
  return (
    <>
      <PageHeading title={title} lead={t('notices.visitorsLead')} />
      <DeskTabs active="visitors" counts={counts} />
      <Card>
        <DataTable<VisitorRequest>
          caption={t('notices.tabVisitors')}
          isCaptionHidden
          rows={rows}
          rowKey={(row) => row.visitorId}
          empty={
            <EmptyState icon="check" title={t('notices.noneOnDesk')}>
              {t('notices.noVisitorsText')}
            </EmptyState>
          }
          columns={[
            {
              key: 'text',
              label: t('notices.question'),
              isRowHeading: true,
              value: (row) => shorten(row.text),
              href: (row) => `/office/help/visitors/${row.visitorId}`,
            },
            { key: 'name', label: t('notices.asker'), value: (row) => row.name },
            {
              key: 'when',
              label: t('notices.askedAt'),
              value: (row) => formatDayTime(row.askedAt, language),
            },
            { key: 'state', label: t('notices.state'), value: (row) => <StateTag state={row.state} /> },
          ]}
        />
      </Card>
      <p>
        <a href={`/office/help/visitors?state=${other}`}>
          {t(other === 'closed' ? 'notices.seeClosed' : 'notices.seeOpen')}
        </a>
      </p>
    </>
  );
}

type OneProps = {
  title: string;
  found: VisitorRequest;
  state: FormState;
  /** The whole mobile, once somebody has asked for it. */
  revealed?: string;
};

export function VisitorPage({ title, found, state, revealed }: OneProps) {
  const { t, language } = useFrame();
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={formatDayTime(found.askedAt, language)} />
      <Card title={t('notices.question')}>
        <Prose>
          <p>{found.text}</p>
        </Prose>
        <SummaryList
          rows={[
            {
              label: t('notices.mobileField'),
              value: revealed ?? (found.mobile ? maskMobile(found.mobile) : '–'),
            },
            { label: t('notices.codeField'), value: found.code ?? '–' },
            { label: t('notices.aboutPage'), value: <code>{found.pagePath}</code> },
          ]}
        />
        {revealed || !found.mobile ? null : (
          <RevealContact action={`/office/help/visitors/${found.visitorId}/contact`} />
        )}
      </Card>
      <Notice tone="needs-you">
        <p>{t('notices.unproved')}</p>
      </Notice>
      {found.state === 'closed' ? (
        <Card title={t('notices.state_closed')}>
          <p>{found.closingNote}</p>
        </Card>
      ) : (
        <Card title={t('notices.closeVisitor')}>
          <Form action={`/office/help/visitors/${found.visitorId}/closing`}>
            <TextArea
              name="note"
              label={t('notices.noteField')}
              hint={t('notices.noteHint')}
              rows={3}
              maxLength={2000}
              value={state.values['note']}
              error={errorFor(state.errors, 'note')}
            />
            <ButtonRow>
              <Button>{t('notices.close')}</Button>
            </ButtonRow>
          </Form>
        </Card>
      )}
    </>
  );
}
