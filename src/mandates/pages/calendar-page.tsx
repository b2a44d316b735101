import { formatDayTime } from '../../kernel/dates.ts';
import { Button, ButtonRow, Card, CopyCode, Details, Form, Notice, PageHeading } from '../../shell/index.ts';
import type { Say } from './words.ts';

type CalendarProps = {
  /** Shown once, right after it was made. */
  address?: string;
  since: Date | undefined;
  say: Say;
};

/** The due days in one's own calendar, by an address that only the person knows. */
export function CalendarPage({ address, since, say }: CalendarProps) {
  const { t, language } = say;
  return (
    <>
      <PageHeading title={t('orders.calendarTitle')} lead={t('orders.calendarLead')} />
      {address ? (
        <Notice tone="done" title={t('orders.calendarMade')}>
          <CopyCode>{address}</CopyCode>
          <ButtonRow>
            <Button icon="calendar" href={address.replace(/^https?:/, 'webcal:')}>
              {t('orders.calendarAdd')}
            </Button>
          </ButtonRow>
          <p>{t('orders.calendarHow')}</p>
        </Notice>
      ) : null}
      <Card>
        <p>{t('orders.calendarSecret')}</p>
        {since && !address ? (
          <p>
            <b>{t('orders.calendarSince', { when: formatDayTime(since, language) })}</b>{' '}
            {t('orders.calendarOnce')}
          </p>
        ) : null}
        {since ? null : (
          <Form action="/orders/calendar">
            <ButtonRow>
              <Button icon="calendar">{t('orders.calendarMake')}</Button>
            </ButtonRow>
          </Form>
        )}
        {since ? <Asked action="/orders/calendar" title="orders.calendarAgain" {...{ say }} /> : null}
        {since ? <Asked action="/orders/calendar/ending" title="orders.calendarEnd" {...{ say }} /> : null}
      </Card>
    </>
  );
}

type AskedProps = { action: string; title: 'orders.calendarAgain' | 'orders.calendarEnd'; say: Say };

/** What ends the address in the calendar of a phone: opened first, then said, so that one press does not do it. */
function Asked({ action, title, say: { t } }: AskedProps) {
  return (
    <Details summary={t(title)}>
      <p>{t('orders.calendarStops')}</p>
      <Form action={action}>
        <ButtonRow>
          <Button variant="danger">{t(title)}</Button>
        </ButtonRow>
      </Form>
    </Details>
  );
}
