import type { KnownFile } from './stores/kept-files.ts';

/** Of the files that a text names as pictures, those that are kept and are pictures. */
export function ownImages(ids: string[], known: ReadonlyMap<string, KnownFile>): string[] {
  return ids.filter((id) => known.get(id)?.contentType.startsWith('image/'));
}
