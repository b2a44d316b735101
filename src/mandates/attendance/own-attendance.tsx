import { type Ctx, requirePerson } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { Card, EmptyState, PageHeading, useFrame } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { requireDecider } from '../deciding.ts';
import { AttendanceCard } from './attendance-card.tsx';
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

/** For the nodal officer over the person. */
export async function attendanceOfPerson(ctx: Ctx, personId: string): Promise<AttendedSession[]> {
  await requireDecider(ctx, personId);
  return attendanceOf(ctx.db.read, personId);
}

function AttendancePage({ sessions }: { sessions: AttendedSession[] }) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={t('service.attendance')} lead={t('service.attendanceLead')} />
      {sessions.length === 0 ? (
        <Card>
          <EmptyState title={t('service.noAttendance')} icon="calendar">
            {t('service.noAttendanceLead')}
          </EmptyState>
        </Card>
      ) : (
        <AttendanceCard sessions={sessions} />
      )}
    </>
  );
}
