import type { ContentRow, LessonRow } from '../course-store.ts';

/** The lesson's content in a language, or an empty one to begin. */
export function contentOf(lesson: Pick<LessonRow, 'contents'>, language: string): ContentRow {
  const found = lesson.contents.find((content) => content.language === language);
  return found ?? { ...emptyContent, language };
}

const emptyContent: Omit<ContentRow, 'language'> = {
  bodyMarkdown: null,
  bodyHtml: null,
  fileId: null,
  captionsFileId: null,
  transcript: null,
  altText: null,
  assetReference: null,
  imageIds: [],
};

export function isEmpty(content: ContentRow): boolean {
  const { bodyMarkdown, fileId, captionsFileId, transcript, altText, assetReference } = content;
  return !(bodyMarkdown || fileId || captionsFileId || transcript || altText || assetReference);
}
