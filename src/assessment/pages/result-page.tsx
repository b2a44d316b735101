import { answerText, keyText } from '../../catalogue/index.ts';
import { formatDayTime } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { formatMarks } from '../../kernel/numbers.ts';
import { courseHref } from '../../learning/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  Notice,
  PageHeading,
  Stat,
  StatStrip,
  Tag,
} from '../../shell/index.ts';
import type { ResultLine, ResultView } from '../paper-view.ts';
import type { TestView } from '../test-view.ts';
import { marksText, nameOf, pointsText, type Say } from './words.ts';

type Props = { view: ResultView; test: TestView | undefined; say: Say };

/** What a paper was worth, section by section, and each question as far as its author shows it. */
export function ResultPage({ view, test, say }: Props) {
  const { paper, lines } = view;
  const { t, language } = say;
  const when = paper.submittedAt ? formatDayTime(paper.submittedAt, language) : '';
  return (
    <>
      <PageHeading
        title={t(titleKey(view))}
        lead={[nameOf(paper, language), t('assessment.attemptNo', { n: paper.number }), when].join(' · ')}
      />
      {paper.submittedBy === 'clock' ? <Notice tone="info" title={t('assessment.closedByClock')} /> : null}
      {paper.waitsForMarker ? (
        <Notice tone="info" title={t('assessment.waits')}>
          <p>{t('assessment.waitsText')}</p>
        </Notice>
      ) : (
        <Figures view={view} say={say} />
      )}
      <Sections view={view} say={say} />
      <Next test={test} say={say} />
      {lines.map((line, place) => (
        <Line key={place} line={line} place={place} view={view} say={say} />
      ))}
    </>
  );
}

function titleKey({ paper }: ResultView) {
  if (paper.waitsForMarker) return 'assessment.resultWaits';
  return paper.isPassed ? 'assessment.resultPassed' : 'assessment.resultFailed';
}

function Figures({ view, say }: { view: ResultView; say: Say }) {
  const { paper, rules } = view;
  const { t } = say;
  return (
    <StatStrip>
      <Stat
        label={t('assessment.score')}
        value={marksText(paper.score, paper.maxScore)}
        detail={t('assessment.scoreOf', {
          score: pointsText(paper.score, say),
          of: pointsText(paper.maxScore, say),
        })}
      />
      <Stat label={t('assessment.needed')} value={`${Math.round(rules.passShare * 100)}%`} />
    </StatStrip>
  );
}

function Sections({ view, say }: { view: ResultView; say: Say }) {
  const { paper, rules } = view;
  const { t, language } = say;
  const sections = paper.sections ?? [];
  if (sections.length < 2 || paper.waitsForMarker) return null;
  const rows = sections.map((section, at) => ({ ...section, at, rule: rules.sections[at] }));
  return (
    <Card title={t('assessment.bySection')}>
      <DataTable
        caption={t('assessment.bySection')}
        isCaptionHidden
        isCountHidden
        rows={rows}
        rowKey={(row) => String(row.at)}
        columns={[
          {
            key: 'name',
            label: t('assessment.section'),
            isRowHeading: true,
            value: (row) =>
              pick(row.rule?.title ?? {}, language) || t('assessment.sectionNo', { n: row.at + 1 }),
          },
          {
            key: 'score',
            label: t('assessment.score'),
            value: (row) => marksText(row.score, row.maxScore),
          },
          {
            key: 'needed',
            label: t('assessment.needed'),
            value: (row) => (row.rule?.cutOffShare ? formatMarks(row.rule.cutOffShare, 1) : null),
          },
          {
            key: 'reached',
            label: t('assessment.outcome'),
            value: (row) => (
              <Tag tone={row.isReached ? 'done' : 'overdue'}>
                {t(row.isReached ? 'assessment.reached' : 'assessment.notReached')}
              </Tag>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Next({ test, say: { t, language } }: { test: TestView | undefined; say: Say }) {
  if (!test) return null;
  const mayAgain = !test.isPassed && test.left !== 0;
  return (
    <>
      {!test.isPassed && test.again ? (
        <p>{t('assessment.againAt', { time: formatDayTime(test.again, language) })}</p>
      ) : null}
      {!test.isPassed && test.left === 0 ? (
        <Notice
          tone="needs-you"
          title={t('learning.noAttempts')}
          actions={<Button href="/help">{t('learning.askForAttempt')}</Button>}
        >
          <p>{t('assessment.noneLeft')}</p>
        </Notice>
      ) : null}
      <ButtonRow>
        <Button href={courseHref(test.courseCode)}>{t('learning.toCourse')}</Button>
        {mayAgain && !test.again && !test.open ? (
          <Button href={testHref(test)} variant="secondary">
            {t('assessment.beginAgain')}
          </Button>
        ) : null}
      </ButtonRow>
    </>
  );
}

function testHref(test: TestView): string {
  return `${courseHref(test.courseCode)}/lessons/${encodeURIComponent(test.lessonCode)}/paper`;
}

function Line({ line, place, view, say }: { line: ResultLine; place: number; view: ResultView; say: Say }) {
  const { t } = say;
  const language = view.paper.language;
  const { question, answer } = line;
  const isExplained = view.rules.feedback === 'explanations';
  return (
    <Card title={`${place + 1}. ${pick(question.text, language)}`}>
      <p>
        <Verdict line={line} say={say} />{' '}
        {line.isWaiting
          ? ''
          : t('assessment.scoreOf', {
              score: pointsText(line.points, say),
              of: pointsText(line.maxPoints, say),
            })}
      </p>
      <p>
        {t('assessment.yourAnswer')}:{' '}
        {answer === null ? t('assessment.noAnswer') : answerText(question, answer, language)}
      </p>
      {line.note ? (
        <p>
          {t('assessment.markerSays')}: {line.note}
        </p>
      ) : null}
      {isExplained && question.kind !== 'short' ? (
        <p>{t('assessment.rightIs', { text: keyText(question, language) })}</p>
      ) : null}
      {isExplained && question.explanation ? <p>{pick(question.explanation, language)}</p> : null}
    </Card>
  );
}

function Verdict({ line, say: { t } }: { line: ResultLine; say: Say }) {
  if (line.isWaiting) return <Tag>{t('assessment.waits')}</Tag>;
  if (line.share === 1) return <Tag tone="done">{t('assessment.right')}</Tag>;
  if ((line.share ?? 0) > 0) return <Tag tone="progress">{t('assessment.partlyRight')}</Tag>;
  return (
    <Tag tone={line.answer === null ? 'neutral' : 'overdue'}>
      {t(line.answer === null ? 'assessment.noAnswer' : 'assessment.wrong')}
    </Tag>
  );
}
