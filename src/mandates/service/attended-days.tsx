import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import { translator } from '../../kernel/i18n.ts';
import { Prose } from '../../shell/index.ts';
import { attendanceOf } from '../attendance/store.ts';
import { requireDecider } from '../deciding.ts';
import type { Question } from '../person-form.tsx';
import type { ServiceInput } from './record-service-event.ts';

/** Days at training that an absence would cover: one of the two is wrong, or both are meant; asked before it is kept. */
export async function askAboutAttended(
  ctx: Ctx,
  personId: string,
  { kind, startsOn, endsOn }: ServiceInput,
): Promise<Question | undefined> {
  if (!absences.includes(kind)) return undefined;
  await requireDecider(ctx, personId);
  const sessions = await attendanceOf(ctx.db.read, personId);
  const covered = sessions.filter(
    ({ day, status }) => status === 'present' && day >= startsOn && (!endsOn || day <= endsOn),
  );
  if (covered.length === 0) return undefined;
  const t = translator(ctx.language);
  const days = [...new Set(covered.map(({ day }) => day))].toSorted();
  return {
    title: t('service.attendedAsk'),
    submit: t('service.attendedRecord'),
    text: (
      <Prose>
        <p>{t('service.attendedCovered')}</p>
        <ul>
          {days.map((day) => (
            <li key={day}>{formatDay(day, ctx.language)}</li>
          ))}
        </ul>
        <p>{t('service.attendedBoth')}</p>
      </Prose>
    ),
  };
}

const absences: readonly string[] = ['long_leave', 'suspension'];
