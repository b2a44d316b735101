import type { FormState } from '../../kernel/http/answer-form.ts';
import { tagName } from '../../learning/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  Details,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  Notice,
  PageHeading,
  SummaryList,
  Tag,
  TextArea,
} from '../../shell/index.ts';
import { type CampaignState, stateOf } from '../state.ts';
import type { Campaign } from '../stores/campaigns.ts';
import {
  campaignHref,
  daysText,
  lengthText,
  nameOf,
  type Say,
  stateKeys,
  stateTones,
  titleOf,
} from './words.ts';

type ListProps = { campaigns: readonly Campaign[]; today: string; say: Say };

export function OfficeCampaigns({ campaigns, today, say }: ListProps) {
  const { t } = say;
  const add = (
    <Button href="/office/campaigns/new" icon="plus">
      {t('campaigns.new')}
    </Button>
  );
  return (
    <>
      <PageHeading title={t('campaigns.nav')} lead={t('campaigns.navLead')} actions={add} />
      {campaigns.length === 0 ? (
        <EmptyState title={t('campaigns.listNone')}>{t('campaigns.listNoneText')}</EmptyState>
      ) : (
        <Card>
          <DataTable
            caption={t('campaigns.nav')}
            isCaptionHidden
            rows={[...campaigns]}
            rowKey={(row) => row.code}
            columns={[
              {
                key: 'title',
                label: t('campaigns.title'),
                kind: 'link',
                isRowHeading: true,
                value: (row) => titleOf(row, say),
                href: (row) => campaignHref(row.code),
              },
              {
                key: 'state',
                label: t('campaigns.state'),
                value: (row) => t(stateKeys[stateOf(row, today)]),
              },
              { key: 'office', label: t('campaigns.office'), value: (row) => officeOf(row, say) },
              { key: 'from', label: t('campaigns.fromDay'), kind: 'date', value: (row) => row.fromDay },
              { key: 'to', label: t('campaigns.toDay'), kind: 'date', value: (row) => row.toDay },
              {
                key: 'target',
                label: t('campaigns.target'),
                value: (row) => lengthText(row.targetMinutes, say),
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}

type PageProps = { campaign: Campaign; state: CampaignState; form: FormState; say: Say };

/** What was entered, and what can be done with it now. */
export function OfficeCampaignPage({ campaign, state, form, say }: PageProps) {
  const { t, language } = say;
  const href = `/office${campaignHref(campaign.code)}`;
  const by = language === 'hi' ? campaign.enteredByHi : campaign.enteredByEn;
  const isAsking = state === 'draft' && form.values['asks'] !== undefined;
  const rows = [
    { label: t('campaigns.code'), value: campaign.code },
    { label: t('campaigns.days'), value: daysText(campaign, say) },
    { label: t('campaigns.office'), value: officeOf(campaign, say) },
    { label: t('campaigns.target'), value: lengthText(campaign.targetMinutes, say) },
    { label: t('campaigns.tags'), value: campaign.tags.map((tag) => tagName(tag, t)).join(', ') || '–' },
    { label: t('campaigns.orderNumber'), value: campaign.orderNumber ?? '–' },
    { label: t('campaigns.enteredBy'), value: by ?? t('campaigns.bySystem') },
    ...(campaign.cancelReason ? [{ label: t('campaigns.reason'), value: campaign.cancelReason }] : []),
  ];
  return (
    <>
      <ErrorSummary errors={form.errors} />
      <PageHeading
        title={titleOf(campaign, say)}
        actions={<Tag tone={stateTones[state]}>{t(stateKeys[state])}</Tag>}
      />
      {state === 'draft' ? <Draft {...{ href, campaign, isAsking, say }} /> : null}
      <Card>
        <SummaryList rows={rows} />
        {isAsking ? (
          <Announcement href={href} say={say} />
        ) : (
          <ButtonRow>
            <Button href={campaignHref(campaign.code)} variant="secondary">
              {t('campaigns.seePage')}
            </Button>
          </ButtonRow>
        )}
      </Card>
      {state === 'ended' || state === 'cancelled' ? null : <Cancel {...{ href, form, say }} />}
    </>
  );
}

type DraftProps = { href: string; campaign: Campaign; isAsking: boolean; say: Say };

/** What is announced is not changed any more, and all below see it: it is asked first. */
function Draft({ href, campaign, isAsking, say }: DraftProps) {
  const { t } = say;
  if (isAsking)
    return (
      <Notice tone="needs-you" title={t('campaigns.announceAsk')}>
        <p>
          {t('campaigns.announceAskText', { office: officeOf(campaign, say), days: daysText(campaign, say) })}
        </p>
      </Notice>
    );
  return (
    <Notice tone="needs-you" title={t('campaigns.draftTitle')}>
      <p>{t('campaigns.draftText')}</p>
      <Form action={`${href}/announcement`} label={t('campaigns.announce')}>
        <ButtonRow>
          <Button type="submit">{t('campaigns.announce')}</Button>
          <Button href={`${href}/editing`} variant="secondary">
            {t('campaigns.edit')}
          </Button>
        </ButtonRow>
      </Form>
    </Notice>
  );
}

/** Below what is announced, not where the first press was: a double click must not be both. */
function Announcement({ href, say: { t } }: { href: string; say: Say }) {
  return (
    <Form action={`${href}/announcement`} label={t('campaigns.announceSure')}>
      <input type="hidden" name="sure" value="yes" />
      <ButtonRow>
        <Button type="submit">{t('campaigns.announceSure')}</Button>
        <Button href={href} variant="secondary">
          {t('campaigns.announceBack')}
        </Button>
      </ButtonRow>
    </Form>
  );
}

function Cancel({ href, form, say: { t } }: { href: string; form: FormState; say: Say }) {
  const error = errorFor(form.errors, 'reason');
  return (
    <Card>
      <Details summary={t('campaigns.cancel')} isOpen={error !== undefined}>
        <Form action={`${href}/cancellation`} label={t('campaigns.cancel')}>
          <TextArea
            name="reason"
            label={t('campaigns.reason')}
            hint={t('campaigns.reasonHint')}
            value={form.values['reason']}
            error={error}
            rows={3}
            maxLength={500}
          />
          <Button type="submit" variant="danger">
            {t('campaigns.cancel')}
          </Button>
        </Form>
      </Details>
    </Card>
  );
}

function officeOf(campaign: Campaign, say: Say): string {
  return nameOf({ nameHi: campaign.officeHi, nameEn: campaign.officeEn }, say);
}
