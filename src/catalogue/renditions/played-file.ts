import type { ContentRow } from '../course-store.ts';
import type { Rendition } from './kinds.ts';

export type PlayedFile = {
  fileId: string;
  bytes: number;
  contentType: string;
  kind: Rendition['kind'] | 'original';
};

/** What a recording can be played as, the lightest first; one entry where nothing lighter was made. */
export function playableFiles(
  content: Pick<ContentRow, 'fileId' | 'fileBytes' | 'fileType' | 'renditions'>,
): PlayedFile[] {
  if (!content.fileId) return [];
  const original = {
    fileId: content.fileId,
    bytes: content.fileBytes ?? 0,
    contentType: content.fileType ?? '',
    kind: 'original' as const,
  };
  return [...(content.renditions ?? []), original].sort((left, right) => left.bytes - right.bytes);
}

/**
 * What plays unless the learner chooses: of a film the middle size, which a phone shows well; of a sound the
 * light one. The rest is a choice beside it.
 */
export function usualFile(content: Parameters<typeof playableFiles>[0]): PlayedFile | undefined {
  const files = playableFiles(content);
  const wanted = content.fileType?.startsWith('video/') ? 'video360' : 'audio';
  const original = files.find((file) => file.kind === 'original');
  return files.find((file) => file.kind === wanted) ?? original;
}
