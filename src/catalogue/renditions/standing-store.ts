import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { RenditionKind } from './kinds.ts';

export type Standing = {
  recordings: number;
  /** Recordings for which no copies were planned yet. */
  unplanned: number;
  waiting: number;
  making: number;
  made: number;
  heavier: number;
  pdfs: number;
  pdfsDrawn: number;
  pdfsUnreadable: number;
};
export type FailedCopy = { fileId: string; name: string; kind: RenditionKind; fault: string | null };

export async function standingOf(ctx: Pick<Ctx, 'db'>): Promise<Standing> {
  const found = await sql<Standing>`select f.*, r.* from (select
      count(*) filter (where isrecording)::int as recordings,
      count(*) filter (where isrecording and renditions_planned_at is null)::int as unplanned,
      count(*) filter (where content_type = 'application/pdf')::int as pdfs,
      count(*) filter (where pages_drawn_at is not null)::int as "pdfsDrawn",
      count(*) filter (where pages_fault is not null)::int as "pdfsUnreadable"
    from (select f.*, (content_type like 'video/%' or content_type like 'audio/%')
        and not exists (select from file_rendition m where m.made_file_id = f.file_id) as isrecording from file f) f) f,
    (select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'making')::int as making,
      count(*) filter (where state = 'made')::int as made, count(*) filter (where state = 'heavier')::int as heavier
    from file_rendition) r`.execute(ctx.db.read);
  const [standing] = found.rows;
  if (!standing) throw new Error('the database answered nothing');
  return standing;
}

export async function failedCopies(ctx: Pick<Ctx, 'db'>): Promise<FailedCopy[]> {
  const found = await sql<FailedCopy>`select r.file_id as "fileId", f.name, r.kind, r.fault
    from file_rendition r join file f using (file_id) where r.state = 'failed'
    order by r.changed_at desc, r.kind limit 100`.execute(ctx.db.read);
  return found.rows;
}
