import { formatDayTime } from '../../kernel/dates.ts';
import { Button, ButtonRow, Card, CopyCode, Form, Notice, PageHeading } from '../../shell/index.ts';
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
        <Form action="/orders/calendar">
          <ButtonRow>
            <Button icon="calendar">{t(since ? 'orders.calendarAgain' : 'orders.calendarMake')}</Button>
          </ButtonRow>
        </Form>
        {since ? (
          <Form action="/orders/calendar/ending">
            <ButtonRow>
              <Button variant="danger">{t('orders.calendarEnd')}</Button>
            </ButtonRow>
          </Form>
        ) : null}
      </Card>
    </>
  );
}
