import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Ctx } from '../../kernel/context.ts';
import type { Storage } from '../../kernel/storage.ts';
import { ffmpegPath } from '../renditions/kinds.ts';
import type { Drawn } from './drawer.ts';
import { insertPage, markDrawn, type PdfToDraw, pdfToDraw } from './page-store.ts';
import { runDrawer, withPdf } from './run-drawer.ts';

const mostPages = 600;
const mostBytes = 4_000_000;
const patienceMs = 20 * 60_000;

/**
 * Draws a PDF's pages, each a file of its own that weighs what a phone can take. Repeated, it goes on behind the
 * pages that are there. A page that cannot be drawn is left out: its reader opens the PDF for it.
 */
export async function drawPages(ctx: Ctx, storage: Storage, fileId: string): Promise<void> {
  const pdf = await pdfToDraw(ctx, fileId);
  if (!pdf) return;
  await withPdf(await storage.open(pdf.storageKey), ctx.config, async (at) => {
    const last = String(Math.min(pdf.pageCount, mostPages));
    const words = ['draw', at.file, at.folder, String(pdf.lastDrawn + 1), last, ffmpegPath() ?? ''];
    for await (const drawn of runDrawer<Drawn>(words, patienceMs))
      if (drawn.bytes > 0) await keep(ctx, storage, { pdf, page: drawn.page, folder: at.folder });
  });
  await ctx.db.transaction((tx) => markDrawn(tx, fileId, ctx.clock.now()));
}

type Page = { pdf: PdfToDraw; page: number; folder: string };

async function keep(ctx: Ctx, storage: Storage, { pdf, page, folder }: Page): Promise<void> {
  const source = createReadStream(join(folder, `${page}.svg.gz`));
  const { key, bytes } = await storage.put(source, { maxBytes: mostBytes });
  await ctx.db.transaction((tx) => insertPage(tx, { fileId: pdf.fileId, page, storageKey: key, bytes }));
}
