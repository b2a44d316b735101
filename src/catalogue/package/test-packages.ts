import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import type { World } from '../../../test/world.ts';
import { exportCourse } from './export-package.ts';

/** What lies in a package, for tests that look into one or change it. */
export type Unpacked = { document: Record<string, unknown>; text: string; files: Map<string, Buffer> };

export async function exported(world: World, code: string, version?: number): Promise<Buffer> {
  const pack = await exportCourse(world.as('author'), world.runtime.storage, { code, version });
  return whole(pack.stream);
}

export async function whole(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray());
}

export async function unpacked(zipped: Buffer): Promise<Unpacked> {
  const zip = await fromBufferPromise(zipped, { lazyEntries: true });
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await whole(await zip.openReadStreamPromise(entry)));
  const text = files.get('course.json')?.toString('utf8') ?? '';
  files.delete('course.json');
  return { document: JSON.parse(text), text, files };
}

export type Packing = { name: string; bytes: Buffer; mode?: number; compress?: boolean };

export async function packed(entries: Packing[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, bytes, mode, compress } of entries)
    zip.addBuffer(bytes, name, { compress: compress ?? false, ...(mode ? { mode } : {}) });
  zip.end();
  return whole(zip.outputStream as Readable);
}

/** The same package with something changed: its document, its files. */
export function repacked({ files }: Unpacked, document: unknown): Promise<Buffer> {
  return packed([
    { name: 'course.json', bytes: Buffer.from(JSON.stringify(document)) },
    ...[...files].map(([name, bytes]) => ({ name, bytes })),
  ]);
}

let written = 0;

export async function onDisk(world: World, zipped: Buffer): Promise<string> {
  written += 1;
  const path = join(world.runtime.config.dataDir, `package-${written}.zip`);
  await writeFile(path, zipped);
  return path;
}

/** A picture of one point, with what a camera would write beside it. */
export function picture(camera = ''): Buffer {
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...(camera ? [chunk('tEXt', Buffer.from(camera))] : []),
    chunk('IDAT', deflateSync(Buffer.from([0, 255]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  return Buffer.concat([size, Buffer.from(kind), data, Buffer.alloc(4)]);
}
