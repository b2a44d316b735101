import type { FormState } from '../../kernel/http/answer-form.ts';
import { Button, ButtonRow, Card, Form, Notice, TaskList } from '../../shell/index.ts';
import { whyText, wishText } from '../assignments/words.ts';
import type { CourseBeside } from '../course-beside.ts';
import type { LearnerCourse } from '../course-view.ts';
import { RatingForm } from '../ratings/pages.tsx';
import { courseHref, type Say, titleOf } from './words.ts';

type Props = { at: LearnerCourse; beside: CourseBeside; say: Say };

/** Above the lessons: who asks for this course, and what it asks for itself. */
export function BeforeCourse({ at, beside, say }: Props) {
  const { t, language } = say;
  const { asked, first, needed } = beside;
  const isOpen = first.some((one) => !one.isDone) && !at.detail;
  const isMust = first.some((one) => one.isMust && !one.isDone);
  return (
    <>
      {asked ? (
        <Notice title={t('learning.askedHere')}>
          <p>{whyText(asked, say)}</p>
          <p>{wishText(asked, say)}</p>
        </Notice>
      ) : null}
      {needed && !asked ? (
        <p>{t('learning.reasonPost', { name: language === 'hi' ? needed.nameHi : needed.nameEn })}</p>
      ) : null}
      {isOpen ? (
        <Card
          title={t('learning.firstThese')}
          lead={t(isMust ? 'learning.firstMust' : 'learning.firstHint')}
          tone={isMust ? 'needs-you' : 'plain'}
        >
          <TaskList
            tasks={first.map((one) => ({
              text: titleOf(one, language).title,
              isDone: one.isDone,
              detail: t(one.isMust ? 'learning.firstIsMust' : 'learning.firstIsHint'),
              href: courseHref(one.code),
            }))}
          />
        </Card>
      ) : null}
    </>
  );
}

/** Below: the rating of who completed it, the own list, and what an office may do with it. */
export function AfterCourse({ at, beside, say, ratingState }: Props & { ratingState: FormState }) {
  const { t } = say;
  const { code } = at.course;
  const office = [
    beside.mayAssign
      ? {
          label: t('learning.assignThis'),
          href: `/office/assignments/new?course=${encodeURIComponent(code)}`,
        }
      : undefined,
    beside.mayReadWords
      ? { label: t('learning.ratingsOfCourse'), href: `/office/courses/${encodeURIComponent(code)}/ratings` }
      : undefined,
    beside.mayEdit
      ? { label: t('learning.firstEdit'), href: `/office/courses/${encodeURIComponent(code)}/prerequisites` }
      : undefined,
    beside.mayEdit
      ? { label: t('learning.toDesk'), href: `/office/courses/${encodeURIComponent(code)}/edit` }
      : undefined,
  ].filter((one) => one !== undefined);
  return (
    <>
      {beside.mayRate ? <RatingForm code={code} own={beside.own} state={ratingState} say={say} /> : null}
      {office.length > 0 ? (
        <Card title={t('learning.officeWork')}>
          <ButtonRow>
            {office.map(({ label, href }) => (
              <Button key={href} href={href} variant="secondary">
                {label}
              </Button>
            ))}
          </ButtonRow>
        </Card>
      ) : null}
    </>
  );
}

/** For who is signed in and has not begun: aside for later, or off the list again. */
export function ShelfButton({ at, beside, say: { t } }: Props) {
  const href = `${courseHref(at.course.code)}/shelf`;
  if (at.course.state !== 'published' || at.detail) return null;
  return (
    <Form action={beside.isShelved ? `${href}/removal` : href}>
      <Button variant="quiet" icon={beside.isShelved ? 'close' : 'clock'}>
        {t(beside.isShelved ? 'learning.shelfTake' : 'learning.shelfPut')}
      </Button>
    </Form>
  );
}
