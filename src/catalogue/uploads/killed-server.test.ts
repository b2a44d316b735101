import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, startProgram } from '../../../test/program.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'daksh-'));
// The session must be fresh by the clock of the real server.
const world = await openWorld({ now: new Date().toISOString() });
const { headers } = await signedIn(world, 'author');
const tus = { ...headers, 'tus-resumable': '1.0.0' };
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
let child: ChildProcess | undefined;
after(async () => {
  await kill();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(3_000_000)]);

test('an upload survives kill -9 in the middle of a piece: the server goes on where the bytes end', async () => {
  await start();
  const begun = await fetch(`${base}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(file.length), 'upload-metadata': `filename ${btoa('a.pdf')}` },
  });
  assert.equal(begun.status, 201, await begun.text());
  const url = base + begun.headers.get('location');
  const broken = sendHalf(url);
  await until(async () => (await offsetOf(url)) > 1_000_000);
  await kill();
  await broken;
  await start();
  const offset = await offsetOf(url);
  assert.ok(offset > 1_000_000 && offset < file.length, `${offset} of ${file.length}`);
  const rest = await fetch(url, { method: 'PATCH', headers: pieceAt(offset), body: file.subarray(offset) });
  assert.deepEqual([rest.status, rest.headers.get('upload-offset')], [204, String(file.length)]);
  const made = await fetch(`${url}/file`, { method: 'POST', headers });
  assert.equal(made.status, 201);
  const { fileId } = (await made.json()) as { fileId: string };
  const kept = Buffer.from(await (await fetch(`${base}/media/${fileId}`, { headers })).arrayBuffer());
  assert.equal(sha256(kept), sha256(file));
});

const pieceAt = (offset: number) => ({
  ...tus,
  'content-type': 'application/offset+octet-stream',
  'upload-offset': String(offset),
});

/** Promises the whole, sends two thirds and holds the line until it breaks. */
async function sendHalf(url: string): Promise<void> {
  const length = { 'content-length': String(file.length) };
  const sending = request(url, { method: 'PATCH', headers: { ...pieceAt(0), ...length } });
  sending.write(file.subarray(0, 2_000_000));
  await once(sending, 'error');
}

async function offsetOf(url: string): Promise<number> {
  const answer = await fetch(url, { method: 'HEAD', headers: tus });
  assert.equal(answer.status, 200);
  return Number(answer.headers.get('upload-offset'));
}

async function start(): Promise<void> {
  child = startProgram(world, { folder, port });
  await until(async () => (await fetch(`${base}/readyz`).catch(() => undefined))?.ok === true);
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await holds()) return;
    await wait(25);
  }
  assert.fail('waited in vain');
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
