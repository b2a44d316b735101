import { formatDayTime } from '../../kernel/dates.ts';
import { Card } from '../../shell/index.ts';
import type { Section } from '../sheet/shape.ts';
import type { PartProps } from './sheet-page.tsx';
import { LinesTable } from './units-card.tsx';

/** Groups, engagements, field cadres, divisions: a table each, with the reach beside the number of people. */
export function SectionCard(props: PartProps & { section: Section }) {
  const { section, say } = props;
  const title = say.t(`review.section_${section.key}`);
  return (
    <Card title={title} lead={say.t(`review.lead_${section.key}`)} id={section.key}>
      <LinesTable {...props} lines={section.lines} caption={title} />
      {section.countedAt ? (
        <p class="soft">
          {say.t('review.countedAt', { when: formatDayTime(new Date(section.countedAt), say.language) })}
        </p>
      ) : null}
      {section.lines.some((line) => line.addedUp) ? <p class="soft">{say.t('review.addedUp')}</p> : null}
    </Card>
  );
}
