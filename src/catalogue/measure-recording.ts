import type { Readable } from 'node:stream';
import { parseStream } from 'music-metadata';

export type Recording = { seconds: number | null; hasPicture: boolean; isReadable: boolean };

const longestSeconds = 86_400;
const patienceMs = 60_000;

/**
 * Length of a recording (MP3, M4A, MP4, WebM, OGG, WAV), read from the file as it streams by. `seconds` is
 * null where it cannot be read: damaged, or written without a length, as some recorders of browsers do; `isReadable` says
 * whether anything that sounds was found at all.
 */
export async function measureRecording(
  source: Readable,
  file: { contentType: string; bytes: number },
): Promise<Recording> {
  let isLate = false;
  const patience = setTimeout(() => {
    isLate = true;
    source.destroy(new Error('too slow'));
  }, patienceMs);
  try {
    const told = { mimeType: file.contentType, size: file.bytes };
    const { format } = await parseStream(source, told, { duration: true, skipCovers: true });
    const seconds = plausible(format.duration);
    // A browser's recorder writes no length, but it says how the sound is packed.
    const isReadable = seconds !== null || Boolean(format.codec || format.sampleRate || format.hasAudio);
    return { seconds, hasPicture: format.hasVideo ?? true, isReadable };
  } catch {
    // Whatever the reader stumbles over is the file's fault, and said to the author.
    return { seconds: null, hasPicture: true, isReadable: isLate };
  } finally {
    clearTimeout(patience);
    source.destroy();
  }
}

function plausible(seconds: number | undefined): number | null {
  if (seconds === undefined || !Number.isFinite(seconds)) return null;
  const rounded = Math.round(seconds * 10) / 10;
  return rounded > 0 && rounded <= longestSeconds ? rounded : null;
}
