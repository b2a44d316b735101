import { type Ctx, requirePerson } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { type MessageKey, pick, translator } from '../../kernel/i18n.ts';
import { Card, DataTable, EmptyState, PageHeading, Tag, useFrame } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { type AttendedSession, attendanceOf } from './store.ts';

/** The days on which one was at training, as the institutes reported them. */
export function attendanceRoutes(app: App): void {
  app.get('/attendance', { config: { access: 'person' }, schema: { hide: true } }, async (request, reply) =>
    sendPage(
      request,
      reply,
      { title: translator(request.ctx.language)('service.attendance'), area: 'learner', width: 'reading' },
      <AttendancePage sessions={await ownAttendance(request.ctx)} />,
    ),
  );
}

export function ownAttendance(ctx: Ctx): Promise<AttendedSession[]> {
  return attendanceOf(ctx.db.read, requirePerson(ctx));
}

function AttendancePage({ sessions }: { sessions: AttendedSession[] }) {
  const { t, language } = useFrame();
  return (
    <>
      <PageHeading title={t('service.attendance')} lead={t('service.attendanceLead')} />
      <Card>
        {sessions.length === 0 ? (
          <EmptyState title={t('service.noAttendance')} icon="calendar">
            {t('service.noAttendanceLead')}
          </EmptyState>
        ) : (
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
                kind: 'number',
                value: (row) => row.minutes,
              },
              {
                key: 'length',
                label: t('service.sessionMinutes'),
                kind: 'number',
                value: (row) => row.sessionMinutes,
              },
              {
                ...{ key: 'status', label: t('service.presence') },
                value: (row) => (
                  <>
                    <Tag tone={row.status === 'present' ? 'done' : 'overdue'}>
                      {t(`service.${row.status}`)}
                    </Tag>
                    {isShort(row) ? <p class="soft">{t('service.presentShort')}</p> : null}
                  </>
                ),
              },
            ]}
          />
        )}
      </Card>
    </>
  );
}

/** Present, but for less of it than a day usually asks; which share an order asks stands with the order. */
function isShort({ status, minutes, sessionMinutes }: AttendedSession): boolean {
  return status === 'present' && minutes < 0.75 * sessionMinutes;
}
