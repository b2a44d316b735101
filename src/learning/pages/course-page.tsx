import { bytesOf, type PartialLanguage } from '../../catalogue/index.ts';
import { CompetencyChips, type CourseCompetencies } from '../../competencies/index.ts';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import { directionOf, endonymOf, languageChoice } from '../../kernel/languages.ts';
import {
  Button,
  ButtonRow,
  Card,
  ContinueCard,
  Details,
  Form,
  Notice,
  PageHeading,
  RadioGroup,
  SummaryList,
  type SummaryRow,
  Tag,
} from '../../shell/index.ts';
import type { CourseBeside } from '../course-beside.ts';
import { type LearnerCourse, openLesson, progressPercent } from '../course-view.ts';
import type { LessonTests } from '../tests-beside.ts';
import { AfterCourse, BeforeCourse, ShelfButton } from './course-beside.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { LessonList } from './lesson-list.tsx';
import { RunningTest, standingText } from './test-standing.tsx';
import {
  courseHref,
  kindName,
  languageName,
  lessonHref,
  minutesText,
  ratingText,
  type Say,
  tagName,
  titleOf,
  weightText,
} from './words.ts';

type Props = { at: LearnerCourse; say: Say; isSignedIn: boolean };
type PageProps = Props & { skills: CourseCompetencies; beside: CourseBeside; ratingState: FormState };

/** What a course is, for whom, how long and how heavy; where one stands in it; what is open and why. */
export function CoursePage({ at, say, isSignedIn, skills, beside, ratingState }: PageProps) {
  // Without what must come first there is no button to enrol: the card above says what is missing.
  const isBarred = isSignedIn && !at.detail && beside.first.some((one) => one.isMust && !one.isDone);
  const { course } = at;
  const said = at.translated;
  const own = titleOf(course, say.language);
  const [title, titleLanguage] = said?.title
    ? [said.title, said.spoken.title]
    : [own.title, own.titleLanguage];
  const summary = said?.summary || pick({ hi: course.summaryHi, en: course.summaryEn }, say.language);
  return (
    <>
      <PageHeading
        title={title}
        lang={titleLanguage}
        lead={
          summary ? (
            <span lang={said?.spoken.summary} dir={said && directionOf(said.spoken.summary)}>
              {summary}
            </span>
          ) : undefined
        }
      />
      {at.detail ? null : <ReadIn at={at} say={say} />}
      <BeforeCourse at={at} beside={beside} say={say} />
      {isBarred ? null : <NextStep at={at} say={say} isSignedIn={isSignedIn} beside={beside} />}
      {isSignedIn ? <ShelfButton at={at} beside={beside} say={say} /> : null}
      <Card title={say.t('learning.lessons')} id="lessons">
        {at.detail ? <p class="soft">{say.t('learning.lessonsAdvice')}</p> : null}
        {at.lessons.length > 0 ? (
          <LessonList at={at} tests={beside.tests.notes} say={say} />
        ) : (
          <p>{say.t('learning.noLessons')}</p>
        )}
      </Card>
      <Card title={say.t('learning.about')}>
        <Facts
          at={at}
          say={say}
          partial={beside.partial}
          skills={skills}
          rating={ratingText(beside.rating, say)}
        />
        <Sources at={at} say={say} />
      </Card>
      {at.detail ? <Choices at={at} say={say} /> : null}
      <AfterCourse at={at} beside={beside} say={say} ratingState={ratingState} />
    </>
  );
}

/** Before enrolling, the page itself in the languages that Daksh does not speak. */
function ReadIn({ at, say }: { at: LearnerCourse; say: Say }) {
  const others = at.course.languages.filter((code) => code !== 'hi' && code !== 'en');
  if (others.length === 0) return null;
  return (
    <nav aria-label={say.t('learning.readIn')}>
      <p class="soft">
        {say.t('learning.readIn')}:{' '}
        {others.map((code, index) => (
          <span key={code}>
            {index > 0 ? ' | ' : ''}
            <a
              href={`${courseHref(at.course.code)}?in=${code}`}
              lang={code}
              aria-current={at.translated?.language === code || undefined}
            >
              {endonymOf(code)}
            </a>
          </span>
        ))}
      </p>
    </nav>
  );
}

/** One thing to do: enrol, go on, or look at the certificate. */
function NextStep({ at, say, isSignedIn, beside }: Props & { beside: CourseBeside }) {
  const { t } = say;
  const { course, detail } = at;
  if (!course.isPlayable)
    return (
      <Notice title={t('learning.notPlayable')}>
        <p>{t('learning.notPlayableWhy')}</p>
      </Notice>
    );
  if (detail?.enrolment.completedAt) return <CompletedCard at={at} say={say} />;
  const { running } = beside.tests;
  if (running) return <RunningTest test={running} now={beside.now} say={say} />;
  if (detail) return <GoOn at={at} tests={beside.tests.notes} say={say} />;
  if (course.state === 'retired')
    return (
      <Notice title={t('learning.retired')}>
        <p>{t('learning.retiredWhy')}</p>
      </Notice>
    );
  return <EnrolCard at={at} say={say} isSignedIn={isSignedIn} partial={beside.partial} />;
}

function EnrolCard({ at, say, isSignedIn, partial }: Props & { partial: PartialLanguage[] }) {
  const { t, language } = say;
  const { course } = at;
  const facts = factsLine(at, say, course.languages.includes(language) ? language : course.languages[0]);
  if (!isSignedIn)
    return (
      <Card>
        <p>{facts}</p>
        <Button href={`/sign-in?next=${encodeURIComponent(courseHref(course.code))}`}>
          {t('learning.signInToEnrol')}
        </Button>
      </Card>
    );
  return (
    <Card>
      <p>{facts}</p>
      <Form action={`${courseHref(course.code)}/enrolment`}>
        {course.languages.length > 1 ? (
          <RadioGroup
            name="language"
            label={t('learning.inWhichLanguage')}
            value={chosenLanguage(at, language)}
            options={course.languages.map((code) => ({ value: code, label: choiceText(code, partial, say) }))}
            isInline
          />
        ) : null}
        <Button icon="play">{t('learning.enrol')}</Button>
      </Form>
    </Card>
  );
}

function choiceText(code: string, partial: PartialLanguage[], { t }: Say): string {
  const language = languageChoice(code, t);
  return partial.some((one) => one.language === code)
    ? t('learning.partialLanguage', { language })
    : language;
}

/** The one the page is read in, else the page's own, else the course's. */
function chosenLanguage({ course, translated }: LearnerCourse, language: string): string | undefined {
  return (
    [translated?.language, language].find((one) => one && course.languages.includes(one)) ??
    course.languages[0]
  );
}

function factsLine(at: LearnerCourse, say: Say, language = 'hi'): string {
  const bytes = at.lessons.reduce((sum, lesson) => sum + bytesOf(lesson, language), 0);
  return [
    say.t('learning.lessonCount', { n: at.lessons.length }),
    minutesText(at.version.durationMinutes, say),
    weightText(bytes, say),
  ].join(' · ');
}

function GoOn({ at, tests, say }: { at: LearnerCourse; tests: LessonTests; say: Say }) {
  const { t, language } = say;
  const lesson = openLesson(at);
  if (!lesson || !at.detail) return null;
  const isBegun = at.detail.view.status !== 'notStarted' || tests.size > 0;
  const test = tests.get(lesson.code);
  const detail = [
    test ? standingText(test, say) : '',
    t('learning.lessonNumber', { n: at.lessons.indexOf(lesson) + 1 }),
    kindName(lesson.kind, t),
    minutesText(lesson.durationMinutes, say),
    lesson.kind === 'quiz' ? '' : weightText(bytesOf(lesson, at.detail.enrolment.language), say),
  ];
  return (
    <ContinueCard
      {...titleOf(lesson, language)}
      eyebrow={isBegun ? undefined : t('learning.firstLesson')}
      detail={detail.filter(Boolean).join(' · ')}
      progressPercent={progressPercent(at)}
      action={`${lessonHref(at.course.code, lesson.code)}/opening`}
      actionLabel={isBegun ? undefined : t('learning.begin')}
    />
  );
}

/** What is reached, when, and the certificate. */
export function CompletedCard({ at, say }: { at: LearnerCourse; say: Say }) {
  const { t, language } = say;
  const completedAt = at.detail?.enrolment.completedAt;
  const day = completedAt ? formatDay(indiaDay(completedAt), language) : '';
  return (
    <Notice
      tone="done"
      title={t('learning.courseDone')}
      actions={
        <>
          {at.certificate ? (
            <Button href={at.certificate.href} icon="certificate">
              {t('learning.seeCertificate')}
            </Button>
          ) : null}
          <Button href="/courses" variant="secondary">
            {t('learning.findNext')}
          </Button>
        </>
      }
    >
      <p>{t('learning.courseDoneOn', { day, time: minutesText(at.version.durationMinutes, say) })}</p>
    </Notice>
  );
}

type FactsProps = {
  at: LearnerCourse;
  say: Say;
  partial: PartialLanguage[];
  skills: CourseCompetencies;
  rating: string;
};

function Facts({ at, say, skills, rating, partial }: FactsProps) {
  const { t, language } = say;
  const { course } = at;
  const audience =
    at.translated?.audience || pick({ hi: course.audienceHi, en: course.audienceEn }, language);
  const weights = course.languages.map((code) => {
    const bytes = at.lessons.reduce((sum, lesson) => sum + bytesOf(lesson, code), 0);
    return bytes > 0 ? `${languageName(code, t)} ${weightText(bytes, say)}` : languageName(code, t);
  });
  const left = partial.map((one) => {
    const numbers = t('learning.partialLeft', { n: one.left, parts: one.parts });
    return <p key={one.language}>{`${languageName(one.language, t)}: ${numbers}`}</p>;
  });
  const rows: (SummaryRow | undefined)[] = [
    audience ? { label: t('learning.forWhom'), value: audience } : undefined,
    { label: t('learning.howLong'), value: minutesText(at.version.durationMinutes, say) },
    weights.length > 0
      ? {
          label: t('learning.languagesAndWeight'),
          value: (
            <>
              {weights.join(' · ')}
              {left}
            </>
          ),
        }
      : undefined,
    course.tags.length > 0
      ? { label: t('learning.subjects'), value: <Tags tags={course.tags} say={say} /> }
      : undefined,
    skills.tags.length > 0
      ? { label: t('competencies.courseCompetencies'), value: <CompetencyChips {...skills} /> }
      : undefined,
    rating ? { label: t('learning.ratingRow'), value: rating } : undefined,
    course.provider ? { label: t('learning.provider'), value: course.provider } : undefined,
    course.isPlayable
      ? { label: t('learning.certificateRow'), value: t('learning.certificateIs') }
      : undefined,
  ];
  return <SummaryList rows={rows.filter((row) => row !== undefined)} />;
}

function Tags({ tags, say }: { tags: string[]; say: Say }) {
  return (
    <span class="button-row">
      {tags.map((tag) => (
        <Tag key={tag}>{tagName(tag, say.t)}</Tag>
      ))}
    </span>
  );
}

function Sources({ at, say }: { at: LearnerCourse; say: Say }) {
  const { sources } = at.version;
  if (sources.length === 0) return null;
  return (
    <Details summary={say.t('learning.sources', { n: sources.length })}>
      <ul>
        {sources.map((source) => (
          <li key={source.title}>
            {source.url && /^https?:/.test(source.url) ? (
              <a href={source.url} rel="noopener noreferrer">
                {source.title}
              </a>
            ) : (
              source.title
            )}
          </li>
        ))}
      </ul>
    </Details>
  );
}

/** What can be changed of an enrolment: its language, and to leave it. */
function Choices({ at, say }: { at: LearnerCourse; say: Say }) {
  const { t } = say;
  const { course, detail } = at;
  const hasOther = course.languages.some((code) => code !== detail?.enrolment.language);
  const href = courseHref(course.code);
  if (!hasOther && detail?.enrolment.completedAt) return null;
  return (
    <Card title={t('learning.choices')}>
      {hasOther && detail ? (
        <>
          <p>{t('learning.languageNow', { language: languageName(detail.enrolment.language, t) })}</p>
          <LanguageSwitch
            course={course}
            now={detail.enrolment.language}
            say={say}
            label="learning.switchTo"
          />
        </>
      ) : null}
      {detail?.enrolment.completedAt ? null : (
        <ButtonRow>
          <Button href={`${href}/withdrawal`} variant="quiet">
            {t('learning.withdraw')}
          </Button>
        </ButtonRow>
      )}
    </Card>
  );
}
