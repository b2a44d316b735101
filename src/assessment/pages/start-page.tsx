import { formatDay, formatDayTime, formatTime, indiaDay } from '../../kernel/dates.ts';
import { courseHref, type LearnerLesson, lessonHref } from '../../learning/index.ts';
import { Button, ButtonRow, Card, DataTable, Form, Notice, PageHeading, Prose } from '../../shell/index.ts';
import { type BlueprintRules, questionCount } from '../rules.ts';
import type { PaperRow } from '../stores/papers.ts';
import type { TestView } from '../test-view.ts';
import { marksText, paperHref, pointsText, type Say } from './words.ts';

type Props = { at: LearnerLesson; test: TestView; say: Say; title: string; now: Date };

/** The rules of a test in plain words before its clock starts, and what was tried before. */
export function StartPage({ at, test, say, title, now }: Props) {
  const { t } = say;
  return (
    <>
      <PageHeading title={title} lead={leadOf(test, now, say)} />
      {test.isPassed ? (
        <Notice
          tone="done"
          title={t('assessment.alreadyPassed')}
          actions={<Button href={courseHref(at.course.code)}>{t('learning.toCourse')}</Button>}
        />
      ) : null}
      {test.given && test.left !== 0 && !test.isPassed ? (
        <Notice title={t('learning.oneMoreGiven')}>
          <p>
            {t('learning.oneMoreWhy', {
              day: formatDay(indiaDay(test.given.givenAt), say.language),
              reason: test.given.reason,
            })}
          </p>
        </Notice>
      ) : null}
      <Card title={t('assessment.rules')}>
        <Prose>
          <ul>
            {ruleLines(test, say).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Prose>
        <Begin at={at} test={test} say={say} />
      </Card>
      <Earlier test={test} say={say} />
    </>
  );
}

/** What is true now: whether a clock runs, a pause, a marker is waited for, or nothing is left. */
function leadOf(test: TestView, now: Date, { t, language }: Say): string {
  const { open, isPassed, waiting, left, again } = test;
  if (open?.dueAt) {
    const minutes = Math.max(1, Math.ceil((open.dueAt.getTime() - now.getTime()) / 60_000));
    return t('assessment.leadRunning', { time: formatTime(open.dueAt), minutes });
  }
  if (open) return t('assessment.leadOpen');
  if (waiting) return t('assessment.leadWaiting');
  if (isPassed) return t('assessment.leadPassed');
  if (left === 0) return t('assessment.leadUsed');
  if (again) return t('assessment.leadCooling', { time: formatDayTime(again, language) });
  return t('assessment.startLead');
}

export function ruleLines({ rules, open, extraPercent: extraNow, left }: TestView, say: Say): string[] {
  const { t } = say;
  const extraPercent = open ? open.extraPercent : extraNow;
  const minutes = rules.minutes === null ? null : rules.minutes * (1 + extraPercent / 100);
  return [
    t('assessment.ruleCount', { n: questionCount(rules) }),
    minutes === null
      ? t('assessment.ruleNoTime')
      : t('assessment.ruleTime', { minutes: pointsText(minutes, say) }),
    ...(minutes !== null && extraPercent > 0 ? [t('assessment.ruleExtra')] : []),
    t('assessment.rulePass', { percent: Math.round(rules.passShare * 100) }),
    ...cutOffLines(rules, say),
    rules.negativeShare > 0
      ? t('assessment.ruleNegative', { percent: Math.round(rules.negativeShare * 100) })
      : t('assessment.ruleNoNegative'),
    ...(rules.hasPartialCredit ? [t('assessment.rulePartial')] : []),
    left === null ? t('assessment.ruleAnyAttempts') : t('assessment.ruleAttempts', { n: left }),
    ...(rules.coolingMinutes > 0
      ? [t('assessment.ruleCooling', { time: spanText(rules.coolingMinutes, say) })]
      : []),
    t('assessment.ruleSaved'),
  ];
}

function cutOffLines(rules: BlueprintRules, { t, language }: Say): string[] {
  return rules.sections.flatMap((section, at) => {
    if (section.cutOffShare === 0) return [];
    const name =
      section.title[language] ??
      section.title.hi ??
      section.title.en ??
      t('assessment.sectionNo', { n: at + 1 });
    return [t('assessment.ruleCutOff', { section: name, percent: Math.round(section.cutOffShare * 100) })];
  });
}

export function spanText(minutes: number, { t }: Say): string {
  if (minutes % 1440 === 0) return t('assessment.days', { n: minutes / 1440 });
  if (minutes % 60 === 0) return t('assessment.hours', { n: minutes / 60 });
  return t('assessment.minutes', { n: minutes });
}

function Begin({ at, test, say }: Omit<Props, 'title' | 'now'>) {
  const { t, language } = say;
  if (test.open)
    return (
      <ButtonRow>
        <Button href={paperHref(test.open.paperId)}>{t('assessment.continue')}</Button>
      </ButtonRow>
    );
  if (test.waiting) return <p>{t('assessment.waitsText')}</p>;
  if (test.left === 0)
    return test.isPassed ? null : (
      <>
        <p>{t('assessment.noneLeft')}</p>
        <ButtonRow>
          <Button href="/help">{t('learning.askForAttempt')}</Button>
          <Button href={courseHref(at.course.code)} variant="quiet">
            {t('learning.toCourse')}
          </Button>
        </ButtonRow>
      </>
    );
  if (test.again) return <p>{t('assessment.againAt', { time: formatDayTime(test.again, language) })}</p>;
  return (
    <Form action={`${lessonHref(at.course.code, at.lesson.code)}/paper`}>
      <ButtonRow>
        <Button icon="play">
          {t(test.papers.length > 0 ? 'assessment.beginAgain' : 'assessment.begin')}
        </Button>
        <Button href={courseHref(at.course.code)} variant="quiet">
          {t('learning.toCourse')}
        </Button>
      </ButtonRow>
    </Form>
  );
}

function Earlier({ test, say }: { test: TestView; say: Say }) {
  const { t } = say;
  const done = test.papers.filter((paper) => paper.submittedAt !== null);
  if (done.length === 0) return null;
  return (
    <Card title={t('assessment.earlier')}>
      <DataTable<PaperRow>
        caption={t('assessment.earlier')}
        isCaptionHidden
        isCountHidden
        rows={done}
        rowKey={(paper) => paper.paperId}
        columns={[
          {
            key: 'number',
            label: t('assessment.attempt'),
            kind: 'link',
            isRowHeading: true,
            value: (paper) => t('assessment.attemptNo', { n: paper.number }),
            href: (paper) => paperHref(paper.paperId, '/result'),
          },
          { key: 'day', label: t('assessment.handedIn'), kind: 'date', value: (paper) => paper.submittedAt },
          {
            key: 'score',
            label: t('assessment.score'),
            value: (paper) => (paper.waitsForMarker ? null : marksText(paper.score, paper.maxScore)),
          },
          { key: 'state', label: t('assessment.outcome'), value: (paper) => outcomeText(paper, say) },
        ]}
      />
    </Card>
  );
}

export function outcomeText(paper: PaperRow, { t }: Say): string {
  if (paper.waitsForMarker) return t('assessment.waits');
  return t(paper.isPassed ? 'assessment.passed' : 'assessment.notPassed');
}
