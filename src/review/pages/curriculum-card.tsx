import { Card } from '../../shell/index.ts';
import { curriculumText, failingText } from '../files/section-words.ts';
import type { PartProps } from './sheet-page.tsx';

/** How far the curriculum rule is kept below the office, with the way to the list of what does not comply. */
export function CurriculumCard({ sheet, say }: PartProps) {
  const { t } = say;
  const { curriculum, place } = sheet;
  if (!curriculum || place.node !== 'office') return null;
  const { failing } = curriculum;
  const office = encodeURIComponent(place.code);
  return (
    <Card title={t('review.curriculum')} id="curriculum" tone={failing > 0 ? 'needs-you' : 'plain'}>
      <p>{curriculumText(curriculum, say)}</p>
      {failing > 0 ? (
        <p>
          {failingText(curriculum, say)}{' '}
          <a href={`/office/curriculum/failing?office=${office}`}>{t('review.list')}</a>
        </p>
      ) : null}
    </Card>
  );
}
