import { Card, SummaryList } from '../../../shell/index.ts';
import type { CourseDesk } from '../course-desk.ts';
import { readingText } from '../editor/reading-text.ts';
import { readingWords } from './rich-text-area.tsx';
import { lessonHref, type Say, titleOf } from './words.ts';

/** How each lesson's Hindi reads: a hint, never a hindrance. */
export function ReadingCard({ desk, say }: { desk: CourseDesk; say: Say }) {
  const words = readingWords(say);
  const rows = desk.lessons.flatMap((lesson) => {
    const hindi = lesson.contents.find((content) => content.language === 'hi');
    const text = readingText(hindi?.bodyMarkdown ?? hindi?.transcript ?? '', words);
    const changeHref =
      desk.hasDraft && desk.mayEdit ? lessonHref(desk.course.code, lesson.code, '#bodyHi') : undefined;
    return text ? [{ label: titleOf(lesson, say.language), value: text, changeHref }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <Card title={say.t('editor.reading')} lead={say.t('editor.readingLead')}>
      <SummaryList rows={rows} />
    </Card>
  );
}
