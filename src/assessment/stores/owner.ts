import { sql } from 'kysely';

/** The path of the owning office `o`; of the installation's own the roots. */
export const ownerPath = sql`coalesce(o.path, (select array_agg(r.office_id) from office r where r.parent_id is null))`;
