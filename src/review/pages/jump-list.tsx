import { Details } from '../../shell/index.ts';
import { sectionTitle } from '../files/section-words.ts';
import { endsShown } from '../sheet/notable.ts';
import type { SectionKey } from '../sheet/shape.ts';
import type { PartProps } from './sheet-page.tsx';

type Jump = { id: string; label: string };

/** What stands on the sheet, in its order: on a phone the sheet is twenty screens long. */
export function JumpList({ sheet, say }: Pick<PartProps, 'sheet' | 'say'>) {
  const { t } = say;
  return (
    <nav class="jump-list" aria-label={t('review.jump')}>
      <Details summary={t('review.jump')}>
        <ul>
          {jumpsOf({ sheet, say }).map(({ id, label }) => (
            <li key={id}>
              <a href={`#${id}`}>{label}</a>
            </li>
          ))}
        </ul>
      </Details>
    </nav>
  );
}

function jumpsOf({ sheet, say }: Pick<PartProps, 'sheet' | 'say'>): Jump[] {
  const { t } = say;
  const sections = (...keys: SectionKey[]): Jump[] =>
    keys
      .filter((key) => sheet.sections.some((section) => section.key === key))
      .map((key) => ({ id: key, label: sectionTitle(key, sheet, say) }));
  const [ends] = endsShown(sheet);
  const end = ends && `${ends.key}-${ends.best.length > 0 ? 'best' : 'worst'}`;
  return [
    ...sections('states', 'districts'),
    ...(end ? [{ id: end, label: t('review.ends') }] : []),
    { id: 'orders', label: t('review.orders') },
    { id: 'bands', label: t('review.bands') },
    ...(sheet.trend.length > 0 ? [{ id: 'trend', label: t('review.trend') }] : []),
    ...(sheet.curriculum && sheet.place.node === 'office'
      ? [{ id: 'curriculum', label: t('review.curriculum') }]
      : []),
    ...(sheet.board ? [{ id: 'board', label: t('review.board') }] : []),
    ...sections('units', 'divisions', 'groups', 'engagements', 'fieldCadres'),
  ];
}
