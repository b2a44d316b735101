import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Refusal } from '../../kernel/errors.ts';
import { kindOfType, largestBytes, typeOf } from '../save-file.ts';
import { headBytes } from '../upload-stream.ts';
import { readCaptions } from '../web-vtt.ts';
import {
  type CourseDocument,
  lessonsIn,
  type PackageAsset,
  type PackageLesson,
  pathsOf,
} from './document.ts';
import { type Fault, fault, refused } from './faults.ts';
import { type Archive, asDamage } from './open-archive.ts';

/** Every file of a package against its list: there, used, of the right kind, and byte for byte what was exported. */
export async function checkAssets(archive: Archive, document: CourseDocument): Promise<void> {
  const faults = [...listFaults(archive, document), ...useFaults(document)];
  if (faults.length > 0) throw refused(faults);
  const wrong: Fault[] = [];
  for (const asset of document.assets) wrong.push(...(await contentFaults(archive, asset)));
  if (wrong.length > 0) throw refused(wrong);
}

function listFaults(archive: Archive, { assets }: CourseDocument): Fault[] {
  const listed = new Set(assets.map((asset) => asset.path));
  const there = new Set(archive.paths);
  const paths = assets.map((asset) => asset.path);
  return [
    ...paths.filter((path, at) => paths.indexOf(path) !== at).map((path) => fault('repeated_asset', path)),
    ...archive.paths.filter((path) => !listed.has(path)).map((path) => fault('unlisted_file', path)),
    ...[...listed].filter((path) => !there.has(path)).map((path) => fault('missing_file', path)),
    ...assets
      .filter((asset) => there.has(asset.path) && archive.bytesOf(asset.path) !== asset.bytes)
      .map((asset) => fault('wrong_size', asset.path)),
  ];
}

function useFaults(document: CourseDocument): Fault[] {
  const byPath = new Map(document.assets.map((asset) => [asset.path, asset]));
  const lessons = lessonsIn(document);
  const used = new Set(lessons.flatMap((lesson) => Object.values(lesson.contents).flatMap(pathsOf)));
  const unlisted = [...used].filter((path) => !byPath.has(path));
  const unused = [...byPath.keys()].filter((path) => !used.has(path));
  return [
    ...unlisted.map((path) => fault('unlisted_asset', path)),
    ...unused.map((path) => fault('unused_asset', path)),
    ...lessons.flatMap((lesson) => kindFaults(lesson, byPath)),
  ];
}

/** A film in a lesson of sound is no film there; captions are captions. */
function kindFaults(lesson: PackageLesson, byPath: ReadonlyMap<string, PackageAsset>): Fault[] {
  return Object.values(lesson.contents).flatMap((content) => {
    const kind = (path: string | undefined) => kindOfType(byPath.get(path ?? '')?.contentType ?? '');
    const isRight = !content.file || !byPath.has(content.file) || kind(content.file) === lesson.kind;
    const areCaptions =
      !content.captions || !byPath.has(content.captions) || kind(content.captions) === 'captions';
    return isRight && areCaptions ? [] : [fault('wrong_kind', lesson.code)];
  });
}

async function contentFaults(archive: Archive, asset: PackageAsset): Promise<Fault[]> {
  const kind = kindOfType(asset.contentType);
  if (!kind) return [fault('wrong_type', asset.path)];
  if (asset.bytes > largestBytes[kind]) return [fault('asset_too_large', asset.path)];
  const seen = await readThrough(await archive.open(asset.path), { isKept: kind === 'captions' });
  if (seen.sha256 !== asset.sha256) return [fault('wrong_hash', asset.path)];
  const type = await typeOf(seen.head).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  // A sound in a film's wrapping is told apart only when it is kept; its first bytes say film.
  if (!type || !isSame(type, asset.contentType)) return [fault('wrong_type', asset.path)];
  return kind === 'captions' && readCaptions(seen.whole.toString('utf8')).fault
    ? [fault('bad_captions', asset.path)]
    : [];
}

function isSame(found: string, listed: string): boolean {
  const [kind, form] = listed.split('/');
  return found === listed || (kind === 'audio' && found === `video/${form}`);
}

async function readThrough(source: Readable, { isKept }: { isKept: boolean }) {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let size = 0;
  const read = async () => {
    for await (const chunk of source) {
      hash.update(chunk as Buffer);
      if (isKept || size < headBytes) chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
  };
  await asDamage(read());
  const whole = Buffer.concat(chunks);
  return { sha256: hash.digest('hex'), head: whole.subarray(0, headBytes), whole };
}
