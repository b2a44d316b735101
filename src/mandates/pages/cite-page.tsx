import { formatDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  ButtonRow,
  Card,
  ConfirmPanel,
  DateField,
  ErrorSummary,
  errorFor,
  Form,
  HiddenFields,
  PageHeading,
  SummaryList,
  Tag,
  TextField,
} from '../../shell/index.ts';
import type { MandateFigures } from '../mandate-summary.ts';
import { lastDayOf } from '../rules/last-day.ts';
import type { OrderRow } from '../stores/orders.ts';
import { orderLine, type Say, titleOfOrder } from './words.ts';

export type CiteKind = 'extension' | 'withdrawal';
type CiteProps = { order: OrderRow; kind: CiteKind; state: FormState; say: Say };

/** An order that extends or withdraws another: an order of its own, with number, date and issuer. */
export function CiteFormPage({ order, kind, state, say }: CiteProps) {
  const { t, language } = say;
  const { values, errors } = state;
  const field = (name: string) => ({ name, value: values[name], error: errorFor(errors, name) });
  const isExtension = kind === 'extension';
  return (
    <>
      <ErrorSummary
        errors={errors}
        labels={{
          number: t('orders.newNumber'),
          orderDate: t('orders.orderDate'),
          issuer: t('orders.issuer'),
          titleHi: t('orders.titleHi'),
          day: t(isExtension ? 'orders.untilDay' : 'orders.effectiveOn'),
        }}
      />
      <PageHeading
        title={values['seen'] ? t('orders.editTitle') : t(citeTitle(order, kind), { number: order.number })}
        lead={titleOfOrder(order, language)}
      />
      <Card lead={t(citeLead(order, kind))}>
        <Form action={`/office/orders/${order.mandateId}/${kind}`}>
          <HiddenFields values={{ seen: values['seen'] || undefined }} />
          <TextField
            {...field('number')}
            label={t('orders.newNumber')}
            hint={t('orders.numberHint')}
            maxLength={200}
          />
          <DateField {...field('orderDate')} label={t('orders.orderDate')} />
          <TextField {...field('issuer')} label={t('orders.issuer')} maxLength={300} />
          <TextField
            {...field('issuerEn')}
            label={t('orders.issuerEn')}
            maxLength={300}
            lang="en"
            isOptional
          />
          <TextField {...field('titleHi')} label={t('orders.titleHi')} maxLength={500} lang="hi" />
          <TextField {...field('titleEn')} label={t('orders.titleEn')} maxLength={500} lang="en" isOptional />
          {isExtension ? (
            <DateField {...field('day')} label={t('orders.untilDay')} hint={lastDayHint(order, say)} />
          ) : order.kind === 'extension' ? null : (
            <DateField {...field('day')} label={t('orders.effectiveOn')} />
          )}
          <ButtonRow>
            <Button>{t('orders.citeSave')}</Button>
            <Button variant="quiet" href={`/office/orders/${order.mandateId}`}>
              {t('common.cancel')}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}

export function citeTitle({ kind: cited }: OrderRow, kind: CiteKind) {
  if (kind === 'withdrawal') return 'orders.withdrawTitle';
  return cited === 'extension' ? 'orders.shortenTitle' : 'orders.extendTitle';
}

function citeLead({ kind: cited }: OrderRow, kind: CiteKind) {
  if (cited === 'extension') return kind === 'withdrawal' ? 'orders.takeBackLead' : 'orders.shortenLead';
  return kind === 'withdrawal' ? 'orders.withdrawLead' : 'orders.extendLead';
}

function lastDayHint(order: OrderRow, { t, language }: Say): string | undefined {
  const last = order.kind === 'extension' ? order.until : lastDayOf(order);
  return last ? t('orders.nowUntil', { day: formatDay(last, language) }) : undefined;
}

type CitedProps = {
  order: OrderRow;
  cited: OrderRow | undefined;
  day: string | null;
  /** Where those stand today whom the cited order binds; none once it is in force. */
  today: MandateFigures | undefined;
  /** It is an extension that counts, and its reader may take it back. */
  mayCite: boolean;
  say: Say;
};

/** An order that extends or withdraws: what it does to which, and the last question while it is a draft. */
export function CitedOrderPage({ order, cited, day, today, mayCite, say }: CitedProps) {
  const { t, language } = say;
  const does = doesText(order, day, say);
  return (
    <>
      <PageHeading
        title={titleOfOrder(order, language)}
        lead={
          <>
            {orderLine(order, say)}{' '}
            {order.state === 'draft' ? <Tag tone="draft">{t('orders.stateDraft')}</Tag> : null}
          </>
        }
        actions={
          order.state === 'draft' ? (
            <>
              <Button href={`/office/orders/${order.mandateId}/edit`} variant="secondary">
                {t('orders.edit')}
              </Button>
              <Button href={`/office/orders/${order.mandateId}/deletion`} variant="quiet">
                {t('orders.deleteDraft')}
              </Button>
            </>
          ) : null
        }
      />
      <Card title={t('orders.says')}>
        <p>
          <b>{does}</b>
        </p>
        {cited ? (
          <SummaryList
            rows={[
              {
                label: t('orders.citedOrder'),
                value: <a href={`/office/orders/${cited.mandateId}`}>{titleOfOrder(cited, language)}</a>,
              },
            ]}
          />
        ) : null}
        {mayCite ? (
          <p>
            <a href={`/office/orders/${order.mandateId}/extension`}>{t('orders.giveOtherDay')}</a>
            {' · '}
            <a href={`/office/orders/${order.mandateId}/withdrawal`}>{t('orders.withdraw')}</a>
          </p>
        ) : null}
        {order.isTakenBack ? <p>{t('orders.takenBackBefore')}</p> : null}
      </Card>
      {order.state === 'draft' ? (
        <ConfirmPanel
          title={t('orders.publishAsk')}
          consequences={[
            does,
            ...(today ? [t('orders.citedToday', figuresIn(today, language))] : []),
            t('orders.publishNoEdit'),
          ]}
          action={`/office/orders/${order.mandateId}/publication?digest=${order.digest}`}
          confirmLabel={t('orders.publish')}
          cancelHref={cited ? `/office/orders/${cited.mandateId}` : '/office/orders'}
          isReversible
        />
      ) : null}
    </>
  );
}

function doesText(order: OrderRow, day: string | null, { t, language }: Say): string {
  const { cites, takesBack, until } = order;
  const on = day ? formatDay(day, language) : '';
  const number = cites ?? '';
  if (takesBack && until === null) return t('orders.willTakeBack', { number, extension: takesBack });
  if (takesBack) return t('orders.willGiveOtherDay', { number, extension: takesBack, until: on });
  if (order.kind === 'extension') return t('orders.willExtend', { number, until: on });
  return t('orders.willWithdraw', { number, from: on });
}

function figuresIn({ bound, open, overdue }: MandateFigures, language: Say['language']) {
  const n = (value: number) => formatNumber(value, language);
  return { bound: n(bound), open: n(open), overdue: n(overdue) };
}
