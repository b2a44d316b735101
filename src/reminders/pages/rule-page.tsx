import { formatDay, formatDayTime, indiaDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import type { MessageKey } from '../../kernel/i18n.ts';
import type { OrderFace } from '../../mandates/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  CheckboxGroup,
  DataTable,
  ErrorSummary,
  errorFor,
  Form,
  Notice,
  PageHeading,
  Tag,
  TextField,
} from '../../shell/index.ts';
import type { LogDay } from '../stores/log.ts';
import type { Channel, RuleRow } from '../stores/rules.ts';
import { titleOf } from '../texts.ts';
import { nameIn, remindersHref, type Say, stepText } from './words.ts';

export type RuleProps = {
  order: OrderFace;
  rule: RuleRow;
  /** What messages can leave by here. */
  usable: Channel[];
  days: LogDay[];
  /** When it is looked next whom to remind. */
  nextAt: Date;
  mayReadLog: boolean;
  state: FormState;
  say: Say;
};

/** An order's reminders: whether they are on, their days, and what went out lately. */
export function RulePage(props: RuleProps) {
  const { order, say, state } = props;
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={say.t('reminders.title')} lead={titleOf(order, say.language)} />
      <StateCard {...props} />
      {order.mayOrder ? <StepsCard {...props} /> : <StepsRead {...props} />}
      <DaysCard {...props} />
    </>
  );
}

/** Whoever may not switch on is not asked to look at it before he does. */
function ruleLead(state: RuleRow['state'], mayOrder: boolean): MessageKey {
  return state === 'off' && !mayOrder ? 'reminders.ruleLead_offSeen' : `reminders.ruleLead_${state}`;
}

const tones = { on: 'done', paused: 'due', off: 'neutral' } as const;

function StateCard({ order, rule, usable, nextAt, say }: RuleProps) {
  const { t, language } = say;
  const here = (more: string) => remindersHref(order.mandateId, more);
  const isOver = order.inForceUntil !== null && order.inForceUntil < indiaDay(nextAt);
  return (
    <Card
      title={t('reminders.stateTitle')}
      aside={
        isOver ? (
          <Tag>{t('reminders.rule_over')}</Tag>
        ) : (
          <Tag tone={tones[rule.state]}>{t(`reminders.rule_${rule.state}`)}</Tag>
        )
      }
      lead={
        isOver
          ? undefined
          : t(ruleLead(rule.state, order.mayOrder), {
              day: rule.since ? formatDay(rule.since, language) : '',
            })
      }
    >
      {rule.state === 'on' && !isOver ? (
        <p>{t('reminders.nextAt', { when: formatDayTime(nextAt, language) })}</p>
      ) : null}
      {isOver ? (
        <Notice tone="info">
          {t(order.endedBy === 'withdrawal' ? 'reminders.orderWithdrawn' : 'reminders.orderEnded', {
            day: formatDay(order.inForceUntil ?? '', language),
          })}
        </Notice>
      ) : null}
      <p>{t('reminders.promise')}</p>
      {order.mayOrder ? null : <p>{t('reminders.whoMay', { office: nameIn(order.charge, language) })}</p>}
      {(['mail', 'sms'] as const)
        .filter((one) => rule.channels.includes(one) && !usable.includes(one))
        .map((one) => (
          <Notice key={one} tone="info">
            {t(`reminders.notSet_${one}`)}
          </Notice>
        ))}
      {order.mayOrder ? (
        rule.state === 'on' ? (
          <ButtonRow>
            <Button href={here('/preview')} variant="secondary" icon="people">
              {t('reminders.seeWho')}
            </Button>
            <Form action={here('/pause')}>
              <Button variant="secondary">{t('reminders.pause')}</Button>
            </Form>
          </ButtonRow>
        ) : (
          <ButtonRow>
            <Button href={here('/preview')}>{t('reminders.seeAndSwitchOn')}</Button>
          </ButtonRow>
        )
      ) : null}
    </Card>
  );
}

export const dayFields = ['personBefore', 'personAfter', 'officerBefore', 'officerAfter'] as const;
export type DayField = (typeof dayFields)[number];

/** The ladder as the form shows it: nobody types a number below zero. */
export function fieldsOf(rule: Pick<RuleRow, 'personDays' | 'officerDays'>): Record<DayField, string> {
  const before = (days: number[]) => days.filter((day) => day >= 0).join(', ');
  const after = (days: number[]) =>
    days
      .filter((day) => day < 0)
      .map((day) => -day)
      .join(', ');
  return {
    personBefore: before(rule.personDays),
    personAfter: after(rule.personDays),
    officerBefore: before(rule.officerDays),
    officerAfter: after(rule.officerDays),
  };
}

function StepsCard({ order, rule, state, say }: RuleProps) {
  const { t } = say;
  const values = { ...fieldsOf(rule), ...state.values };
  const field = (name: DayField, hint?: MessageKey) => (
    <TextField
      {...{ name, value: values[name], error: errorFor(state.errors, name), isOptional: true }}
      label={t(`reminders.${name}`)}
      hint={hint && t(hint)}
      width="medium"
      maxLength={100}
    />
  );
  return (
    <Card title={t('reminders.stepsTitle')} lead={t('reminders.stepsLead')}>
      <Form action={remindersHref(order.mandateId)}>
        {field('personBefore', 'reminders.beforeHint')}
        {field('personAfter', 'reminders.afterHint')}
        {field('officerBefore')}
        {field('officerAfter', 'reminders.officerHint')}
        <CheckboxGroup
          name="channels"
          label={t('reminders.channels')}
          hint={t('reminders.channelsHint')}
          values={rule.channels}
          options={(['mail', 'sms'] as const).map((one) => ({
            value: one,
            label: t(`reminders.channel_${one}`),
          }))}
        />
        <ButtonRow>
          <Button variant="secondary">{t('reminders.save')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}

function StepsRead({ rule, say }: RuleProps) {
  const { t } = say;
  const list = (days: number[]) => days.map((day) => stepText(day, say)).join(', ') || t('reminders.noSteps');
  return (
    <Card title={t('reminders.stepsTitle')}>
      <p>{t('reminders.toPerson', { days: list(rule.personDays) })}</p>
      <p>{t('reminders.toOfficer', { days: list(rule.officerDays) })}</p>
    </Card>
  );
}

function DaysCard({ order, days, mayReadLog, say }: RuleProps) {
  const { t } = say;
  const number = (key: keyof LogDay) => ({
    key,
    label: t(`reminders.day_${key}` as MessageKey),
    kind: 'number' as const,
    value: (row: LogDay) => row[key] as number,
  });
  return (
    <Card
      title={t('reminders.daysTitle')}
      aside={
        mayReadLog ? <a href={remindersHref(order.mandateId, '/log')}>{t('reminders.logOpen')}</a> : undefined
      }
    >
      {days.length === 0 ? (
        <p>{t('reminders.daysNone')}</p>
      ) : (
        <DataTable
          caption={t('reminders.daysTitle')}
          isCaptionHidden
          isCompact
          rows={days}
          rowKey={(row) => row.day}
          columns={[
            {
              key: 'day',
              label: t('reminders.day'),
              kind: 'date',
              isRowHeading: true,
              value: (row) => row.day,
            },
            ...(['people', 'officers', 'mailSent', 'mailNot', 'smsSent', 'smsNot', 'open'] as const).map(
              number,
            ),
          ]}
        />
      )}
    </Card>
  );
}
