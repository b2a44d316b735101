import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { Ctx } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import type { Storage } from '../../kernel/storage.ts';
import { spawnGuarded } from '../guarded-program.ts';
import { insertFile } from '../stores/kept-files.ts';
import { makeWorkFolder } from '../work-folders.ts';
import { argumentsFor, ffmpegPath, type RenditionKind } from './kinds.ts';
import { markPlanned, noteStanding, type Original, originalById, unmadeKinds } from './rendition-store.ts';

const patienceMs = 3 * 3_600_000;
const betweenNotesMs = 3000;
const mostBytes = 200_000_000;

export type Maker = { storage: Storage; ffmpeg?: string };

/**
 * Makes the lighter copies of a recording, one after the other. One that fails is noted and said to the author;
 * repeated, the job goes on with what is not made yet. Without ffmpeg it leaves them waiting.
 */
export async function makeRenditions(ctx: Ctx, maker: Maker, fileId: string): Promise<void> {
  const ffmpeg = maker.ffmpeg ?? ffmpegPath();
  const original = await originalById(ctx, fileId);
  const kinds = await unmadeKinds(ctx, fileId);
  if (!ffmpeg || !original || kinds.length === 0) return;
  const folder = await makeWorkFolder(ctx.config, 'rendition');
  try {
    const from = join(folder, 'original');
    await pipeline(await maker.storage.open(original.storageKey), createWriteStream(from, { mode: 0o600 }));
    for (const kind of kinds)
      await makeOne(
        ctx,
        { ...maker, ffmpeg },
        { fileId, original, kind, from, to: join(folder, `${kind}.mp4`) },
      );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Work = { fileId: string; original: Original; kind: RenditionKind; from: string; to: string };

type Running = Pick<Work, 'kind' | 'from' | 'to'> & { original?: Pick<Original, 'durationSeconds'> };

async function makeOne(ctx: Ctx, maker: Maker & { ffmpeg: string }, work: Work): Promise<void> {
  const { fileId, kind } = work;
  const note = (state: 'making' | 'failed' | 'heavier', progress: number, fault?: string) =>
    ctx.db.transaction((tx) =>
      noteStanding(tx, { fileId, kind, state, progress, fault, now: ctx.clock.now() }),
    );
  await note('making', 0);
  const { isMade, fault } = await runProgram(maker.ffmpeg, work, (progress) => note('making', progress));
  const bytes = isMade ? (await stat(work.to)).size : 0;
  if (bytes === 0) return note('failed', 0, fault);
  // Hardly lighter is no choice worth showing.
  if (bytes > work.original.bytes * 0.9) return note('heavier', 100);
  await keep(ctx, maker.storage, work);
}

/** How the program ended, and its last words. It yields to whatever else the machine has to do. */
export async function runProgram(
  ffmpeg: string,
  work: Running,
  note: (progress: number) => Promise<void>,
): Promise<{ isMade: boolean; fault: string }> {
  const child = spawnGuarded([ffmpeg, ...argumentsFor(work.kind, work)], { niceness: 15 });
  const patience = setTimeout(() => child.stdin.end(), patienceMs);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = new Promise<boolean>((done) => {
    child.once('error', () => done(false));
    child.once('close', (status) => done(status === 0));
  });
  let noted = Date.now();
  for await (const line of createInterface(child.stdout)) {
    const seconds = Number(/^out_time_us=(\d+)/.exec(line)?.[1]) / 1_000_000;
    const whole = work.original?.durationSeconds;
    if (!seconds || !whole || Date.now() - noted < betweenNotesMs) continue;
    noted = Date.now();
    await note(Math.min(99, Math.floor((seconds / whole) * 100)));
  }
  const isMade = await ended;
  clearTimeout(patience);
  return { isMade, fault: lastWords(said, work) };
}

/** Without the paths of this machine. */
function lastWords(said: string, { from, to }: Running): string {
  const plain = said
    .replaceAll(from, 'original')
    .replaceAll(to, 'copy')
    .replace(/@ 0x[0-9a-f]+/g, '');
  return plain.trim().split('\n').slice(-3).join(' ').slice(0, 400);
}

async function keep(ctx: Ctx, storage: Storage, { fileId, original, kind, to }: Work): Promise<void> {
  const { key, sha256, bytes } = await storage.put(createReadStream(to), { maxBytes: mostBytes });
  const made = newId();
  const now = ctx.clock.now();
  const { createdBy, officeId, durationSeconds } = original;
  await ctx.db.transaction(async (tx) => {
    await insertFile(tx, {
      fileId: made,
      storageKey: key,
      sha256,
      bytes,
      contentType: kind === 'audio' ? 'audio/mp4' : 'video/mp4',
      name: `${original.name.replace(/\.[^.]*$/, '')}-${kind}.${kind === 'audio' ? 'm4a' : 'mp4'}`,
      durationSeconds,
      createdBy,
      officeId,
      keptAt: now,
    });
    await markPlanned(tx, [made], now);
    await noteStanding(tx, { fileId, kind, state: 'made', progress: 100, madeFileId: made, now });
  });
}
