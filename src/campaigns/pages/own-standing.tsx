import { formatDay } from '../../kernel/dates.ts';
import { courseHref, titleOf as courseTitle, tagName } from '../../learning/index.ts';
import { CourseCard, CourseList, Notice, ProgressBar } from '../../shell/index.ts';
import type { OwnCampaign } from '../own-campaigns.ts';
import type { TaggedCourse } from '../stores/own.ts';
import { lengthText, type Say } from './words.ts';

/** How far one is: minutes of the target, or that it is met and when. */
export function OwnStanding({ own, say }: { own: OwnCampaign; say: Say }) {
  const { t, language } = say;
  const target = own.campaign.targetMinutes;
  const done = t('campaigns.ownOf', {
    done: lengthText(own.minutes, say),
    target: lengthText(target, say),
  });
  if (own.state === 'announced')
    return <p>{t('campaigns.ownBefore', { target: lengthText(target, say) })}</p>;
  return (
    <>
      {own.metOn ? (
        <Notice tone="done" title={t('campaigns.badge')} headingLevel={3}>
          {t('campaigns.badgeText', { day: formatDay(own.metOn, language) })}
        </Notice>
      ) : null}
      <ProgressBar
        percent={Math.min(100, Math.floor((100 * own.minutes) / target))}
        label={done}
        isLabelShown
        tone={own.metOn ? 'green' : 'indigo'}
      />
      <p class="soft">{t('campaigns.ownCourses', { n: own.courses })}</p>
    </>
  );
}

/** Courses on the emphasised topics, and the way to all of them. */
export function SuggestedCourses({
  courses,
  tags,
  say,
}: {
  courses: readonly TaggedCourse[];
  tags: readonly string[];
  say: Say;
}) {
  const { t, language } = say;
  if (tags.length === 0) return null;
  return (
    <>
      <CourseList>
        {courses.map((course) => (
          <CourseCard
            key={course.code}
            {...courseTitle(course, language)}
            href={courseHref(course.code)}
            minutes={course.minutes || undefined}
            languages={course.languages}
          />
        ))}
      </CourseList>
      <p>
        {t('campaigns.allOn')}{' '}
        {tags.map((tag, at) => (
          <>
            {at > 0 ? ' · ' : ''}
            <a href={`/courses?tag=${encodeURIComponent(tag)}`}>{tagName(tag, t)}</a>
          </>
        ))}
      </p>
    </>
  );
}
