import { Card } from '../../shell/index.ts';
import type { PartProps } from './sheet-page.tsx';

/** How far the curriculum rule is kept below the office, with the way to the list of what does not comply. */
export function CurriculumCard({ sheet, say }: PartProps) {
  const { t } = say;
  const { curriculum, place } = sheet;
  if (!curriculum || place.node !== 'office') return null;
  const { underRule, complying, failing, reasoned, departmentsFailing } = curriculum;
  const office = encodeURIComponent(place.code);
  return (
    <Card title={t('review.curriculum')} tone={failing > 0 ? 'needs-you' : 'plain'}>
      <p>
        {t('review.curriculumText', {
          ...{ underRule: say.number(underRule), complying: say.number(complying) },
          percent: say.share(complying, underRule),
        })}
      </p>
      {failing > 0 ? (
        <p>
          {t('review.curriculumFailing', {
            ...{ failing: say.number(failing), reasoned: say.number(reasoned) },
            departments: say.number(departmentsFailing),
          })}{' '}
          <a href={`/office/curriculum/failing?office=${office}`}>{t('review.list')}</a>
        </p>
      ) : null}
    </Card>
  );
}
