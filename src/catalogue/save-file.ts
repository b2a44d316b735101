import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileTypeFromBuffer } from 'file-type';
import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { invalid, Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { addJob } from '../kernel/jobs.ts';
import { type Storage, tooLarge } from '../kernel/storage.ts';
import { withoutOddSigns } from '../kernel/text/index.ts';
import { cuesOf } from './captions/read-tracks.ts';
import { insertTrack, type TrackCue } from './captions/track-store.ts';
import { type Examined, examine } from './examine.ts';
import { accepted, type FileKind, kindOfType } from './file-kinds.ts';
import { authorRoles } from './policy.ts';
import { isReadableImage } from './readable-image.ts';
import { planRenditions } from './renditions/plan-renditions.ts';
import { ownerOffice } from './save-course.ts';
import { insertFile } from './stores/kept-files.ts';
import { strippedImage } from './strip-image.ts';
import { beginUpload, type Upload } from './upload-stream.ts';
import { isSubRip, readCaptions, webVttOf } from './web-vtt.ts';

export { type FileKind, kindOfType } from './file-kinds.ts';

/** The largest of each kind: a lesson for a phone on a bad network is far below. */
export const largestBytes: Record<FileKind, number> = {
  video: 200_000_000,
  audio: 100_000_000,
  pdf: 50_000_000,
  image: 10_000_000,
  captions: 2_000_000,
};

export type SavedFile = {
  fileId: string;
  contentType: string;
  bytes: number;
  name: string;
  /** Of a recording, as measured; null where it is none or its length cannot be read. */
  durationSeconds: number | null;
  /** Of a PDF; null where it is none or its pages cannot be read. */
  pageCount: number | null;
};

/**
 * Keeps an uploaded file of a lesson; it is streamed, never whole in memory. Refuses what is not video, audio,
 * PDF, image or captions, WebVTT or SRT (`unsupported_type`), captions whose cues cannot be read, and what is too large.
 */
export async function saveFile(
  ctx: Ctx,
  storage: Storage,
  upload: {
    source: Readable;
    name: string;
    /** What is to be noted together with the file, or not at all. */
    alongside?: (tx: Tx, fileId: string) => Promise<void>;
  },
): Promise<SavedFile> {
  requireRole(ctx, authorRoles);
  const officeId = await ownerOffice(ctx, undefined);
  const blob = await keepBlob(ctx, storage, upload.source);
  return ctx.db.transaction(async (tx) => {
    const file = await noteFile(tx, ctx, { blob, name: upload.name, officeId });
    await upload.alongside?.(tx, file.fileId);
    return file;
  });
}

/** What lies in the store now, examined and cleaned; it is nobody's before `noteFile`. */
export type KeptBlob = Examined & {
  storageKey: string;
  sha256: string;
  bytes: number;
  /** Of captions, which are counted, translated and mended cue by cue. */
  cues?: TrackCue[];
};

type FolderOf = Pick<Ctx, 'config'>;

export async function keepBlob(ctx: FolderOf, storage: Storage, source: Readable): Promise<KeptBlob> {
  const begun = await beginUpload(source);
  try {
    return await keep(ctx, storage, begun);
  } catch (error) {
    await begun.drain();
    throw error;
  }
}

/** Makes a file of lessons of what was kept, within the caller's transaction; lighter copies are made of it. */
export async function noteFile(
  tx: Tx,
  ctx: Ctx,
  given: { blob: KeptBlob; name: string; officeId: string | null; licence?: string },
): Promise<SavedFile> {
  const { blob, officeId } = given;
  const file = { ...blob, fileId: newId(), name: nameOf(given.name, blob.contentType) };
  await insertFile(tx, {
    ...file,
    createdBy: personIdOf(ctx.actor) ?? null,
    officeId,
    keptAt: ctx.clock.now(),
    licence: given.licence ?? null,
  });
  if (blob.cues) await insertTrack(tx, file.fileId, blob.cues);
  await planRenditions(tx, file, ctx.clock.now());
  if (file.pageCount) await addJob(tx, 'catalogue:draw-pages', { fileId: file.fileId }, { maxAttempts: 3 });
  await audit(tx, ctx, {
    action: 'file.saved',
    subjectKind: 'file',
    subjectId: file.fileId,
    officeId: officeId ?? undefined,
    detail: { bytes: file.bytes, contentType: file.contentType },
  });
  const { fileId, contentType, bytes, name, durationSeconds, pageCount } = file;
  return { fileId, contentType, bytes, name, durationSeconds, pageCount };
}

async function keep(ctx: FolderOf, storage: Storage, { head, whole }: Upload): Promise<KeptBlob> {
  const contentType = await typeOf(head);
  const kind = kindOfType(contentType) ?? 'pdf';
  const source = await cleaned(whole, { kind, contentType });
  const { key, sha256, bytes } = await storage.put(source, { maxBytes: largestBytes[kind] });
  const seen = await examine(ctx, storage, { storageKey: key, contentType, bytes });
  if (kind === 'audio' && !seen.isReadable) throw unreadable('bad_sound');
  const kept = { ...seen, storageKey: key, sha256, bytes };
  if (kind !== 'captions') return kept;
  return { ...kept, cues: cuesOf(readCaptions(await text(await storage.open(key))).cues) };
}

/** Captions that came as SRT are kept as WebVTT. */
function nameOf(given: string, contentType: string): string {
  const name = cleanName(given);
  return contentType === 'text/vtt' ? name.replace(/\.srt$/i, '.vtt') : name;
}

/** A name without folders, control signs and turns of direction, which can hide its ending. */
export function cleanName(given: string): string {
  const name = withoutOddSigns(given.split(/[/\\]/).at(-1) ?? '');
  return name.trim().slice(0, 200) || 'file';
}

/** What a file is by its first bytes; refuses what no lesson is made of. */
export async function typeOf(head: Buffer): Promise<string> {
  if (head.length === 0) throw emptyFile();
  if (/^\uFEFF?WEBVTT([ \t\r\n]|$)/.test(head.toString('utf8', 0, 16))) return 'text/vtt';
  if (isSubRip(head.toString('utf8'))) return 'text/vtt';
  const found = await fileTypeFromBuffer(head);
  const mime = found?.mime === ('audio/ogg; codecs=opus' as string) ? 'audio/ogg' : found?.mime;
  if (mime && accepted[mime]) return mime;
  throw new Refusal('unsupported_type', {
    hi: 'केवल वीडियो (MP4, WebM), ऑडियो (MP3, M4A, OGG), PDF, चित्र या कैप्शन (WebVTT, SRT) अपलोड करें।',
    en: 'Upload only video (MP4, WebM), audio (MP3, M4A, OGG), PDF, pictures or captions (WebVTT, SRT).',
  });
}

/** Captions and pictures are small: read whole before they are kept, checked, and freed of what gives away. */
async function cleaned(source: Readable, file: { kind: FileKind; contentType: string }): Promise<Readable> {
  if (file.kind !== 'captions' && file.kind !== 'image') return source;
  const whole = await readWhole(source, largestBytes[file.kind]);
  if (file.kind === 'image' && !isReadableImage(whole, file.contentType)) throw unreadable('bad_image');
  const kept = file.kind === 'captions' ? checkedCaptions(whole) : strippedImage(whole, file.contentType);
  return Readable.from([kept], { objectMode: false });
}

async function readWhole(source: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > maxBytes) throw tooLarge(maxBytes);
  }
  return Buffer.concat(chunks);
}

function checkedCaptions(whole: Buffer): Buffer {
  const source = whole.toString('utf8');
  const { fault } = readCaptions(source);
  if (fault) throw invalid([{ path: 'file', code: 'bad_captions', text: fault }], fault);
  return isSubRip(source) ? Buffer.from(webVttOf(source)) : whole;
}

const unreadableTexts = {
  bad_image: {
    hi: 'यह चित्र पढ़ा नहीं जा सका: फ़ाइल अधूरी या खराब है। चित्र फिर से सहेजकर या दूसरा चुनकर भेजें।',
    en: 'This picture cannot be read: the file is incomplete or damaged. Save it anew, or choose another one.',
  },
  bad_sound: {
    hi: 'इस फ़ाइल में कोई ध्वनि नहीं मिली: फ़ाइल अधूरी या खराब है। फिर से रिकॉर्ड करें या दूसरी चुनें।',
    en: 'No sound was found in this file: it is incomplete or damaged. Record it anew, or choose another one.',
  },
};

function unreadable(code: keyof typeof unreadableTexts): Refusal {
  const text = unreadableTexts[code];
  return invalid([{ path: 'file', code, text }], text);
}

function emptyFile(): Refusal {
  const words = { hi: 'फ़ाइल खाली है। दूसरी फ़ाइल चुनें।', en: 'The file is empty. Choose another one.' };
  return invalid([{ path: 'file', code: 'empty_file', text: words }], words);
}
