import type { Day } from '../../kernel/dates.ts';
import { appraisalYear, formatDay } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { courseHref, tagName } from '../../learning/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  EmptyState,
  PageHeading,
  Prose,
  SummaryList,
  Tag,
  TaskList,
} from '../../shell/index.ts';
import type { Leaf } from '../rules/rules.ts';
import type { ConditionStanding, PersonMandate } from '../standing.ts';
import type { OrderRow } from '../stores/orders.ts';
import { SourceNotes } from './review-page.tsx';
import { type Names, orderNotes, orderSentence, remindedNow } from './sentence.ts';
import {
  conditionTasks,
  movedText,
  officeText,
  orderLine,
  placeText,
  type Say,
  statusKeys,
  statusTones,
  titleOfOrder,
  whenText,
} from './words.ts';

type MineProps = { rows: PersonMandate[]; today: Day; say: Say };

/** What is due, why, by when, what counts and what is open: every order that binds one. */
export function MyOrdersPage({ rows, today, say }: MineProps) {
  const { t } = say;
  return (
    <>
      <PageHeading title={t('orders.mine')} lead={t('orders.mineLead')} />
      {rows.length === 0 ? (
        <EmptyState title={t('orders.noneTitle')} icon="order">
          {t('orders.noneText')}
        </EmptyState>
      ) : null}
      {inOrder(rows).map((row) => (
        <OrderCard key={row.mandate.id} row={row} today={today} say={say} />
      ))}
      <ButtonRow>
        <Button href="/orders/year" variant="secondary" icon="file">
          {t('orders.yearLink', { year: appraisalYear(today).name })}
        </Button>
        <Button href="/orders/calendar" variant="secondary" icon="calendar">
          {t('orders.calendarLink')}
        </Button>
      </ButtonRow>
    </>
  );
}

const urgency = { overdue: 0, open: 1, metLate: 2, met: 3, exempt: 4 } as const;

/** What is overdue or due first stands first. */
export function inOrder(rows: PersonMandate[]): PersonMandate[] {
  return rows.toSorted(
    (a, b) => urgency[a.status] - urgency[b.status] || (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9'),
  );
}

type OneProps = { row: PersonMandate; today: Day; say: Say; isAsked?: boolean };

function OrderCard({ row, today, say, isAsked, isWhole }: OneProps & { isWhole?: true }) {
  const { t, language } = say;
  const isWaiting = row.status === 'open' || row.status === 'overdue';
  return (
    <Card
      title={isWhole ? t('orders.whereYou') : titleOfOrder(row.mandate, language)}
      tone={isWaiting ? 'needs-you' : row.status === 'exempt' ? 'plain' : 'done'}
      aside={<Tag tone={statusTones[row.status]}>{t(statusKeys[row.status])}</Tag>}
      lead={<b>{whenText(row, today, say)}</b>}
      id={row.mandate.id}
    >
      <Moved row={row} say={say} />
      <Conditions row={row} isWaiting={isWaiting} isWhole={isWhole} say={say} />
      <SummaryList
        rows={[
          {
            label: t('orders.whyYou'),
            value: (
              <>
                {orderLine(row.mandate, say)}
                <br />
                {t('orders.byPosting', {
                  words: pick(row.boundBy.words, language),
                  office: officeText(row.boundBy.office, language),
                })}
              </>
            ),
          },
          {
            label: t('orders.whatCounts'),
            value: countedText(row, say),
          },
        ]}
      />
      {isWhole ? null : (
        <p>
          <a href={`/orders/${row.mandate.id}`}>{t('orders.seeOrder')}</a>
        </p>
      )}
      {isWaiting ? (
        <p>
          <a href={`/orders/${row.mandate.id}/extension`}>
            {t(isAsked ? 'orders.requestWaits' : 'service.askExtensionLink')}
          </a>
          {' · '}
          <a href="/claims">{t('service.claims')}</a>
        </p>
      ) : null}
    </Card>
  );
}

function Moved({ row, say }: { row: PersonMandate; say: Say }) {
  const text = movedText(row, say);
  return text ? <p class="soft">{text}</p> : null;
}

/** From which day on courses count, or days at training, with the way to them. */
function countedText({ conditions, window }: PersonMandate, { t, language }: Say) {
  const from = formatDay(window.from, language);
  const hasDays = conditions.some((one) => one.kind === 'days');
  const hasOther = conditions.some((one) => one.kind !== 'days');
  return (
    <>
      {hasOther ? <div>{t('orders.countsFrom', { from })}</div> : null}
      {hasDays ? (
        <div>
          {t('orders.countsDays', { from })} <a href="/attendance">{t('orders.seeAttendance')}</a>
        </div>
      ) : null}
    </>
  );
}

/** Which courses and claims were counted, each once, by day. */
function CountedItems({ row, say }: { row: PersonMandate; say: Say }) {
  const { t, language } = say;
  const all = row.conditions.flatMap((one) => one.countedItems);
  const once = [
    ...new Map(all.map((one) => [`${one.code}${one.titleHi}${one.titleEn}${one.day}`, one])).values(),
  ];
  if (once.length === 0) return null;
  return (
    <>
      <h3>{t('orders.countedItems')}</h3>
      <ul>
        {once.slice(0, 60).map((one) => (
          <li key={`${one.code}${one.titleHi}${one.day}`}>
            {pick({ hi: one.titleHi, en: one.titleEn }, language) || one.code} ·{' '}
            {formatDay(one.day, language)}
          </li>
        ))}
      </ul>
    </>
  );
}

type ConditionsProps = { row: PersonMandate; isWaiting: boolean; isWhole?: boolean | undefined; say: Say };

function Conditions({ row, isWaiting, isWhole, say }: ConditionsProps) {
  const { t } = say;
  if (row.status === 'exempt') return <ExemptConditions row={row} say={say} />;
  return (
    <>
      {row.conditions.length > 1 ? (
        <p class="soft">{t(row.match === 'any' ? 'orders.matchAny' : 'orders.matchAll')}</p>
      ) : null}
      <TaskList tasks={conditionTasks(row, say)} />
      {isWhole ? <CountedItems row={row} say={say} /> : null}
      {isWaiting ? <WaysOn row={row} say={say} /> : null}
    </>
  );
}

/** Nothing is to be done, so nothing stands there as open. */
function ExemptConditions({ row, say }: { row: PersonMandate; say: Say }) {
  return (
    <>
      <p>{say.t('orders.exemptNothing')}</p>
      <p class="soft">{row.conditions.map((one) => pick(one.words, say.language)).join('; ')}</p>
    </>
  );
}

const fewCourses = 8;

/** Where what is still asked can be done: courses that count, or whom to ask for days at training. */
function WaysOn({ row, say }: { row: PersonMandate; say: Say }) {
  const { t, language } = say;
  const asked = row.conditions.filter((one) => one.open);
  const items = asked.flatMap((one) => one.openItems.slice(0, one.asks.isList ? undefined : fewCourses));
  const courses = [...new Map(items.map((item) => [item.code, item])).values()];
  const links = linksOf(asked, say);
  return (
    <>
      {courses.length + links.length > 0 ? (
        <>
          <h3>{t('orders.openCourses')}</h3>
          <ul>
            {courses.map((item) => (
              <li key={item.code}>
                <a href={courseHref(item.code)}>
                  {pick({ hi: item.titleHi, en: item.titleEn }, language) || item.code}
                </a>
              </li>
            ))}
            {links.map((link) => (
              <li key={link.href}>
                <a href={link.href}>{link.label}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {asked.some((one) => one.kind === 'days') ? (
        <p>
          {t('orders.whereDays')} <a href="/help?from=%2Forders">{t('orders.whereDaysAsk')}</a>
        </p>
      ) : null}
    </>
  );
}

/** To the rest of the courses on a topic, or to all where any course counts; a list has no others. */
function linksOf(asked: readonly ConditionStanding[], { t }: Say): { href: string; label: string }[] {
  const kinds: (keyof Leaf)[] = ['courses', 'hours'];
  const links = asked
    .filter((one) => kinds.includes(one.kind) && !one.asks.isList)
    .map(({ asks: { tag } }) =>
      tag
        ? {
            href: `/courses?tag=${encodeURIComponent(tag)}`,
            label: t('orders.tagCourses', { tag: tagName(tag, t) }),
          }
        : { href: '/courses', label: t('orders.anyCourses') },
    );
  const once = [...new Map(links.map((link) => [link.href, link])).values()];
  return once.toSorted((a, b) => b.href.length - a.href.length);
}

type OrderProps = OneProps & {
  order: OrderRow;
  names: Names;
  remindedDays?: number[] | undefined;
  cited?: CitedOrder | undefined;
};

/** The order whose place it took; `isOwn`: it bound him too, and he may read it. */
export type CitedOrder = Pick<OrderRow, 'mandateId' | 'number' | 'orderDate'> & { isOwn: boolean };

/** One order that binds one: where one stands, and what the order says, rules included. */
export function MyOrderPage({ row, order, names, remindedDays, cited, today, say, isAsked }: OrderProps) {
  const { t, language } = say;
  return (
    <>
      <PageHeading title={titleOfOrder(order, language)} lead={orderLine(order, say)} />
      <OrderCard {...{ row, today, say, isAsked }} isWhole />
      <Card title={t('orders.says')}>
        <Prose>
          <p>
            <b>{orderSentence(order.rules, names, { ...say, extendedUntil: order.extendedUntil })}</b>
          </p>
          <ul>
            {orderNotes(order.rules, say).map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          {cited ? (
            <p>
              {cited.isOwn ? (
                <a href={`/orders/${cited.mandateId}`}>{placeText(order, cited, say)}</a>
              ) : (
                placeText(order, cited, say)
              )}
            </p>
          ) : null}
          {remindedDays ? <p>{remindedNow(remindedDays, say)}</p> : null}
        </Prose>
        <SourceNotes rules={order.rules} say={say} />
        {order.scanFileId ? (
          <p>
            <a href={`/orders/${order.mandateId}/scan`}>{t('orders.scanOpen')}</a>
          </p>
        ) : null}
      </Card>
    </>
  );
}

/** The first card of the home: the most urgent order with what it asks, and how many more there are. */
export function HomeOrders({ rows, today, say }: MineProps) {
  const waiting = inOrder(rows).filter((row) => row.status === 'open' || row.status === 'overdue');
  const [first] = waiting;
  if (!first) return null;
  const { t, language } = say;
  const more = waiting.length - 1;
  return (
    <Card
      title={titleOfOrder(first.mandate, language)}
      tone="needs-you"
      aside={<Tag tone={statusTones[first.status]}>{t(statusKeys[first.status])}</Tag>}
      lead={<b>{whenText(first, today, say)}</b>}
    >
      <Moved row={first} say={say} />
      {first.match === 'any' && first.conditions.length > 1 ? (
        <p class="soft">{t('orders.matchAny')}</p>
      ) : null}
      <TaskList tasks={conditionTasks(first, say)} />
      <p>
        <a href={`/orders/${first.mandate.id}`}>{t('orders.seeOrder')}</a>
        {more > 0 ? (
          <>
            {' · '}
            <a href="/orders">{t('orders.homeOthers', { n: more })}</a>
          </>
        ) : null}
      </p>
    </Card>
  );
}

type EndedProps = { order: OrderRow; next: PersonMandate | undefined; say: Say };

/** An order that bound one and is no longer in force, as an old link or a calendar leads to it. */
export function EndedOrderPage({ order, next, say }: EndedProps) {
  const { t, language } = say;
  const day = order.inForceUntil ? formatDay(order.inForceUntil, language) : '';
  return (
    <>
      <PageHeading title={titleOfOrder(order, language)} lead={orderLine(order, say)} />
      <Card>
        <p>{t(order.endedBy === 'withdrawal' ? 'orders.withdrawnOn' : 'orders.endedOn', { day })}</p>
        {next ? (
          <p>
            {t('orders.endedNext')}{' '}
            <a href={`/orders/${next.mandate.id}`}>{titleOfOrder(next.mandate, language)}</a>
          </p>
        ) : null}
        <ButtonRow>
          <Button href="/orders" variant="secondary">
            {t('orders.mine')}
          </Button>
        </ButtonRow>
      </Card>
    </>
  );
}
