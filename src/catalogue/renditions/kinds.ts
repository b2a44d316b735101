import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type RenditionKind = 'video360' | 'video144' | 'audio';
export type Rendition = { kind: RenditionKind; fileId: string; bytes: number; contentType: string };

/** Speech at 32 kbit/s gains nothing from being made anew. */
const lightBitsPerSecond = 40_000;

/** What is made of a recording: of a film two smaller ones and its sound, of a sound a lighter one. */
export function kindsFor(file: {
  contentType: string;
  bytes: number;
  durationSeconds: number | null;
}): RenditionKind[] {
  if (file.contentType.startsWith('video/')) return ['video360', 'video144', 'audio'];
  if (!file.contentType.startsWith('audio/')) return [];
  const bits = file.durationSeconds ? (file.bytes * 8) / file.durationSeconds : Number.POSITIVE_INFINITY;
  return bits > lightBitsPerSecond ? ['audio'] : [];
}

// AAC in MP4: every phone plays it, as Opus in Ogg does not.
const sound = ['-ac', '1', '-c:a', 'aac'];
const picture = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-profile:v', 'main'];

const settings: Record<RenditionKind, string[]> = {
  video360: [
    '-vf',
    "scale=-2:'min(360,ih)'",
    ...picture,
    '-crf',
    '28',
    '-maxrate',
    '350k',
    '-bufsize',
    '700k',
    ...sound,
    '-b:a',
    '32k',
  ],
  video144: [
    '-vf',
    "scale=-2:'min(144,ih)',fps=15",
    ...picture,
    '-crf',
    '30',
    '-maxrate',
    '90k',
    '-bufsize',
    '180k',
    ...sound,
    '-b:a',
    '24k',
  ],
  audio: ['-vn', ...sound, '-b:a', '32k'],
};

/** Without what the recorder wrote of place and device; playable before it has come whole. */
export function argumentsFor(kind: RenditionKind, paths: { from: string; to: string }): string[] {
  const before = ['-nostdin', '-v', 'error', '-y', '-protocol_whitelist', 'file', '-threads', '1'];
  const after = ['-threads', '1', '-map_metadata', '-1', '-movflags', '+faststart', '-progress', 'pipe:1'];
  return [...before, '-i', paths.from, ...settings[kind], ...after, '-f', 'mp4', paths.to];
}

/** ffmpeg where this machine has it; Daksh works without, with the recordings as they are. */
export function ffmpegPath(path = process.env['PATH'] ?? ''): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, 'ffmpeg'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
