import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Db } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';

export type Absence = { kind: 'long_leave' | 'suspension'; startsOn: Day; endsOn: Day | null };

export type DueFacts = {
  absences: Absence[];
  /** More time that was granted, and under which order. */
  granted: { mandateId: string; until: Day }[];
};

/** What of a person may move his last days. */
export async function dueFactsOf(db: Pick<Db, 'read'>, personId: string): Promise<DueFacts> {
  const [facts] = await askFacts(db, personId);
  return facts ?? { absences: [], granted: [] };
}

/** The homes of one moment ask together. */
const askFacts = gatheringRows(
  async (db: Pick<Db, 'read'>, personIds: string[]) => {
    const found = await sql<DueFacts & { personId: string }>`select w.person_id as "personId",
      (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'startsOn', starts_on, 'endsOn', ends_on) order by starts_on), '[]')
        from service_event e where e.person_id = w.person_id and voided_at is null
          and kind in ('long_leave', 'suspension')) as absences,
      (select coalesce(jsonb_agg(jsonb_build_object('mandateId', mandate_id, 'until', granted_until)), '[]')
        from extension_request e where e.person_id = w.person_id and voided_at is null
          and state = 'granted') as granted
      from unnest(${personIds}::uuid[]) w (person_id)`.execute(db.read);
    return found.rows;
  },
  (row) => row.personId,
);
