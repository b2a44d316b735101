import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { projectRoot } from '../../kernel/project-root.ts';

/** Puts a PDF into a folder of its own for as long as `work` takes. */
export async function withPdf<T>(
  source: Readable,
  parent: string,
  work: (at: { file: string; folder: string }) => Promise<T>,
): Promise<T> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(parent, 'pages-'));
  try {
    const file = join(folder, 'document.pdf');
    await pipeline(source, createWriteStream(file, { mode: 0o600 }));
    return await work({ file, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The drawer's lines as they come; it yields to whatever else the machine does, and is ended when it is slow. */
export async function* runDrawer<Line>(words: string[], patienceMs: number): AsyncGenerator<Line> {
  const program = join(projectRoot(), 'src/catalogue/pdf-pages/drawer.ts');
  const child = spawn('nice', ['-n', '10', process.execPath, program, ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  child.once('error', () => child.stdout.destroy());
  try {
    for await (const line of createInterface(child.stdout)) yield JSON.parse(line) as Line;
  } finally {
    child.kill('SIGKILL');
  }
}
