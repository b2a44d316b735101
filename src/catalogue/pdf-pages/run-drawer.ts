import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../kernel/config.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { spawnGuarded } from '../guarded-program.ts';
import { makeWorkFolder } from '../work-folders.ts';

/** Puts a PDF into a folder of its own for as long as `work` takes. */
export async function withPdf<T>(
  source: Readable,
  config: Pick<Config, 'dataDir'>,
  work: (at: { file: string; folder: string }) => Promise<T>,
): Promise<T> {
  const folder = await makeWorkFolder(config, 'pages');
  try {
    const file = join(folder, 'document.pdf');
    await pipeline(source, createWriteStream(file, { mode: 0o600 }));
    return await work({ file, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The drawer's lines as they come; it is ended when it is slow, when nobody reads on, and with this process. */
export async function* runDrawer<Line>(words: string[], patienceMs: number): AsyncGenerator<Line> {
  const program = join(projectRoot(), 'src/catalogue/pdf-pages/drawer.ts');
  const env = { PATH: process.env['PATH'] ?? '' };
  const child = spawnGuarded([process.execPath, program, ...words], { niceness: 10, env });
  const patience = setTimeout(() => child.stdin.end(), patienceMs);
  child.stderr.resume();
  child.once('error', () => child.stdout.destroy());
  try {
    for await (const line of createInterface(child.stdout)) yield JSON.parse(line) as Line;
  } finally {
    clearTimeout(patience);
    child.stdin.end();
  }
}
