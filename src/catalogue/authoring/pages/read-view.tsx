import type { Ctx } from '../../../kernel/context.ts';
import { Button, ButtonRow, Form, Notice, Tabs } from '../../../shell/index.ts';
import type { LessonRow } from '../../course-store.ts';
import type { CourseDesk } from '../course-desk.ts';
import { LessonContent } from './lesson-content.tsx';
import { courseHref, languageLabel, lessonHref, type Say } from './words.ts';

type Props = { desk: CourseDesk; lesson: LessonRow; language: Ctx['language']; say: Say };

/** Why the lesson cannot be changed now, and what can be done about it. */
export function WhyReadOnly({ desk, say: { t } }: Pick<Props, 'desk' | 'say'>) {
  const { code } = desk.course;
  const outline = (
    <Button variant="quiet" href={courseHref(code, '/edit')}>
      {t('catalogue.authorToOutline')}
    </Button>
  );
  if (desk.isInReview)
    return (
      <Notice
        tone="info"
        title={t(desk.isApproved ? 'workflow.lessonApproved' : 'workflow.lessonInReview')}
        actions={
          <>
            {desk.mayWrite ? (
              <Form action={courseHref(code, '/review/withdrawal')}>
                <Button variant="secondary">{t('workflow.takeBack')}</Button>
              </Form>
            ) : null}
            <Button variant="quiet" href={courseHref(code, '/review')}>
              {t('workflow.toReview')}
            </Button>
            {outline}
          </>
        }
      >
        <p>{t(desk.mayWrite ? 'workflow.lessonInReviewText' : 'workflow.lessonReadText')}</p>
      </Notice>
    );
  return (
    <Notice
      tone="info"
      title={t(desk.hasDraft ? 'workflow.lessonNotYours' : 'catalogue.authorNoDraftTitle')}
      actions={
        <>
          {!desk.hasDraft && desk.mayEdit ? (
            <Form action={courseHref(code, '/draft')}>
              <Button variant="secondary">{t('catalogue.authorOpenDraft')}</Button>
            </Form>
          ) : null}
          {outline}
        </>
      }
    >
      <p>{t(desk.hasDraft ? 'workflow.lessonReadText' : 'catalogue.authorNoDraftText')}</p>
    </Notice>
  );
}

/** The lesson as it reads, where it cannot be changed. */
export function ReadView({ desk, lesson, language, say }: Props) {
  const href = (one: string) => lessonHref(desk.course.code, lesson.code, `?language=${one}`);
  return (
    <>
      <Tabs
        label={say.t('catalogue.authorLanguages')}
        tabs={(['hi', 'en'] as const).map((one) => ({
          label: languageLabel(one, say),
          href: href(one),
          isActive: one === language,
        }))}
      />
      <LessonContent lesson={lesson} language={language} say={say} />
      <ButtonRow>
        <Button variant="quiet" href={lessonHref(desk.course.code, lesson.code, '/history')}>
          {say.t('editor.history')}
        </Button>
      </ButtonRow>
    </>
  );
}
