export type FileKind = 'video' | 'audio' | 'pdf' | 'image' | 'captions';

/** What lessons may be made of; the content decides, not the name or what the browser says. */
export const accepted: Record<string, FileKind> = {
  'video/mp4': 'video',
  'video/webm': 'video',
  'video/ogg': 'video',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/x-m4a': 'audio',
  'audio/ogg': 'audio',
  'audio/opus': 'audio',
  'audio/wav': 'audio',
  'audio/webm': 'audio',
  'application/pdf': 'pdf',
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/webp': 'image',
  'text/vtt': 'captions',
};

export function kindOfType(contentType: string): FileKind | undefined {
  return accepted[contentType];
}
