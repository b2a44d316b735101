import { definitionHref } from '../../insight/index.ts';
import { Stat, StatStrip } from '../../shell/index.ts';
import { completionWords, ofRegistered, rosterWords } from '../files/headline-words.ts';
import { changeOf } from '../sheet/ratios.ts';
import type { PartProps } from './sheet-page.tsx';
import { changeText, type Say } from './words.ts';

/** The five figures that a review begins with, each with what it is of. */
export function Headline({ sheet, say }: PartProps) {
  const { t } = say;
  const { figures, before } = sheet;
  return (
    <StatStrip>
      <Stat
        label={t('review.registered')}
        value={figures.registered ?? t('shell.masked')}
        detail={rosterWords(sheet, say)}
        definitionHref={definitionHref('registered')}
      />
      <Stat
        label={t('review.atLeastOne')}
        value={figures.atLeastOne ?? t('shell.masked')}
        detail={
          <>
            {ofRegistered(figures.atLeastOne, sheet, say)}
            <Change points={changeOf(figures, before)} say={say} />
          </>
        }
        definitionHref={definitionHref('at_least_one')}
      />
      <Stat
        label={t('review.threeOrMore')}
        value={figures.threeOrMore ?? t('shell.masked')}
        detail={ofRegistered(figures.threeOrMore, sheet, say)}
        definitionHref={definitionHref('three_or_more')}
      />
      <Stat
        label={t('review.completions')}
        value={figures.completions ?? t('shell.masked')}
        detail={completionWords(sheet, say)}
        definitionHref={definitionHref('completions')}
      />
      <Stat
        label={t('review.learningTime')}
        value={figures.learningMinutes === null ? t('shell.masked') : say.hours(figures.learningMinutes)}
        unit={figures.learningMinutes === null ? undefined : t('review.hours')}
        detail={
          figures.learningMinutes === null
            ? undefined
            : t('review.hoursPerHead', { value: say.ratio(figures.learningMinutes / 60, figures.registered) })
        }
        definitionHref={definitionHref('learning_minutes')}
      />
    </StatStrip>
  );
}

/** Up is green; down is plain ink with its sign, for retirements lower a share too. */
export function Change({ points: value, say }: { points: number | null; say: Say }) {
  const text = changeText(value, say);
  if (text === null || value === null || value === 0) return null;
  return (
    <>
      {' · '}
      {value > 0 ? <b class="risen">{text}</b> : <b>{text}</b>}
    </>
  );
}
