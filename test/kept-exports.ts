import { sql } from 'kysely';
import type { ExportAct, ExportKind } from '../src/kernel/exports.ts';
import type { World } from './world.ts';

export type KeptExport = {
  action: ExportAct;
  /** Code of the office that it is of. */
  office: string | null;
  personId: string | null;
  detail: Record<string, unknown> & {
    kind: ExportKind;
    people: boolean;
    format: string;
    rows?: number | null;
  };
};

/** What the record of exports keeps of files that were taken, the newest last; beginnings are left out. */
export async function keptExports(world: World, kind?: ExportKind): Promise<KeptExport[]> {
  const found = await sql<KeptExport>`select e.action, o.code as office, e.person_id as "personId", e.detail
    from audit_event e left join office o using (office_id)
    where e.subject_kind = 'export' and e.action <> 'export.begun'
      and (${kind ?? null}::text is null or e.detail ->> 'kind' = ${kind ?? null}::text)
    order by e.audit_event_id`.execute(world.runtime.db.read);
  return found.rows;
}
