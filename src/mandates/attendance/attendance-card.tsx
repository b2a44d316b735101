import { durationText } from '../../kernel/duration.ts';
import { type Language, type MessageKey, pick, type Translate } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { Card, DataTable, Tag, useFrame } from '../../shell/index.ts';
import { trainingDays, usualDay } from '../rules/training-day.ts';
import type { AttendedSession } from './store.ts';

/** Sessions of classroom training with the presence of one person, for himself or for his officer. */
export function AttendanceCard({ sessions, title }: { sessions: AttendedSession[]; title?: string }) {
  const { t, language } = useFrame();
  const present = sessions.filter((one) => one.status === 'present');
  return (
    <Card title={title} lead={t('service.daysCounted', { n: formatNumber(trainingDays(present), language) })}>
      <DataTable
        caption={t('service.attendance')}
        isCaptionHidden
        rows={sessions}
        rowKey={(row) => row.attendanceId}
        columns={[
          {
            ...{ key: 'title', label: t('service.programme'), isRowHeading: true },
            value: (row) => pick({ hi: row.titleHi, en: row.titleEn }, language),
          },
          { key: 'day', label: t('service.day'), kind: 'date', value: (row) => row.day },
          {
            key: 'mode',
            label: t('service.mode'),
            value: (row) => t(`service.mode_${row.mode}` as MessageKey),
          },
          {
            key: 'minutes',
            label: t('service.minutesPresent'),
            value: (row) => durationText(row.minutes, language),
          },
          {
            key: 'length',
            label: t('service.sessionMinutes'),
            value: (row) => durationText(row.sessionMinutes, language),
          },
          {
            ...{ key: 'counted', label: t('service.ofTheDay') },
            value: (row) =>
              dayText(
                present.filter((one) => one.day === row.day),
                { t, language },
              ),
          },
          {
            ...{ key: 'status', label: t('service.presence') },
            value: (row) => (
              <>
                <Tag tone={row.status === 'present' ? 'done' : 'overdue'}>{t(`service.${row.status}`)}</Tag>
                {isShort(row) ? <p class="soft">{t('service.presentShort')}</p> : null}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** All minutes of the day, and whether they make a day of training by the usual rule. */
function dayText(ofDay: AttendedSession[], { t, language }: { t: Translate; language: Language }): string {
  const minutes = ofDay.reduce((sum, one) => sum + one.minutes, 0);
  const isDay = trainingDays(ofDay) > 0;
  return t(isDay ? 'service.dayCounts' : 'service.dayShort', { time: durationText(minutes, language) });
}

/** Present, but for less of it than a day usually asks; which share an order asks stands with the order. */
function isShort({ status, minutes, sessionMinutes }: AttendedSession): boolean {
  return status === 'present' && minutes < usualDay.attendanceShare * sessionMinutes;
}
