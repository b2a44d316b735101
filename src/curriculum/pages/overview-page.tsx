import { monthName, monthPoint } from '../../insight/index.ts';
import { formatDay } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { formatNumber, formatPercent } from '../../kernel/numbers.ts';
import {
  Card,
  type Column,
  DataTable,
  EmptyState,
  Grid,
  Stat,
  StatStrip,
  Tag,
  TrendBars,
} from '../../shell/index.ts';
import { type Kind, kinds } from '../rules/compliance.ts';
import type { Counts, Coverage, Group } from '../rules/read-coverage.ts';
import type { Say } from '../words.ts';
import { DayRemark, Heading, PlaceFilter, SisterPages } from './frame.tsx';
import { Doubts } from './rules-page.tsx';
import { addressOf, ruleSource, ruleText } from './words.ts';

type Props = { coverage: Coverage; asked: string | undefined; today: string; say: Say };

/** How much of what is taught, planned and collected has the parts that the order asks for. */
export function OverviewPage({ coverage, asked, today, say }: Props) {
  const { t } = say;
  const { office, asOf } = coverage;
  const params = { office: office.code, asOf: asOf === today ? undefined : asOf };
  return (
    <>
      <Heading title={t('curriculum.overviewTitle')} office={office} asOf={asOf} say={say} />
      <SisterPages active="" params={params} say={say} />
      <DayRemark {...{ asked, asOf, today, say }} />
      <StatStrip>
        {kinds.map((kind) => (
          <KindStat key={kind} {...{ kind, coverage, params, say }} />
        ))}
      </StatStrip>
      <RulesCard coverage={coverage} say={say} />
      <Card title={t('curriculum.departments')}>
        <GroupTable title={t('curriculum.department')} groups={coverage.departments} say={say} />
      </Card>
      <Grid>
        <Card title={t('curriculum.institutes')} lead={t('curriculum.institutesLead')}>
          <GroupTable title={t('curriculum.institute')} groups={coverage.institutes} say={say} />
        </Card>
        <TrendCard coverage={coverage} say={say} />
      </Grid>
      <PlaceFilter tab="" office={office} asOf={asOf} today={today} say={say} />
    </>
  );
}

type KindProps = { kind: Kind; coverage: Coverage; params: Record<string, string | undefined>; say: Say };

function KindStat({ kind, coverage, params, say: { t, language } }: KindProps) {
  const counts = coverage.kinds[kind];
  const n = (value: number) => formatNumber(value, language);
  const isUnder = counts.underRule > 0;
  return (
    <Stat
      label={t(`curriculum.kinds_${kind}`)}
      value={isUnder ? counts.complying : null}
      detail={
        isUnder ? (
          <>
            {t('curriculum.ofUnderRule', {
              n: n(counts.underRule),
              share: formatPercent(counts.complying, counts.underRule),
            })}
            {counts.failing > 0 ? (
              <>
                <br />
                <a href={addressOf('/failing', { ...params, kind })}>
                  {t('curriculum.failingN', { n: n(counts.failing), reasoned: n(counts.reasoned) })}
                </a>
              </>
            ) : null}
          </>
        ) : (
          t(counts.inForce > 0 ? 'curriculum.noneUnderRule' : 'curriculum.noneInForce', {
            n: n(counts.inForce),
          })
        )
      }
      definitionHref="/office/definitions#curriculum_coverage"
      explanation={t('curriculum.countExplained')}
    />
  );
}

function RulesCard({ coverage, say }: { coverage: Coverage; say: Say }) {
  const { t } = say;
  return (
    <Card title={t('curriculum.rulesNow')}>
      {coverage.rules.length === 0 ? (
        <EmptyState title={t('curriculum.rulesNone')} icon="order" headingLevel={3}>
          {t('curriculum.rulesNoneAdvice')}
        </EmptyState>
      ) : (
        coverage.rules.map((rule) => (
          <div key={rule.ruleId}>
            <p>
              <b>{ruleText(rule, say)}</b>{' '}
              <Tag tone={rule.enforcement === 'blocking' ? 'overdue' : 'due'}>
                {t(`curriculum.${rule.enforcement}`)}
              </Tag>
            </p>
            <p class="soft">{ruleSource(rule, say)}</p>
            <Doubts rule={rule} say={say} />
          </div>
        ))
      )}
    </Card>
  );
}

type TableProps = { title: string; groups: Group[]; say: Say };

function GroupTable({ title, groups, say: { t, language } }: TableProps) {
  const number = (key: keyof Counts): Column<Group> => ({
    key,
    label: t(`curriculum.${key as 'inForce' | 'underRule' | 'complying' | 'failing'}`),
    kind: 'number',
    value: (row) => row[key],
  });
  return (
    <DataTable
      caption={title}
      isCaptionHidden
      isCountHidden
      isCompact
      rows={groups}
      rowKey={(row) => row.code}
      empty={t('curriculum.groupsNone')}
      columns={[
        {
          key: 'name',
          label: title,
          kind: 'link',
          isRowHeading: true,
          value: (row) => pick({ hi: row.nameHi, en: row.nameEn }, language),
          href: (row) => (row.isBelow ? addressOf('', { office: row.code }) : undefined),
        },
        number('inForce'),
        number('underRule'),
        number('complying'),
        number('failing'),
        {
          key: 'share',
          label: t('curriculum.share'),
          kind: 'percent',
          value: (row) => (row.underRule === 0 ? null : (100 * row.complying) / row.underRule),
        },
      ]}
    />
  );
}

function TrendCard({ coverage, say: { t, language } }: { coverage: Coverage; say: Say }) {
  const { trend, asOf } = coverage;
  const last = trend.at(-1);
  const lead = [t('curriculum.trendLead')];
  if (last?.isUnfinished) lead.push(t('curriculum.trendUnfinished', { day: formatDay(asOf, language) }));
  const share = (of: { underRule: number; complying: number }) =>
    `${formatNumber(of.complying, language)} / ${formatNumber(of.underRule, language)}`;
  return (
    <Card title={t('curriculum.trend')} lead={lead.join('; ')}>
      {trend.every((month) => month.underRule === 0) ? (
        <p class="soft">{t('curriculum.trendNone')}</p>
      ) : (
        <TrendBars
          label={t('curriculum.complying')}
          isLastUnfinished={last?.isUnfinished}
          points={trend.map((month) => ({
            ...monthPoint(month.month, language),
            longLabel: `${monthName(month.month, language, 'long')} (${share(month)})`,
            value: month.complying,
          }))}
        />
      )}
    </Card>
  );
}
