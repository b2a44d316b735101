import { Card } from '../../shell/index.ts';
import type { Section } from '../sheet/shape.ts';
import { SectionNotes } from './section-notes.tsx';
import type { PartProps } from './sheet-page.tsx';
import { LinesTable } from './units-card.tsx';
import { lineHref } from './words.ts';

/** Where what a row leads to is counted at another instant than the row itself. */
function ReportNote({
  section: { key, countedAt },
  isPublished,
  say: { t },
}: PartProps & { section: Section }) {
  if (key === 'divisions' || (!countedAt && !isPublished)) return null;
  return <p class="soft screen-only">{t(isPublished ? 'review.reportLater' : 'review.reportNow')}</p>;
}

/** Groups, engagements, field cadres, divisions: a table each, with the reach beside the number of people. */
export function SectionCard(props: PartProps & { section: Section }) {
  const { section, sheet, say } = props;
  const title = say.t(`review.section_${section.key}`);
  return (
    <Card title={title} lead={say.t(`review.lead_${section.key}`)} id={section.key}>
      <LinesTable {...props} of={section.key} lines={section.lines} caption={title} />
      <SectionNotes section={section} sheet={sheet} say={say} />
      {section.lines.some((line) => lineHref(sheet, { of: section.key, line }, props.asked)) ? (
        <ReportNote {...props} />
      ) : null}
    </Card>
  );
}
