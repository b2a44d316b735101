import { formatDay, formatDayTime } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { OfficeAsked, type OfficeRow } from '../../organisations/index.ts';
import {
  BandsBar,
  Button,
  ButtonRow,
  Card,
  DataTable,
  DateField,
  FilterBar,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  SelectField,
  Tag,
  type TagTone,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { ListCounts, ListFace, ListPage } from '../promotion/list.ts';
import type { PromotionRule } from '../promotion/rule.ts';
import { reasonsOf, ruleSentences, ruleTitle } from '../promotion/words.ts';
import { type PromotionRow, type PromotionState, promotionStates } from '../stores/promotion.ts';

export const promotionAddress = '/office/appraisal/promotion';

type Props = {
  face: ListFace & { office: OfficeRow };
  /** Missing where the list is off. */
  found?: { list: ListPage; counts: ListCounts };
  state?: PromotionState;
  q?: string;
  mayEnter: boolean;
};

/** Who of an office has what a rule asks on a day, and why; off until an order is entered. */
export function PromotionPage({ face, found, state, q, mayEnter }: Props) {
  const { t, language } = useFrame();
  const { rule, asOf } = face;
  return (
    <>
      <PageHeading
        title={t('appraisal.promotionTitle')}
        lead={t('appraisal.promotionLead')}
        actions={
          <Button href={`${promotionAddress}/rules`} variant="secondary">
            {t(mayEnter ? 'appraisal.rulesEnter' : 'appraisal.rulesTitle')}
          </Button>
        }
      />
      {rule ? null : <Off day={formatDay(asOf, language)} />}
      <Filter {...{ face, state, q }} />
      {rule && found ? <Found {...{ face: { ...face, rule }, found, state, q }} /> : null}
    </>
  );
}

function Off({ day }: { day: string }) {
  const { t } = useFrame();
  return (
    <Notice title={t('appraisal.promotionOff')}>
      <p>{t('appraisal.promotionOffText', { day })}</p>
    </Notice>
  );
}

function Filter({ face, state, q }: Pick<Props, 'face' | 'state' | 'q'>) {
  const { t, language } = useFrame();
  return (
    <FilterBar action={promotionAddress}>
      {face.rules.length > 1 ? (
        <SelectField
          name="rule"
          label={t('appraisal.rule')}
          value={face.rule?.ruleId}
          emptyLabel={t('appraisal.ruleNewest')}
          options={face.rules.map((one) => ({
            value: one.ruleId,
            label: `${ruleTitle(one, language)} (${one.orderNumber})`,
          }))}
        />
      ) : null}
      <TextField name="q" label={t('appraisal.nameOrCode')} value={q} width="medium" />
      <OfficeAsked value={face.office.code} />
      <DateField name="asOf" label={t('appraisal.asOf')} value={face.asOf} />
      <SelectField
        name="state"
        label={t('appraisal.status')}
        value={state}
        emptyLabel={t('appraisal.which_all')}
        options={promotionStates.map((value) => ({ value, label: t(`appraisal.promotion_${value}`) }))}
      />
    </FilterBar>
  );
}

type FoundProps = {
  face: ListFace & { office: OfficeRow; rule: PromotionRule };
  found: NonNullable<Props['found']>;
  state?: PromotionState;
  q?: string;
};

function Found({ face, found, state, q }: FoundProps) {
  const { t } = useFrame();
  const query = (more: Record<string, string>) =>
    new URLSearchParams({
      rule: face.rule.ruleId,
      office: face.office.code,
      asOf: face.asOf,
      ...(state ? { state } : {}),
      ...more,
    }).toString();
  return (
    <>
      <RuleCard rule={face.rule} />
      <Counts {...{ face, counts: found.counts, query }} />
      <PromotionTable
        {...{ rows: found.list.items, rule: face.rule }}
        nextHref={
          found.list.next
            ? `${promotionAddress}?${query({ after: found.list.next, ...(q ? { q } : {}) })}`
            : undefined
        }
      />
      <ButtonRow>
        <Button href={`${promotionAddress}.csv?${query({})}`} variant="quiet" icon="download">
          {t('appraisal.takeCsv')}
        </Button>
        <Button href={`${promotionAddress}.xlsx?${query({})}`} variant="quiet" icon="download">
          {t('appraisal.takeXlsx')}
        </Button>
      </ButtonRow>
      <p class="soft">{t('appraisal.promotionNote')}</p>
    </>
  );
}

export function RuleCard({ rule }: { rule: PromotionRule }) {
  const { t, language } = useFrame();
  const title = ruleTitle(rule, language);
  return (
    <Card
      title={title}
      lead={t('appraisal.ruleBy', {
        order: rule.orderNumber,
        day: formatDay(rule.orderDate, language),
        office: pick({ hi: rule.officeHi, en: rule.officeEn }, language),
      })}
    >
      <ul>
        {ruleSentences(rule, language).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p class="soft">
        {t(rule.endsOn ? 'appraisal.ruleFromTo' : 'appraisal.ruleFrom', {
          from: formatDay(rule.startsOn, language),
          to: rule.endsOn ? formatDay(rule.endsOn, language) : '',
          order: rule.endOrderNumber ?? '',
        })}
      </p>
    </Card>
  );
}

const bandTones = { met: 'done', open: 'open', disputed: 'overdue', exempt: 'exempt' } as const;

type CountsProps = {
  face: FoundProps['face'];
  counts: ListCounts;
  query(more: Record<string, string>): string;
};

function Counts({ face, counts, query }: CountsProps) {
  const { t, language } = useFrame();
  if (counts.is !== 'counted')
    return (
      <Card title={t('appraisal.promotionCounts')}>
        <p>
          {counts.is === 'counting'
            ? t('appraisal.countingText', { counted: formatNumber(counts.counted, language) })
            : t('appraisal.uncountedText')}
        </p>
        {counts.is === 'counting' ? (
          <ButtonRow>
            <Button href={`${promotionAddress}?${query({})}`} variant="secondary">
              {t('shell.jobRefresh')}
            </Button>
          </ButtonRow>
        ) : (
          <CountForm face={face} />
        )}
      </Card>
    );
  return (
    <Card
      title={t('appraisal.promotionCounts')}
      lead={t('appraisal.asOfDay', { day: formatDay(face.asOf, language) })}
    >
      <BandsBar
        label={t('appraisal.promotionCounts')}
        totalLabel={t('appraisal.promotionAll')}
        bands={promotionStates.map((value) => ({
          label: t(`appraisal.promotion_${value}`),
          value: counts[value],
          tone: bandTones[value],
          href: `${promotionAddress}?${query({ state: value })}`,
        }))}
      />
      {counts.at ? (
        <>
          <p class="soft">{t('appraisal.countedAt', { at: formatDayTime(counts.at, language) })}</p>
          <CountForm face={face} />
        </>
      ) : null}
    </Card>
  );
}

function CountForm({ face }: { face: FoundProps['face'] }) {
  const { t } = useFrame();
  return (
    <Form action={`${promotionAddress}/counts`}>
      <HiddenFields values={{ rule: face.rule.ruleId, office: face.office.code, asOf: face.asOf }} />
      <Button variant="secondary">{t('appraisal.countButton')}</Button>
    </Form>
  );
}

export const stateTones: Record<PromotionState, TagTone> = {
  met: 'done',
  open: 'due',
  disputed: 'overdue',
  exempt: 'neutral',
};

function PromotionTable({
  rows,
  rule,
  nextHref,
}: {
  rows: PromotionRow[];
  rule: PromotionRule;
  nextHref?: string;
}) {
  const { t, language } = useFrame();
  return (
    <DataTable
      caption={t('appraisal.promotionCaption')}
      rows={rows}
      rowKey={(row) => row.personId}
      isCountHidden={nextHref !== undefined}
      empty={
        <>
          <p class="soft">{t(nextHref ? 'appraisal.promotionNoneYet' : 'appraisal.promotionNone')}</p>
          {nextHref ? (
            <ButtonRow>
              <Button href={nextHref} variant="secondary">
                {t('appraisal.lookOn')}
              </Button>
            </ButtonRow>
          ) : null}
        </>
      }
      nextHref={nextHref}
      columns={[
        {
          key: 'name',
          label: t('appraisal.name'),
          isRowHeading: true,
          value: (row) => `${pick({ hi: row.nameHi, en: row.nameEn }, language)} (${row.code ?? '–'})`,
          href: (row) => `/office/appraisal/persons/${row.personId}`,
        },
        {
          key: 'post',
          label: t('appraisal.designation'),
          value: (row) => (
            <>
              {pick({ hi: row.designation, en: row.designationEn }, language) || '–'}
              <span class="soft person-detail">
                {pick({ hi: row.officeHi, en: row.officeEn }, language)} ({row.officeCode})
              </span>
            </>
          ),
        },
        { key: 'state', label: t('appraisal.status'), value: (row) => <PromotionTag state={row.state} /> },
        {
          key: 'reason',
          label: t('appraisal.promotionReason'),
          value: (row) => <Reasons row={row} rule={rule} />,
        },
      ]}
    />
  );
}

export function PromotionTag({ state }: { state: PromotionState }) {
  const { t } = useFrame();
  return <Tag tone={stateTones[state]}>{t(`appraisal.promotion_${state}`)}</Tag>;
}

export function Reasons({ row, rule }: { row: PromotionRow; rule: PromotionRule }) {
  const { language } = useFrame();
  return (
    <>
      {reasonsOf(row, rule.rules, language).map((reason) => (
        <span key={reason} class="person-detail">
          {reason}
        </span>
      ))}
    </>
  );
}

/** On one's own page: where one stands under each rule and why; said to be off where none was entered. */
export function OwnPromotion({ lines }: { lines: { rule: PromotionRule; row: PromotionRow }[] }) {
  const { t, language } = useFrame();
  return (
    <Card
      title={t('appraisal.promotionTitle')}
      lead={t(lines.length > 0 ? 'appraisal.promotionOwnLead' : 'appraisal.promotionOwnOff')}
    >
      {lines.map(({ rule, row }) => (
        <div key={rule.ruleId}>
          <p>
            <strong>{ruleTitle(rule, language)}</strong> <PromotionTag state={row.state} />
          </p>
          <p>{ruleSentences(rule, language).join('; ')}</p>
          <p class="soft">
            {t('appraisal.ruleBy', {
              order: rule.orderNumber,
              day: formatDay(rule.orderDate, language),
              office: pick({ hi: rule.officeHi, en: rule.officeEn }, language),
            })}
          </p>
          <ul>
            {reasonsOf(row, rule.rules, language).map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          {row.orders.length > 0 && row.state === 'open' ? (
            <p>
              <a href="/orders">{t('appraisal.promotionOwnOrders')}</a>
            </p>
          ) : null}
        </div>
      ))}
    </Card>
  );
}
