import { formatDayTime, formatTime } from '../../kernel/dates.ts';
import { ContinueCard } from '../../shell/index.ts';
import type { TestStanding } from '../hooks.ts';
import { minutesText, type Say, titleOf } from './words.ts';

type RunningProps = { test: TestStanding; now: Date; say: Say };

/** An open test stands before everything else: its clock runs wherever one is. */
export function RunningTest({ test, now, say }: RunningProps) {
  const { t } = say;
  const { until } = test;
  const left = until ? (until.getTime() - now.getTime()) / 60_000 : 0;
  return (
    <ContinueCard
      {...titleOf(test, say.language)}
      eyebrow={t('learning.testRunning')}
      detail={
        until
          ? t('learning.testRunningUntil', { time: formatTime(until), left: minutesText(left, say) })
          : t('learning.testRunningNoEnd')
      }
      href={test.href}
      actionLabel={t('learning.testGoOn')}
    />
  );
}

/** What keeps a test open, or invites to it again. */
export function standingText(
  { state, until }: Pick<TestStanding, 'state' | 'until'>,
  { t, language }: Say,
): string {
  if (state === 'cooling' && until)
    return t('learning.testCooling', { time: formatDayTime(until, language) });
  if (state === 'open') return t('learning.testRunning');
  if (state === 'waiting') return t('learning.testWaiting');
  return t(state === 'used' ? 'learning.testUsed' : 'learning.testAgain');
}
