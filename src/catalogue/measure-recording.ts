import type { Readable } from 'node:stream';
import { parseStream } from 'music-metadata';

export type Recording = { seconds: number | null; hasPicture: boolean };

const longestSeconds = 86_400;
const patienceMs = 60_000;

/**
 * Length of a recording (MP3, M4A, MP4, WebM, OGG, WAV), read from the file as it streams by. `seconds` is
 * null where it cannot be read: damaged, or written without a length, as some recorders of browsers do.
 */
export async function measureRecording(
  source: Readable,
  file: { contentType: string; bytes: number },
): Promise<Recording> {
  const patience = setTimeout(() => source.destroy(new Error('too slow')), patienceMs);
  try {
    const told = { mimeType: file.contentType, size: file.bytes };
    const { format } = await parseStream(source, told, { duration: true, skipCovers: true });
    return { seconds: plausible(format.duration), hasPicture: format.hasVideo ?? true };
  } catch {
    // Whatever the reader stumbles over is the file's fault, and said to the author.
    return { seconds: null, hasPicture: true };
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
