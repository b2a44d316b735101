import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads } from '../../kernel/db.ts';

export type Absence = { kind: 'long_leave' | 'suspension'; startsOn: Day; endsOn: Day | null };

export type DueFacts = {
  absences: Absence[];
  /** More time that was granted, and under which order. */
  granted: { mandateId: string; until: Day }[];
};

/** What of a person may move his last days. */
export async function dueFactsOf(db: Reads, personId: string): Promise<DueFacts> {
  const found = await sql<DueFacts>`select
    (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'startsOn', starts_on, 'endsOn', ends_on) order by starts_on), '[]')
      from service_event where person_id = ${personId} and voided_at is null
        and kind in ('long_leave', 'suspension')) as absences,
    (select coalesce(jsonb_agg(jsonb_build_object('mandateId', mandate_id, 'until', granted_until)), '[]')
      from extension_request where person_id = ${personId} and voided_at is null and state = 'granted') as granted`.execute(
    db,
  );
  return found.rows[0] ?? { absences: [], granted: [] };
}
