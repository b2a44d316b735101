import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { whole, wholeList } from '../../kernel/lists.ts';
import { requireDecider, rolesDeciding } from '../deciding.ts';
import { byPerson } from '../fields.ts';
import { ownAttendance } from './own-attendance.tsx';
import { type AttendedSession, attendanceOf } from './store.ts';

const tags = ['mandates'];
const list = wholeList(
  z.object({
    sessionCode: z.string(),
    programme: z.string(),
    titleHi: z.string().nullable(),
    titleEn: z.string().nullable(),
    day: z.string(),
    mode: z.enum(['classroom', 'online', 'residential']),
    instituteCode: z.string().nullable(),
    minutesPresent: z.number(),
    sessionMinutes: z.number(),
    status: z.enum(['present', 'absent']),
  }),
);

/** Who was at which session of training. */
export function attendanceApi(app: App): void {
  app.get(
    '/api/v1/me/attendance',
    {
      config: { access: 'person' },
      schema: { tags, summary: 'One’s own sessions of training', response: { 200: list } },
    },
    async (request) => whole((await ownAttendance(request.ctx)).map(viewOf)),
  );
  app.get(
    '/api/v1/persons/:personId/attendance',
    {
      config: { access: { roles: rolesDeciding } },
      schema: { tags, summary: 'A person’s sessions of training', params: byPerson, response: { 200: list } },
    },
    async (request) => {
      const { ctx, params } = request;
      await requireDecider(ctx, params.personId);
      return whole((await attendanceOf(ctx.db.read, params.personId)).map(viewOf));
    },
  );
}

function viewOf(row: AttendedSession) {
  const { code, programme, titleHi, titleEn, day, mode, institute, minutes, sessionMinutes, status } = row;
  return {
    ...{ sessionCode: code, programme, titleHi, titleEn, day, mode, instituteCode: institute },
    ...{ minutesPresent: minutes, sessionMinutes, status },
  };
}
