import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { App, Runtime } from '../kernel/feature.ts';
import { newId } from '../kernel/ids.ts';
import { familiesOfAll } from '../kernel/metrics/processes.ts';
import { textOf } from '../kernel/metrics/registry.ts';
import { databaseFamilies } from './metrics/database-figures.ts';

/** Liveness, readiness and figures for Prometheus; no personal data, open to whoever reaches the port. */
export function healthRoutes(app: App, runtime: Runtime): void {
  const config = { access: 'public', load: 'vital' } as const;
  const state = z.object({ status: z.string() });
  const tags = ['operation'];
  app.get(
    '/healthz',
    { config, schema: { tags, summary: 'Whether this process answers', response: { 200: state } } },
    async (_request, reply) => reply.send({ status: 'ok' }),
  );
  app.get(
    '/readyz',
    { config, schema: { tags, summary: 'Whether it can serve', response: { 200: state, 503: state } } },
    async (_request, reply) => {
      const trouble = await troubleOf(runtime);
      return reply.status(trouble ? 503 : 200).send({ status: trouble ?? 'ready' });
    },
  );
  app.get(
    '/metrics',
    { config, schema: { tags, summary: 'Figures for Prometheus, as text', response: { 200: z.string() } } },
    async (_request, reply) => {
      const [program, database] = await Promise.all([familiesOfAll(), databaseFamilies(runtime)]);
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(textOf([...program, ...database]));
    },
  );
}

async function troubleOf(runtime: Runtime): Promise<string | undefined> {
  if (!(await canRead(runtime))) return 'database unreachable';
  if (!(await canWriteUploads(runtime))) return 'upload folder not writable';
  return undefined;
}

const probeBytes = Buffer.alloc(4096, 1);

/** A block is really written: a full disk still makes empty files. */
async function canWriteUploads({ config }: Runtime): Promise<boolean> {
  const probe = join(config.dataDir, 'uploads', `ready-${process.pid}-${newId()}`);
  try {
    await mkdir(dirname(probe), { recursive: true, mode: 0o700 });
    await writeFile(probe, probeBytes, { mode: 0o600 });
    return true;
  } catch {
    return false;
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

async function canRead(runtime: Runtime): Promise<boolean> {
  try {
    await sql`select 1`.execute(runtime.db.read);
    return true;
  } catch {
    return false;
  }
}
