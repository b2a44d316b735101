import { formatDay, indiaDay } from '../../kernel/dates.ts';
import {
  Button,
  ButtonRow,
  Card,
  ContinueCard,
  CourseCard,
  CourseList,
  EmptyState,
  Notice,
  PageHeading,
} from '../../shell/index.ts';
import { whyText, wishText } from '../assignments/words.ts';
import type { Continuation, Home, MyCourse, Suggestion } from '../home-view.ts';
import type { HomeNotice } from '../hooks.ts';
import type { AskedCourse, ShelvedCourse } from '../stores/post.ts';
import { RunningTest, standingText } from './test-standing.tsx';
import {
  calledName,
  courseHref,
  kindName,
  lessonHref,
  minutesText,
  type Say,
  tagName,
  titleOf,
  weightText,
} from './words.ts';

type HomePageProps = {
  home: Home;
  name: string;
  now: Date;
  subtitle?: string;
  worksInOffice?: boolean;
  say: Say;
};

/** One thing first: where to go on. Then one's own courses, then what could come next. */
export function HomePage({ home, name, subtitle, worksInOffice, now, say }: HomePageProps) {
  const { t } = say;
  const greeting = name ? t('learning.greeting', { name: calledName(name) }) : t('learning.greetingPlain');
  return (
    <>
      <PageHeading
        title={greeting}
        lead={subtitle}
        actions={
          worksInOffice ? (
            <Button href="/office" icon="building">
              {t('learning.officeWork')}
            </Button>
          ) : null
        }
      />
      {home.running ? <RunningTest test={home.running} now={now} say={say} /> : null}
      {home.cards}
      <Notices notices={home.notices} say={say} />
      <Asked courses={home.asked} say={say} />
      {home.continuation ? <GoOn at={home.continuation} say={say} /> : null}
      <MyCourses courses={home.courses} say={say} />
      <Shelf courses={home.shelf} say={say} />
      <Suggestions courses={home.suggestions} say={say} />
    </>
  );
}

const mostNotices = 3;

function Notices({ notices, say }: { notices: HomeNotice[]; say: Say }) {
  if (notices.length === 0) return null;
  return (
    <Notice title={say.t('learning.waiting')}>
      <ul>
        {notices.slice(0, mostNotices).map((notice) => (
          <li key={notice.key}>
            <a href={notice.href}>{notice.text}</a>
            <span class="soft fact">{formatDay(indiaDay(notice.madeAt), say.language)}</span>
          </li>
        ))}
      </ul>
      {notices.length > mostNotices ? (
        <p>
          <a href="/notices">{say.t('learning.allNotices', { n: notices.length })}</a>
        </p>
      ) : null}
    </Notice>
  );
}

/** What a nodal officer asks: who, why, and until when. It is no order, and says so by its words. */
function Asked({ courses, say }: { courses: AskedCourse[]; say: Say }) {
  const { t, language } = say;
  if (courses.length === 0) return null;
  return (
    <Card title={t('learning.asked')} tone="needs-you">
      <CourseList>
        {courses.map((course) => (
          <CourseCard
            key={course.assignmentId}
            {...titleOf(course, language)}
            href={courseHref(course.code)}
            detail={
              <>
                {whyText(course, say)}
                <br />
                {wishText(course, say)}
              </>
            }
            minutes={course.durationMinutes || undefined}
            languages={course.languages}
          />
        ))}
      </CourseList>
    </Card>
  );
}

function Shelf({ courses, say }: { courses: ShelvedCourse[]; say: Say }) {
  const { t, language } = say;
  if (courses.length === 0) return null;
  return (
    <Card title={t('learning.shelf')} aside={<a href="/shelf">{t('learning.shelfAll')}</a>}>
      <CourseList>
        {courses.map((course) => (
          <CourseCard
            key={course.code}
            {...titleOf(course, language)}
            href={courseHref(course.code)}
            minutes={course.durationMinutes || undefined}
            languages={course.languages}
          />
        ))}
      </CourseList>
    </Card>
  );
}

function GoOn({ at, say }: { at: Continuation; say: Say }) {
  const { t, language } = say;
  const lesson = titleOf(at.lesson, language);
  const parts = [
    t('learning.lessonNumber', { n: at.lessonNumber }),
    t(at.lesson.kind === 'quiz' ? 'learning.aboutMinutes' : 'learning.minutesLeft', {
      kind: kindName(at.lesson.kind, t),
      time: minutesText(at.minutesLeft, say),
    }),
    at.bytes > 0 ? weightText(at.bytes, say) : '',
  ];
  return (
    <ContinueCard
      {...titleOf(at, language)}
      eyebrow={at.isBegun ? undefined : t('learning.nextForYou')}
      detail={
        <>
          {lesson.title}
          <br />
          {parts.filter(Boolean).join(' · ')}
        </>
      }
      progressPercent={at.progressPercent}
      action={`${lessonHref(at.courseCode, at.lesson.code)}/opening`}
      actionLabel={at.isBegun ? undefined : t('learning.begin')}
    />
  );
}

function MyCourses({ courses, say }: { courses: MyCourse[]; say: Say }) {
  const { t } = say;
  if (courses.length === 0)
    return (
      <EmptyState
        title={t('learning.noCourses')}
        icon="course"
        action={
          <ButtonRow>
            <Button href="/courses" icon="search">
              {t('learning.findCourses')}
            </Button>
          </ButtonRow>
        }
      >
        {t('learning.noCoursesAdvice')}
      </EmptyState>
    );
  return (
    <Card title={t('learning.myCourses')}>
      <CourseList>
        {courses.map((course) => (
          <MyCourseCard key={course.code} course={course} say={say} />
        ))}
      </CourseList>
    </Card>
  );
}

function MyCourseCard({ course, say }: { course: MyCourse; say: Say }) {
  const { t } = say;
  const href = courseHref(course.code);
  const looks = {
    notStarted: { tone: 'neutral', label: t('learning.notStarted') },
    inProgress: {
      tone: 'progress',
      label: t('learning.percent', {
        n: course.lessonsTotal === 0 ? 0 : Math.floor((100 * course.lessonsMet) / course.lessonsTotal),
      }),
    },
    completed: { tone: 'done', label: t('learning.completed') },
  } as const;
  const action = course.certificateHref
    ? { label: t('learning.certificate'), href: course.certificateHref }
    : undefined;
  return (
    <CourseCard
      {...titleOf(course, say.language)}
      href={href}
      status={looks[course.status]}
      detail={detailOf(course, say)}
      action={action}
    />
  );
}

function detailOf(course: MyCourse, say: Say): string {
  const { t, language } = say;
  if (course.status !== 'completed')
    return [
      t('learning.lessonsDone', { done: course.lessonsMet, total: course.lessonsTotal }),
      course.test ? standingText(course.test, say) : '',
    ]
      .filter(Boolean)
      .join(' · ');
  const day = course.completedDay ? formatDay(course.completedDay, language) : '';
  const minutes = course.minutes ? minutesText(course.minutes, say) : '';
  return [day, minutes].filter(Boolean).join(' · ');
}

function Suggestions({ courses, say }: { courses: Suggestion[]; say: Say }) {
  const { t, language } = say;
  if (courses.length === 0) return null;
  return (
    <Card title={t('learning.suggested')} aside={<a href="/courses">{t('learning.allCourses')}</a>}>
      <CourseList>
        {courses.map((course) => (
          <CourseCard
            key={course.code}
            {...titleOf(course, language)}
            href={courseHref(course.code)}
            detail={reasonText(course.reason, say)}
            minutes={course.durationMinutes}
            languages={course.languages}
          />
        ))}
      </CourseList>
    </Card>
  );
}

function reasonText(reason: Suggestion['reason'], { t, language }: Say): string {
  if (reason.kind === 'post')
    return t('learning.reasonPost', { name: language === 'hi' ? reason.nameHi : reason.nameEn });
  if (reason.kind === 'field') return t('learning.reasonField', { tag: tagName(reason.tag, t) });
  if (reason.kind === 'tag') return t('learning.reasonTag', { tag: tagName(reason.tag, t) });
  return t(reason.kind === 'new' ? 'learning.reasonNew' : 'learning.reasonOffered');
}
