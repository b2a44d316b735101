import { definitionHref } from '../../insight/index.ts';
import { formatDay } from '../../kernel/dates.ts';
import { Stat, StatStrip } from '../../shell/index.ts';
import { languageWords, ofRegistered } from '../files/headline-words.ts';
import { changeOf } from '../sheet/ratios.ts';
import { Change } from './headline.tsx';
import type { PartProps } from './sheet-page.tsx';

/** AI, cyber security, new accounts, courses on offer. */
export function CoverageStrip({ sheet, say }: PartProps) {
  const { t, language } = say;
  const { figures, before } = sheet;
  return (
    <StatStrip>
      {(['aiReach', 'cyberReach'] as const).map((name) => (
        <Stat
          key={name}
          label={t(`review.${name}`)}
          value={figures[name] ?? t('shell.masked')}
          detail={
            <>
              {ofRegistered(figures[name], sheet, say)}
              <Change points={changeOf(figures, before, name)} say={say} />
            </>
          }
          definitionHref={definitionHref(name === 'aiReach' ? 'ai_reach' : 'cyber_reach')}
        />
      ))}
      {sheet.onboarded === null || !sheet.compareOn ? null : (
        <Stat
          label={t('review.onboarded')}
          value={sheet.onboarded}
          detail={t('review.since', { day: formatDay(sheet.compareOn, language) })}
          definitionHref={definitionHref('onboarded_in')}
        />
      )}
      <Stat
        label={t('review.courses')}
        value={sheet.courses.total}
        detail={languageWords(sheet, say)}
        definitionHref={definitionHref('courses_available')}
      />
    </StatStrip>
  );
}
