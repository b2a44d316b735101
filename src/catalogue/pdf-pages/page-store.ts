import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';

export type PdfToDraw = { fileId: string; storageKey: string; pageCount: number; lastDrawn: number };

/** A PDF whose pages are known and not all drawn. */
export async function pdfToDraw(ctx: Pick<Ctx, 'db'>, fileId: string): Promise<PdfToDraw | undefined> {
  const found = await sql<PdfToDraw>`select file_id as "fileId", storage_key as "storageKey",
      page_count as "pageCount", coalesce((select max(page) from file_page p where p.file_id = f.file_id), 0) as "lastDrawn"
    from file f where file_id = ${fileId} and page_count is not null and pages_drawn_at is null`.execute(
    ctx.db.read,
  );
  return found.rows[0];
}

export type NewPage = { fileId: string; page: number; storageKey: string; bytes: number };

export async function insertPage(tx: Tx, page: NewPage): Promise<void> {
  await sql`insert into file_page (file_id, page, storage_key, bytes)
    values (${page.fileId}, ${page.page}, ${page.storageKey}, ${page.bytes}) on conflict do nothing`.execute(
    tx,
  );
}

export async function markDrawn(tx: Tx, fileId: string, now: Date): Promise<void> {
  await sql`update file set pages_drawn_at = ${now} where file_id = ${fileId}`.execute(tx);
}

export async function pageOf(
  ctx: Pick<Ctx, 'db'>,
  at: { fileId: string; page: number },
): Promise<{ storageKey: string; bytes: number } | undefined> {
  const found = await sql<{ storageKey: string; bytes: number }>`select storage_key as "storageKey", bytes
    from file_page where file_id = ${at.fileId} and page = ${at.page}`.execute(ctx.db.read);
  return found.rows[0];
}
