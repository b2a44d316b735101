import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Card,
  DataTable,
  Details,
  EmptyState,
  Notice,
  PageHeading,
  Tag,
  type TagTone,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { type Analysis, fewAttempts, type Item, type ItemVerdict, itemAnalysis } from '../item-analysis.ts';
import { readerRoles } from '../policy.ts';
import { bankHref, banksHref, nameOf, questionHref, type Say, sayOf } from './words.ts';

const byBank = z.object({ bank: z.string().min(1).max(64) });

/** How the questions of a bank did: a plot, and the table it is drawn from. */
export function analysisRoutes(app: App): void {
  app.get(
    '/office/banks/:bank/analysis',
    { config: { access: { roles: readerRoles } }, schema: { params: byBank, hide: true } },
    async (request, reply) =>
      sendAnalysis(request, reply, await itemAnalysis(request.ctx, request.params.bank)),
  );
}

function sendAnalysis(request: FastifyRequest, reply: FastifyReply, { bank, items }: Analysis) {
  const say = sayOf(request);
  const { t, language } = say;
  const title = t('assessment.analysis');
  const tried = items.filter((item) => item.attempts > 0);
  const isSmall = tried.some((item) => item.verdict === 'few');
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'banks',
      breadcrumbs: [
        { label: t('assessment.banks'), href: banksHref },
        { label: nameOf(bank, language), href: bankHref(bank.code) },
      ],
    },
    <>
      <PageHeading title={title} lead={t('assessment.analysisLead')} />
      {tried.length === 0 ? (
        <EmptyState icon="quiz" title={t('assessment.noAttempts')}>
          {t('assessment.noAttemptsText')}
        </EmptyState>
      ) : (
        <>
          {isSmall ? (
            <Notice tone="info" title={t('assessment.smallNumbers')}>
              <p>{t('assessment.smallNumbersText', { n: fewAttempts })}</p>
            </Notice>
          ) : null}
          <Card title={t('assessment.plot')} lead={t('assessment.plotLead')}>
            <Plot items={tried} say={say} />
          </Card>
          <Table
            bank={bank.code}
            items={[...tried, ...items.filter((item) => item.attempts === 0)]}
            say={say}
          />
          <Explained say={say} />
        </>
      )}
    </>,
  );
}

const plot = { top: 12, bottom: 236, height: 272, left: 12, right: 98 };

/** Across: the share that got it right. Up: how well it tells the better from the weaker. */
function Plot({ items, say: { t } }: { items: Item[]; say: Say }) {
  const drawn = items.filter((item) => item.facility !== null && item.discrimination !== null);
  if (drawn.length === 0) return <p class="soft">{t('assessment.plotEmpty')}</p>;
  const x = (share: number) => plot.left + share * (plot.right - plot.left);
  const y = (value: number) => plot.bottom - ((value + 1) / 2) * (plot.bottom - plot.top);
  return (
    <svg
      class="trend-plot"
      width="100%"
      height={plot.height}
      role="img"
      aria-label={t('assessment.plotSpoken', { n: drawn.length })}
    >
      {[-1, -0.5, 0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <line class="grid-line" x1={`${plot.left}%`} x2={`${plot.right}%`} y1={y(tick)} y2={y(tick)} />
          <text class="axis" x={`${plot.left - 1.5}%`} y={y(tick) + 4} text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
        <text key={tick} class="axis" x={`${x(tick)}%`} y={plot.bottom + 20} text-anchor="middle">
          {`${tick * 100}%`}
        </text>
      ))}
      {drawn.map((item) => (
        <g key={item.code}>
          <circle
            class={item.verdict === 'few' ? 'trend-bar unfinished' : 'trend-bar'}
            cx={`${x(item.facility ?? 0)}%`}
            cy={y(item.discrimination ?? 0)}
            r="6"
          >
            <title>{item.code}</title>
          </circle>
          {isOdd(item) ? (
            <text class="axis" x={`${x(item.facility ?? 0) + 1}%`} y={y(item.discrimination ?? 0) + 4}>
              {item.code}
            </text>
          ) : null}
        </g>
      ))}
    </svg>
  );
}

/** Those that ask for a look bear their code in the plot. */
function isOdd({ verdict }: Item): boolean {
  return verdict !== 'few' && verdict !== 'good';
}

const verdicts: Record<ItemVerdict, TagTone> = {
  few: 'neutral',
  checkKey: 'overdue',
  tooHard: 'due',
  tooEasy: 'due',
  weak: 'due',
  good: 'done',
};
const verdictKeys = {
  few: 'assessment.verdictFew',
  checkKey: 'assessment.verdictCheckKey',
  tooHard: 'assessment.verdictTooHard',
  tooEasy: 'assessment.verdictTooEasy',
  weak: 'assessment.verdictWeak',
  good: 'assessment.verdictGood',
} as const;

function Table({ bank, items, say }: { bank: string; items: Item[]; say: Say }) {
  const { t, language } = say;
  const figure = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);
  return (
    <DataTable<Item>
      caption={t('assessment.analysis')}
      isCaptionHidden
      rows={items}
      rowKey={(item) => item.code}
      columns={[
        {
          key: 'text',
          label: t('catalogue.authorQuestion'),
          kind: 'link',
          isRowHeading: true,
          value: (item) => pick(item.content.text, language),
          href: (item) => questionHref(bank, item.code),
        },
        { key: 'code', label: t('assessment.code'), value: (item) => item.code },
        { key: 'attempts', label: t('assessment.papers'), kind: 'number', value: (item) => item.attempts },
        { key: 'blank', label: t('assessment.leftBlank'), kind: 'number', value: (item) => item.blank },
        {
          key: 'facility',
          label: t('assessment.facility'),
          kind: 'percent',
          value: (item) => (item.facility === null ? null : Math.round(item.facility * 100)),
        },
        {
          key: 'discrimination',
          label: t('assessment.discrimination'),
          value: (item) => figure(item.discrimination) ?? '–',
        },
        {
          key: 'choices',
          label: t('assessment.choices'),
          value: (item) => <Choices item={item} say={say} />,
        },
        {
          key: 'verdict',
          label: t('assessment.verdict'),
          value: (item) =>
            item.attempts === 0 ? (
              '–'
            ) : (
              <Tag tone={verdicts[item.verdict]}>{t(verdictKeys[item.verdict])}</Tag>
            ),
        },
      ]}
    />
  );
}

/** Each option with how often it was chosen; one that nobody takes distracts nobody. */
function Choices({ item, say: { t, language } }: { item: Item; say: Say }) {
  const { content } = item;
  if (item.attempts === 0 || !('options' in content)) return '–';
  const countOf = (code: string) => item.choices.find((one) => one.choice === code)?.count ?? 0;
  return (
    <Details summary={content.options.map((option) => countOf(option.code)).join(' · ')}>
      <ul>
        {content.options.map((option) => (
          <li key={option.code}>
            {pick(option.text, language)}: {countOf(option.code)}{' '}
            {option.correct ? `(${t('assessment.right')})` : ''}
          </li>
        ))}
      </ul>
    </Details>
  );
}

function Explained({ say: { t } }: { say: Say }) {
  return (
    <Details summary={t('assessment.howToRead')}>
      <p>{t('assessment.readFacility')}</p>
      <p>{t('assessment.readDiscrimination')}</p>
      <p>{t('assessment.readRevision')}</p>
    </Details>
  );
}
