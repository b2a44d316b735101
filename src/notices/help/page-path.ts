import { localPath } from '../../shell/site/index.ts';

export type PageOfQuestion = { path: string; courseCode: string | null };

/** The page a question was asked on, without what a search or a key had put behind it, and its course if any. */
export function pagePathOf(from: string | undefined): PageOfQuestion {
  const path = (localPath(from).split(/[?#]/)[0] ?? '/').slice(0, 300);
  const course = /^\/courses\/([^/]+)/.exec(path)?.[1];
  return { path, courseCode: course ? safeDecode(course) : null };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text).slice(0, 100);
  } catch {
    return text.slice(0, 100);
  }
}
