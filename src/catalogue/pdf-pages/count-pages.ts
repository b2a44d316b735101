import type { Readable } from 'node:stream';
import type { Config } from '../../kernel/config.ts';
import type { Counted } from './drawer.ts';
import { runDrawer, withPdf } from './run-drawer.ts';

export type PageCount = { pageCount: number | null; pagesFault: 'locked' | 'unreadable' | null };

const patienceMs = 20_000;

/** How many pages a PDF has, as its reader sees them; a fault where it asks for a password or is damaged. */
export async function countPages(source: Readable, config: Pick<Config, 'dataDir'>): Promise<PageCount> {
  return withPdf(source, config, async ({ file }) => {
    for await (const counted of runDrawer<Counted>(['count', file], patienceMs))
      return 'pages' in counted
        ? { pageCount: counted.pages, pagesFault: null }
        : { pageCount: null, pagesFault: counted.fault };
    return { pageCount: null, pagesFault: 'unreadable' };
  });
}
